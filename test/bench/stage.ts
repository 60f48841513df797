import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ElectronApplication, Page } from '@playwright/test'
import type { CallName, Input, Output } from '../../src-preload/contract/calls.ts'
import { startApp, type RunningApp } from '../support/app.ts'
import { openDisplay } from '../support/display.ts'
import { createMedia } from '../simulator/media/index.ts'
import { startSimulator } from '../simulator/start.ts'
import { watchFirstFrames } from './first-frames.ts'
import { demoSiteId, writeProfile } from '../support/profile-file.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../support/simulator-process.ts'

/** Size of each of the two windows. */
const windowPx = { width: 1280, height: 800 }
/** The page reads a changed list in slices. */
const SETTLE_MS = 500

/** The app and, in a second window of the same Electron, the page it is measured against. Both talk to one simulator. */
export interface Stage extends RunningApp {
  bare: Page
  siteId: string
  /** The copy of the built app that runs. */
  appFolder: string
  simulator: SimulatorProcess
  close: () => Promise<void>
}

export interface StageWish {
  cameras: number
  /** The view the app opens with, full of the first cameras; left out: an empty one. */
  grid?: { rows: number; columns: number }
  /** False where no picture is looked at: then sessions never connect. */
  hasPictures?: boolean
  /** What the site's profile says besides. */
  fields?: (simulator: SimulatorProcess) => Record<string, unknown>
}

/** Builds the stage up to the sign-in form. */
export async function openStage({ cameras, grid, hasPictures = true, fields }: StageWish): Promise<Stage> {
  const endings: (() => unknown)[] = []
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  try {
    if (hasPictures) await drawPictures(cameras)
    const words = ['--cameras', String(cameras), '--no-special', ...(hasPictures ? [] : ['--no-media'])]
    const simulator = await startSimulatorProcess(words)
    endings.push(() => simulator.stop())
    const display = await openDisplay({ widthPx: 2 * windowPx.width, heightPx: windowPx.height })
    endings.push(() => display.stop())
    const { gateway, sha256, user } = simulator
    let appFolder = ''
    const running = await startApp({
      env: display.env,
      prepare(folder) {
        const profile = { gateway, sha256, user, ...grid, ...(fields && { fields: fields(simulator) }) }
        return ['--profile', writeProfile(folder, profile)]
      },
      alterApp(folder) {
        appFolder = folder
        addBarePage(folder)
      },
    })
    endings.push(() => running.close())
    const bare = await openWindow({ ...running, appFolder }, { preload: 'index.cjs', leftPx: windowPx.width })
    await bare.waitForFunction(() => 'bare' in window)
    for (const page of [running.page, bare]) await watchFirstFrames(page)
    return { ...running, bare, simulator, siteId: demoSiteId, appFolder, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Makes the pictures this machine never made: the simulator itself makes most of them while it runs, which costs time. */
async function drawPictures(cameras: number): Promise<void> {
  const simulator = await startSimulator({ cameras, special: false, media: null })
  const { site } = simulator
  await simulator.stop()
  const media = await createMedia()
  const wanted = site.cameras.flatMap((camera) => camera.streams.map((stream) => ({ camera, stream })))
  await media.prepare(wanted, 'now', (made, all) => console.error(`  picture ${made} of ${all} is drawn`))
  await media.close()
}

/** Beside the app's own page: the same origin, the same policy, the same preload script. */
function addBarePage(folder: string): void {
  for (const [from, to] of [
    ['bare-page.html', 'renderer/bare-page.html'],
    ['bare-page.css', 'renderer/bare-page.css'],
    ['bare-page.mjs', 'renderer/bare-page.js'],
    ['bare-door.cjs', 'preload/bare-door.cjs'],
  ] as const)
    copyFileSync(path.join(import.meta.dirname, from), path.join(folder, 'out', to))
}

/** Another window of the app's Electron with the bare page in it, made as the app makes its own. */
export async function openWindow(
  { app, appFolder }: { app: ElectronApplication; appFolder: string },
  { preload, leftPx }: { preload: string; leftPx: number },
): Promise<Page> {
  const wish = { preload: path.join(appFolder, 'out/preload', preload), leftPx, size: windowPx }
  const [page] = await Promise.all([app.waitForEvent('window'), app.evaluate(windowMaker, wish)])
  return page
}

/** Runs inside main: it may use nothing from this file. */
function windowMaker(
  { BrowserWindow }: typeof Electron.Main,
  { preload, leftPx, size }: { preload: string; leftPx: number; size: { width: number; height: number } },
): void {
  const [first] = BrowserWindow.getAllWindows()
  if (!first) throw new Error('the app has no window')
  first.setBounds({ x: 0, y: 0, ...size })
  const window = new BrowserWindow({
    ...size,
    x: leftPx,
    y: 0,
    webPreferences: {
      session: first.webContents.session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  })
  window.setMenuBarVisibility(false)
  void window.loadURL(first.webContents.getURL().replace('index.html', 'bare-page.html'))
}

/** Types the password as an operator does. */
export async function signIn({ page, simulator }: Stage): Promise<void> {
  await page.getByLabel('User name', { exact: true }).fill(simulator.user)
  await page.getByLabel('Password', { exact: true }).fill(simulator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Asks main through the page's own door. */
export async function askFrom<K extends CallName>(page: Page, name: K, input: Untyped<Input<K>>): Promise<Output<K>> {
  const result = await page.evaluate(ask, { name, input })
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result)}`)
  return result.value as Output<K>
}

/** Ids as plain texts: what a test read somewhere is no less a camera's id. */
type Untyped<T> = { [K in keyof T]: T[K] extends string ? string : T[K] }

interface BridgedWindow {
  bridge: {
    call: (name: string, input: unknown) => Promise<{ ok: boolean; value?: unknown }>
    on: (name: string, listener: (fact: { cameras: { phase: string } }) => void) => () => void
  }
}

/** Runs inside the page, as the next one. */
const ask = ({ name, input }: { name: string; input: unknown }) =>
  (window as unknown as BridgedWindow).bridge.call(name, input)

async function reload(siteId: string): Promise<void> {
  const { bridge } = window as unknown as BridgedWindow
  const ready = new Promise<void>((resolve) => {
    const stop = bridge.on('cameraListChanged', ({ cameras }) => {
      if (cameras.phase !== 'ready') return
      stop()
      resolve()
    })
  })
  await bridge.call('reloadCameras', { siteId })
  await ready
}

/** Reads the cameras anew, upon which main and the page forget what they knew of streams. */
export async function reloadCameras({ page, siteId }: Stage): Promise<void> {
  await page.evaluate(reload, siteId)
  await wait(SETTLE_MS)
}

/** The simulator's live sessions. */
interface LiveSession {
  camera: { id: string }
  stream: { id: string }
}

export async function liveSessions({ simulator }: Stage): Promise<LiveSession[]> {
  const state = (await (await fetch(`${simulator.control}/state`)).json()) as { sessions: LiveSession[] }
  return state.sessions
}

/** Waits until no session is left: what was measured last must not weigh on what is measured next. */
export async function untilQuiet(stage: Stage, patienceMs = 90_000): Promise<void> {
  const until = Date.now() + patienceMs
  while ((await liveSessions(stage)).length > 0) {
    if (Date.now() > until) throw new Error('sessions that nobody wants any more do not end')
    await wait(50)
  }
}
