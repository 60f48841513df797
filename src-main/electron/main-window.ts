import type { BrowserWindow } from 'electron'
import { isBeingLeft } from './windows.ts'

/** The one window operators work in: opened when it is wanted, closed into the tray, opened again. */
export class MainWindow {
  readonly #open: () => BrowserWindow
  #window: BrowserWindow | undefined

  constructor(open: () => BrowserWindow) {
    this.#open = open
  }

  /** In front of the others, whether it was minimised, closed, or is closing just now. */
  show(): void {
    const window = this.#window
    if (!window || window.isDestroyed()) {
      this.#window = this.#open()
      return
    }
    if (isBeingLeft(window)) {
      window.once('closed', () => this.show())
      return
    }
    if (window.isMinimized()) window.restore()
    window.focus()
  }
}
