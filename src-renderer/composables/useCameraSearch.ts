import { computed, readonly, ref, type ComputedRef, type Ref } from 'vue'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { ListedCamera } from '../stores/camera-list.ts'
import { matches, searchWords, type SearchWords } from './camera-match.ts'

/** A site's matches, best first. */
export interface FoundCameras {
  readonly site: Site
  readonly cameras: readonly ListedCamera[]
}

export interface CameraSearch {
  readonly text: Readonly<Ref<string>>
  readonly words: ComputedRef<SearchWords>
  readonly isOn: ComputedRef<boolean>
  readonly found: ComputedRef<readonly FoundCameras[]>
  type(text: string): void
  clear(): void
}

/** Finds cameras of all sites as the operator types. Names were folded when they were read, so a key costs a few milliseconds. */
export function useCameraSearch(branches: () => readonly FoundCameras[]): CameraSearch {
  const text = ref('')
  const words = computed(() => searchWords(text.value))
  const isOn = computed(() => words.value.length > 0)
  const found = computed(() => {
    if (!isOn.value) return []
    return branches().map(({ site, cameras }) => ({ site, cameras: matches(cameras, words.value) }))
  })

  return {
    text: readonly(text),
    words,
    isOn,
    found,
    type: (typed) => void (text.value = typed),
    clear: () => void (text.value = ''),
  }
}
