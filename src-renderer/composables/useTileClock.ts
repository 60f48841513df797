import { nowMs } from '../media/clock.ts'
import { useClock } from './useClock.ts'

/**
 * The time that ages and countdowns of tiles are reckoned in (`nowMs`). Whoever calls it inside a computed is asked again
 * each second by the page's one clock; a tile that is live does not call it, and costs nothing.
 */
export function useTileClock(): () => number {
  const clock = useClock()
  return () => (clock.value > 0 ? nowMs() : 0)
}
