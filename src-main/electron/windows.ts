import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BrowserWindow, screen, type Rectangle, type Session } from 'electron'
import { pageAddress } from './page-origin.ts'

/** Where the window stood, and whether it filled the screen. */
export interface Placement {
  bounds: Rectangle | null
  maximised: boolean
}

export interface WindowWish {
  session: Session
  /** Folder of the built preload script. */
  preload: string
  placement: Placement
  onMoved: (placement: Placement) => void
  /** The page died; `again` puts a new one in its place. */
  onPageGone: (reason: string, again: () => void) => void
  /** A new page stands in the window: what one before it held open is nobody's now. */
  onNewPage: () => void
}

/** A page that was left closes its peers in its own time; nothing tells when their last words are out. */
const hangingUpMs = 300

/** A page that hangs is not waited for. */
const mostLeavingMs = 1_000

const smallest = { width: 1024, height: 640 }
const usual = { width: 1280, height: 800 }

/** Opens the window operators work in. */
export function openMainWindow(wish: WindowWish): BrowserWindow {
  const window = new BrowserWindow({
    ...usual,
    ...onSomeScreen(wish.placement.bounds),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Watchpost',
    backgroundColor: '#0d1012',
    autoHideMenuBar: true,
    webPreferences: {
      session: wish.session,
      preload: path.join(wish.preload, 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A wall monitor is watched without being clicked: pictures go on when the window is not in front.
      backgroundThrottling: false,
    },
  })
  if (wish.placement.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  const tellPlacement = () => wish.onMoved({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  window.on('close', (event) => {
    tellPlacement()
    event.preventDefault()
    leavePage(window)
  })
  window.on('moved', tellPlacement)
  window.on('resized', tellPlacement)
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    wish.onPageGone(details.reason, () => {
      // Not in this very event: what is loaded while the dead one is being cleared away is lost with it.
      setImmediate(() => {
        if (!window.isDestroyed()) void window.loadURL(pageAddress)
      })
    })
  })
  // Once it is committed: the page before can ask for nothing more, and the new one has not begun to.
  window.webContents.on('did-navigate', wish.onNewPage)
  void window.loadURL(pageAddress)
  return window
}

const beingLeft = new WeakSet<BrowserWindow>()

/** It was closed, and is only still there to hang up. */
export const isBeingLeft = (window: BrowserWindow): boolean => beingLeft.has(window)

/**
 * Leaves the page, then the window. A page that ends together with its window ends too suddenly to hang up: the server
 * would send pictures to nobody for half a minute.
 */
function leavePage(window: BrowserWindow): void {
  beingLeft.add(window)
  window.hide()
  const left = window.loadURL('about:blank').catch(() => undefined) // a page that died has been left already
  const hungUp = left.then(() => wait(hangingUpMs))
  void Promise.race([hungUp, wait(mostLeavingMs)]).then(() => {
    if (!window.isDestroyed()) window.destroy()
  })
}

/** The remembered place, unless the monitor it was on is gone. */
function onSomeScreen(bounds: Rectangle | null): Partial<Rectangle> {
  if (!bounds) return {}
  const area = screen.getDisplayMatching(bounds).workArea
  const isVisible =
    bounds.x < area.x + area.width - 100 &&
    bounds.x + bounds.width > area.x + 100 &&
    bounds.y >= area.y - 10 &&
    bounds.y < area.y + area.height - 100
  return isVisible
    ? bounds
    : { width: Math.min(bounds.width, area.width), height: Math.min(bounds.height, area.height) }
}
