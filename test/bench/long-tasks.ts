/**
 * Measures the longest task of a page. Runs as it stands inside the page: it may use nothing from this file.
 *
 * The engine itself names every task over 50 ms (W3C Long Tasks API). A timer that beats cannot: what it sees late may be
 * several tasks one after the other, between which keys and pictures had their turn.
 */
export function startLongTasks(): void {
  let longestMs = 0
  const note = (entries: PerformanceEntry[]): void => {
    for (const { duration } of entries) longestMs = Math.max(longestMs, duration)
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'longtask' })
  const end = (): number => {
    note(observer.takeRecords())
    observer.disconnect()
    return longestMs
  }
  Object.assign(globalThis, { longTasks: { end } })
}

/** Ends it and gives the longest task over 50 ms in milliseconds; 0 where there was none. */
export const endLongTasks = (): number =>
  (globalThis as unknown as { longTasks: { end: () => number } }).longTasks.end()
