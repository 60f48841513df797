import { setTimeout as wait } from 'node:timers/promises'
import { app } from 'electron'

/** Ending is what somebody asked for: a server that does not answer is left to forget us by itself. */
const mostMs = 3_000

/**
 * Holds the end of the app until what is open at servers has been closed, or three seconds have passed. What comes back
 * tells whether somebody wants the app to end, and not only its window.
 */
export function closeBeforeTheEnd(close: () => Promise<void>): () => boolean {
  let isClosed = false
  let isWished = false
  app.on('before-quit', () => (isWished = true))
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void Promise.race([close(), wait(mostMs)]).finally(() => {
      isClosed = true
      // Not in this very event: until it is over, Electron takes a second wish to quit for the first one and drops it.
      setImmediate(() => app.quit())
    })
  })
  return () => isWished
}
