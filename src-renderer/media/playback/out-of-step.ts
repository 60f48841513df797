import type { RecordedTile } from './recorded-tile.ts'

/** A tile that stays off for so many looks is opened anew … */
const OFF_LOOKS = 4
/** … but not more often than this, twice as long after each time that it did not help, and at most so long. */
const CORRECT_EVERY_MS = 5_000
const CORRECT_LIMIT_MS = 60_000
/** So is one that sends nothing for so long although there is a recording. */
const DEAD_MS = 5_000

interface Standing {
  offLooks: number
  correctedAtMs: number
  corrections: number
}

/** Which tiles have to be opened anew because they do not come along. */
export class OutOfStep {
  readonly #standings = new Map<RecordedTile, Standing>()

  /** All are opened anew, or this one is. */
  forgive(tiles: Iterable<RecordedTile>): void {
    for (const tile of tiles) this.#standings.set(tile, { offLooks: 0, correctedAtMs: 0, corrections: 0 })
  }

  forget(tile: RecordedTile): void {
    this.#standings.delete(tile)
  }

  /** One look at a tile: whether it has to be opened anew now. */
  isDue(tile: RecordedTile, { isOff, isRecorded }: { isOff: boolean; isRecorded: boolean }, now: number): boolean {
    const standing = this.#standings.get(tile)
    if (!standing) return false
    const isDead = tile.silentSinceMs !== null && now - tile.silentSinceMs > DEAD_MS && isRecorded
    standing.offLooks = isOff ? standing.offLooks + 1 : 0
    if (!isDead && standing.offLooks < OFF_LOOKS) return false
    const restMs = Math.min(CORRECT_EVERY_MS * 2 ** standing.corrections, CORRECT_LIMIT_MS)
    if (now - standing.correctedAtMs < restMs) return false
    standing.correctedAtMs = now
    standing.corrections++
    return true
  }
}
