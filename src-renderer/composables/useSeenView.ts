import { computed, reactive } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useLayout } from '../stores/layout.ts'
import { usePlayback } from '../stores/playback.ts'
import { useSession } from '../stores/session.ts'

/** The tiles of the wall that is seen, and which of them is selected: those of the view, or of a moment that was gone to. */
export function useSeenView(): { readonly tiles: readonly (CameraRef | null)[]; readonly selected: number } {
  const layout = useLayout()
  const playback = usePlayback()
  const session = useSession()
  const visited = computed(() => (session.screen === 'playback' ? playback.visited : null))
  return reactive({
    tiles: computed(() => visited.value?.tiles ?? layout.tiles),
    selected: computed(() => visited.value?.selected ?? layout.selected),
  })
}
