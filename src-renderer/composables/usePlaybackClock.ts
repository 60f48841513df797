import { createSharedComposable, useIntervalFn } from '@vueuse/core'
import { readonly, ref, type Ref } from 'vue'
import { nowMs } from '../media/clock.ts'

/** Often enough that a clock with tenths seems to run. */
const EVERY_MS = 100

/** `nowMs()`, renewed ten times a second while anybody looks: what a running playback is drawn by. */
export const usePlaybackClock: () => Readonly<Ref<number>> = createSharedComposable(() => {
  const now = ref(nowMs())
  useIntervalFn(() => (now.value = nowMs()), EVERY_MS)
  return readonly(now)
})
