/** Both clocks of the computer, and its alarm. Handed in, so that tests can turn the hands. */
export interface Clock {
  /** Milliseconds since 1970. May be set back or forth by a person or by NTP. */
  now(): number
  /** Milliseconds since some start. Never goes back; may stand still while the computer sleeps. */
  monotonic(): number
  /** Runs once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, run: () => void): () => void
}

/** The real clocks. A waiting alarm keeps no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal))
    const onAbort = (): void => {
      callOff()
      reject(reasonOf(signal!))
    }
    const callOff = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('given up', { cause: signal.reason })

/** Gives the event loop a turn, so a long list never holds up the rest of main. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
