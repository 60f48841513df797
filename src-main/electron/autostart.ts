import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import { desktopEntry } from './desktop-entry.ts'

/** Has this user's log-on start the program hidden in the tray, or not any more. Throws where the system refuses. */
export function startAtLogOn(isOn: boolean): void {
  if (process.platform === 'linux') return keepEntry(isOn)
  if (app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin === isOn) return
  app.setLoginItemSettings({ openAtLogin: isOn, args: ['--hidden'] })
}

function keepEntry(isOn: boolean): void {
  const file = path.join(app.getPath('appData'), 'autostart', 'watchpost.desktop')
  if (!isOn) return rmSync(file, { force: true })
  const program = app.isPackaged ? [process.env.APPIMAGE ?? process.execPath] : [process.execPath, app.getAppPath()]
  const entry = desktopEntry([...program, '--hidden'])
  if (contentOf(file) === entry) return
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, entry)
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
