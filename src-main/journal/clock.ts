/** Both clocks of the computer, and its alarm; `xprotect/clock.ts` says the same in its own words. */
export interface Clock {
  /** Milliseconds since 1970. May be set back or forth by a person or by NTP. */
  now(): number
  /** Milliseconds since some start. Never goes back; may stand still while the computer sleeps. */
  monotonic(): number
  /** Runs once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, run: () => void): () => void
}
