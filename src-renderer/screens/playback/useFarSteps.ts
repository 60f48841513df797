import { readonly, ref, type Ref } from 'vue'
import { useWords } from '../../composables/useWords.ts'

/** Steps whose end somebody has to be asked for. */
export type FarStep = 'begin' | 'end' | 'previousBookmark' | 'nextBookmark'

/** Where each of them leads, epoch milliseconds; `null` where there is nothing of the kind. Throws what kept it from being known. */
export type FarSteps = Record<FarStep, () => Promise<number | null>>

/** Goes to places that have to be looked for first. Whoever asks for something else meanwhile gets that. */
export function useFarSteps(steps: FarSteps, seek: (atMs: number) => void) {
  const { t } = useWords()
  const said = ref('')
  let asked = 0

  /** Throws what kept it from being known: it reaches the status line. */
  async function go(step: FarStep): Promise<void> {
    const mine = (asked += 1)
    said.value = t('playback.lookingFor')
    try {
      const atMs = await steps[step]()
      if (mine !== asked) return
      said.value = atMs === null ? t(`playback.nowhere.${step}`) : ''
      if (atMs !== null) seek(atMs)
    } catch (error) {
      if (mine !== asked) return
      said.value = ''
      throw error
    }
  }

  return {
    go,
    /** What is looked for, or that it is not there. */
    said: readonly(said) as Readonly<Ref<string>>,
    /** Something else was asked for. */
    giveUp(): void {
      asked += 1
      said.value = ''
    },
  }
}
