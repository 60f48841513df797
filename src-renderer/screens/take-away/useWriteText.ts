import type { Failure } from '../../../src-preload/contract/failure.ts'
import { useFailureText } from '../../composables/useFailureText.ts'
import { useWords } from '../../composables/useWords.ts'
import type { Sentence } from '../../locales/en/failure.ts'

/** Why something was not written, and what the operator can do: a folder of their own is not their administrator's matter. */
export function useWriteText(): (because: Failure) => Sentence {
  const { t } = useWords()
  const failureText = useFailureText()
  return (because) => {
    if (because.kind !== 'bad-file') return failureText(because)
    const { file, problem } = because
    return { what: t('takeAway.notWritten', { file, problem }), next: t('takeAway.notWrittenNext') }
  }
}
