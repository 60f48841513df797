import { computed, type ComputedRef } from 'vue'
import { nowMs } from '../media/clock.ts'
import { useClock } from './useClock.ts'

/** The time that ages and countdowns of tiles are reckoned in (`nowMs`), renewed each second by the page's one clock. */
export function useTileClock(): ComputedRef<number> {
  const clock = useClock()
  return computed(() => (clock.value > 0 ? nowMs() : 0))
}
