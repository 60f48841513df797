import { BrowserWindow, ipcMain, type IpcMainInvokeEvent, type Session, type WebFrameMain } from 'electron'
import type { Result } from '../../src-preload/contract/failure.ts'
import { pageOrigin } from './page-origin.ts'

/** How a call is answered once it is known to be ours. */
export type Answer = (name: unknown, input: unknown) => Promise<Result<unknown>>

/**
 * The one way in for the page. Whoever is not the main frame of one of our windows, in our session, is not answered at all.
 *
 * Checks run in the order of security.md 1.5; weighing and validating the input is `answer`'s own work.
 */
export function openDoor(ours: Session, answer: Answer): void {
  // electron-store opens a channel of its own that tells any frame where our data lies (security.md 1.5).
  ipcMain.removeAllListeners('electron-store-get-data')
  ipcMain.handle('call', (event, name: unknown, input: unknown, ...more: unknown[]) => {
    if (!isOurs(event, ours) || more.length > 0) throw new Error('not our page')
    return answer(name, input)
  })
}

function isOurs(event: IpcMainInvokeEvent, ours: Session): boolean {
  const frame = frameOf(event)
  if (!frame || frame.parent !== null || frame.origin !== pageOrigin) return false
  // `detached` is not asked: Electron 33 says it of every frame after a crash. A detached one is nobody's main frame.
  const window = BrowserWindow.fromWebContents(event.sender)
  return window !== null && event.sender.session === ours && event.sender.mainFrame === frame
}

/** Reading the frame of a page that has just gone throws. */
function frameOf(event: IpcMainInvokeEvent): WebFrameMain | null {
  try {
    return event.senderFrame
  } catch {
    return null
  }
}
