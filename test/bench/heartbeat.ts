/**
 * Measures how long a thread was held at a stretch. Runs as it stands inside the page and inside main: it may use nothing
 * from this file.
 *
 * A beat is asked for as soon as the one before has come; what lies between two is what held the thread, and up to 4 ms
 * that Chromium adds to such timers.
 */
export function startHeartbeat(): void {
  let lastMs = performance.now()
  let longestMs = 0
  let isRunning = true
  const beat = (): void => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
    if (isRunning) setTimeout(beat, 1)
  }
  beat()
  const end = (): number => {
    isRunning = false
    return Math.max(longestMs, performance.now() - lastMs)
  }
  Object.assign(globalThis, { heartbeat: { end } })
}

/** Ends it and gives the longest hold in milliseconds. */
export const endHeartbeat = (): number =>
  (globalThis as unknown as { heartbeat: { end: () => number } }).heartbeat.end()
