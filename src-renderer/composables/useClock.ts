import { createSharedComposable } from '@vueuse/core'
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/**
 * This computer's time in epoch milliseconds, renewed on each full second.
 *
 * One timer for the whole page, however many ask.
 */
export const useClock: () => Readonly<Ref<number>> = createSharedComposable(() => {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setTimeout>

  const tick = () => {
    now.value = Date.now()
    // Aimed at the next full second anew each time, so that timers' lateness does not add up.
    timer = setTimeout(tick, 1000 - (now.value % 1000))
  }
  tick()
  onScopeDispose(() => clearTimeout(timer))

  return readonly(now)
})

const clockFace = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const dayFace = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** `14:03:07`, in this computer's zone. */
export const timeText = (atMs: number): string => clockFace.format(atMs)

/** `14 Dec 2026`, in this computer's zone. */
export const dayText = (atMs: number): string => dayFace.format(atMs)
