import { useTimeoutFn } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'
import type { Transport } from './useTransport.ts'

/** Long enough for most pictures, and too short to be noticed. */
const PATIENCE_MS = 150

/**
 * The moment the timeline's cursor stands at: that of the clock. While a picture is on its way it waits for that, but not for
 * long: to draw a timeline anew takes some ten milliseconds of processor without a graphics card, and the picture comes later
 * for it (traced).
 */
export function useCursor({ atMs, state }: Pick<Transport, 'atMs' | 'state'>): Readonly<Ref<number>> {
  const shownMs = ref(atMs.value)
  const move = (): void => void (shownMs.value = atMs.value)
  const { start, stop, isPending } = useTimeoutFn(move, PATIENCE_MS, { immediate: false })
  watch([atMs, () => state.value.isSeeking] as const, ([, isSeeking]) => {
    if (!isSeeking) {
      stop()
      move()
    } else if (!isPending.value) start()
  })
  return readonly(shownMs)
}
