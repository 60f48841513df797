import { useIntervalFn } from '@vueuse/core'
import { readonly, ref, type Ref } from 'vue'
import type { Playing } from '../../composables/usePlayer.ts'

/** So far behind what happens now, in milliseconds: a recorder has the newest seconds not on its disk yet. */
export const BEHIND_MS = 5_000
/** Further behind than this it is caught up again. */
const LATE_MS = 15_000
const LOOK_EVERY_MS = 1_000

/** Keeps a playback a few seconds behind live, at the speed of life, until something else is asked of it. */
export function useFollow({ player, state }: Playing, serverNow: () => number) {
  const isFollowing = ref(false)

  function follow(): void {
    isFollowing.value = true
    player.setSpeed(1)
    player.seek(serverNow() - BEHIND_MS)
    player.play()
  }

  useIntervalFn(() => {
    if (!isFollowing.value || state.value.isSeeking) return
    if (serverNow() - player.mediaMs > LATE_MS) player.seek(serverNow() - BEHIND_MS)
  }, LOOK_EVERY_MS)

  return {
    isFollowing: readonly(isFollowing) as Readonly<Ref<boolean>>,
    follow,
    /** What happens now is not what is looked at any more. */
    leave: () => void (isFollowing.value = false),
  }
}
