import { hasNameOnBus } from './session-bus.ts'

const LIMIT_MS = 1_000

/**
 * Whether somebody here draws trays. Electron makes one without a word where nobody does, and a program in it could not
 * be reached. On Linux that is whoever owns the name of the StatusNotifier specification; the others always do.
 */
export async function isTrayDrawn(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return hasNameOnBus('org.kde.StatusNotifierWatcher', process.env, LIMIT_MS)
}
