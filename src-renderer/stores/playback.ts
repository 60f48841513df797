import { defineStore } from 'pinia'
import { ref } from 'vue'

/** How the operator likes playbacks, kept while the program runs. */
export const usePlayback = defineStore('playback', () => {
  const speed = ref(1)
  const skipGaps = ref(true)
  return { speed, skipGaps }
})
