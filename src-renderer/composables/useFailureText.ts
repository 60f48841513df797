import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Sentence } from '../locales/en/failure.ts'
import type { MessageKey, Say } from '../locales/words.ts'
import { useWords } from './useWords.ts'

/** Puts any failure into two sentences: what happened, and what to do next. */
export function useFailureText(): (failure: Failure) => Sentence {
  const { t } = useWords()
  return (failure) => failureText(failure, t)
}

/** The same without a component around it. */
export function failureText(failure: Failure, t: Say): Sentence {
  const { kind, ...rest } = failure
  const named = namedOf(rest)
  const plain: Sentence = { what: t(`failure.${kind}.what`, named), next: t(`failure.${kind}.next`, named) }

  switch (failure.kind) {
    case 'unreachable': {
      const how = failure.what === 'server' ? failure.how : failure.what
      return how ? { what: t(`unreachable.${how}.what`), next: t(`unreachable.${how}.next`) } : plain
    }
    case 'unusable-certificate':
      return {
        what: t(`certificateProblem.${failure.why}.what`),
        next: t(`certificateProblem.${failure.why}.next`),
      }
    case 'windows-sign-in-unsupported':
      return { what: t(`windowsSignIn.${failure.why}.what`), next: t(`windowsSignIn.${failure.why}.next`) }
    case 'bad-answer':
      return { what: t(`badAnswer.${failure.what}.what`), next: t(`badAnswer.${failure.what}.next`, named) }
    case 'refused':
      return failure.text ? plain : { ...plain, what: t('failureDetail.refusedSilently') }
    case 'busy': {
      if (failure.retryAfterMs === undefined) return plain
      return { ...plain, next: t('failureDetail.busyFor', { seconds: Math.ceil(failure.retryAfterMs / 1000) }) }
    }
    case 'unplayable-codec': {
      const codec = codecName(failure.codec)
      return { what: t('failure.unplayable-codec.what', { codec }), next: plain.next }
    }
    case 'bad-file':
      return { ...plain, what: t(fileWords(failure.problem), named) }
    case 'bad-field':
      return isVerb(failure.problem) ? { ...plain, what: t('failureDetail.fieldIt', named) } : plain
    case 'signed-out':
    case 'wrong-password':
    case 'locked-out':
    case 'must-change-password':
    case 'forbidden':
    case 'not-licensed':
    case 'not-found':
    case 'not-tls':
    case 'untrusted-certificate':
    case 'not-pinned':
    case 'managed':
    case 'bug':
      return plain
  }
}

function fileWords(problem: string): MessageKey {
  if (problem.startsWith('was not ')) return 'failureDetail.fileNot'
  return isVerb(problem) ? 'failureDetail.fileIt' : 'failure.bad-file.what'
}

/** `is empty`, `must be https://host`: not a sentence by itself. */
const isVerb = (problem: string): boolean => /^(is|has|was|holds|must|names|now|stands) /.test(problem)

/** H265, as a server writes it, is H.265 to a person. */
function codecName(codec: string): string {
  return codec.replace(/^H(\d{3})$/, 'H.$1')
}

function namedOf(fields: object): Record<string, string | number> {
  const usable = Object.entries(fields).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return Object.fromEntries(usable)
}
