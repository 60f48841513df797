import { globalShortcut } from 'electron'

/** Keeps one key of the whole computer for us; the function given back takes another in its place. */
export function createKeyBinder(press: () => void): (keys: string | null) => boolean {
  return (keys) => {
    globalShortcut.unregisterAll()
    return keys === null || isTakenFor(keys, press)
  }
}

/** Electron throws at a name of a key it does not know, and answers false where another program has the key. */
function isTakenFor(keys: string, press: () => void): boolean {
  try {
    return globalShortcut.register(keys, press)
  } catch {
    return false
  }
}
