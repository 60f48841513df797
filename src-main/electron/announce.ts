import { BrowserWindow } from 'electron'
import type { EventName, Events } from '../../src-preload/contract/events.ts'

/** Tells every window of ours what has happened. A window that is just closing is passed over. */
export function announce<K extends EventName>(name: K, fact: Events[K]): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (window.isDestroyed() || window.webContents.isDestroyed()) continue
    window.webContents.send(`event:${name}`, fact)
  }
}
