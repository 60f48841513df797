import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** A piece of time that is to be bookmarked, locked or exported. Epoch milliseconds by the server's clock. */
export interface MarkedSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** How the operator likes playbacks, and what is marked in them, kept while the program runs. */
export const usePlayback = defineStore('playback', () => {
  const speed = ref(1)
  const skipGaps = ref(true)
  /** What is marked on the timeline; `null` where nothing is. */
  const marked = shallowRef<MarkedSpan | null>(null)
  return { speed, skipGaps, marked }
})
