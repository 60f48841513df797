import { defineStore } from 'pinia'
import { readonly, ref, shallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useSession, type Screen } from './session.ts'

/** A piece of time that is to be bookmarked, locked or exported. Epoch milliseconds by the server's clock. */
export interface MarkedSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** A moment that somebody wants to see, with the cameras it is about, wherever it was found. */
export interface PlaybackVisit {
  /** Epoch milliseconds by the server's clock. */
  readonly atMs: number
  readonly cameras: readonly CameraRef[]
  /** Where the operator was, and comes back to by one key; undefined where that was playback too. */
  readonly back: Exclude<Screen, 'playback'> | undefined
}

/** How the operator likes playbacks, what is marked in them, and which moment is to be seen next. */
export const usePlayback = defineStore('playback', () => {
  const session = useSession()
  const speed = ref(1)
  const skipGaps = ref(true)
  /** What is marked on the timeline; `null` where nothing is. */
  const marked = shallowRef<MarkedSpan | null>(null)
  const wished = shallowRef<PlaybackVisit>()
  /** The wall that is seen in place of the view, while a moment that was wished for is played. */
  const visited = shallowRef<{ readonly tiles: readonly CameraRef[]; readonly selected: number } | null>(null)
  /** How many moments were wished for: each is a playback of its own. */
  const visits = ref(0)

  /** Shows a moment of these cameras. The view in Live stays as it is; what was marked elsewhere is not marked here. */
  function visit(atMs: number, cameras: readonly CameraRef[]): void {
    marked.value = null
    wished.value = { atMs, cameras, back: session.screen === 'playback' ? undefined : session.screen }
    visits.value += 1
    session.show('playback')
  }

  /** What was wished for, for the playback that begins with it; a later one begins with the view again. */
  function taken(): PlaybackVisit | undefined {
    const wish = wished.value
    wished.value = undefined
    return wish
  }

  return { speed, skipGaps, marked, visited, visits: readonly(visits), visit, taken }
})
