/** What to do about a page that died (security.md 4.1). */
export type Remedy = 'reload' | 'give-up'

const spanMs = 60_000
const mostDeaths = 3

/**
 * Counts the deaths of the page. One that dies again and again is not brought back for ever: a loop helps nobody and hides
 * the cause.
 */
export class PageRecovery {
  #deathsMs: number[] = []

  died(nowMs: number): Remedy {
    this.#deathsMs = [...this.#deathsMs.filter((deathMs) => nowMs - deathMs < spanMs), nowMs]
    return this.#deathsMs.length > mostDeaths ? 'give-up' : 'reload'
  }
}
