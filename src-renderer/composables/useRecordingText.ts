import type { NotRecording, RecordingFace } from '../stores/recording-face.ts'
import { timeText } from './useClock.ts'
import { useFailureText } from './useFailureText.ts'
import { useWords } from './useWords.ts'

/** A recording in words: a chip, the same for a narrow tile, and the whole of it. */
export interface RecordingText {
  tone: 'recording' | 'quiet' | 'trouble'
  chip: string
  brief: string
  title: string
  /** For a screen reader; without a countdown, so that it is not read every second. */
  says: string
}

/** `nowMs` is this computer's clock; it is asked only where a countdown is shown. */
export function useRecordingText(): (face: RecordingFace, nowMs: () => number) => RecordingText {
  const { t } = useWords()
  const because = useNotRecordingText()

  const recording = (face: RecordingFace & { is: 'recording' }, nowMs: () => number): RecordingText => {
    const { isOurs, endsAtMs, preBufferSeconds } = face
    const said = { tone: 'recording', says: t('recording.says.recording') } as const
    if (!isOurs)
      return { ...said, chip: t('recording.rec'), brief: t('recording.rec'), title: t('recording.titles.other') }
    const ends =
      endsAtMs === null ? t('recording.titles.oursNoEnd') : t('recording.titles.ours', { at: timeText(endsAtMs) })
    const before = preBufferSeconds > 0 ? ` ${t('recording.titles.preBuffer', { seconds: preBufferSeconds })}` : ''
    return { ...said, ...chipOf(face, nowMs), title: ends + before }
  }

  function chipOf({ endsAtMs, isStopping }: RecordingFace & { is: 'recording' }, nowMs: () => number) {
    if (isStopping) return { chip: t('recording.stopping'), brief: t('recording.rec') }
    if (endsAtMs === null) return { chip: t('recording.rec'), brief: t('recording.rec') }
    const leftMs = endsAtMs - nowMs()
    if (leftMs <= 0) return { chip: t('recording.ending'), brief: t('recording.rec') }
    const time = leftText(leftMs)
    return { chip: t('recording.left', { time }), brief: t('recording.brief', { time }) }
  }

  return (face, nowMs) => {
    switch (face.is) {
      case 'recording':
        return recording(face, nowMs)
      case 'requested':
        return {
          tone: 'quiet',
          chip: t('recording.requested'),
          brief: t('recording.requestedBrief'),
          title: t('recording.titles.requested'),
          says: t('recording.says.requested'),
        }
      case 'not-recording': {
        const says = t('recording.says.not')
        return { tone: 'trouble', chip: t('recording.not'), brief: t('recording.notBrief'), title: because(face), says }
      }
      case 'checking':
        return inDoubt(t('recording.checking'), t('recording.titles.checking'))
      case 'not-known':
        return inDoubt(t('recording.notKnown'), t('recording.titles.notKnown'))
      case 'not-ended':
        return inDoubt(t('recording.notEnded'), t('recording.titles.notEnded'))
      case 'needs-person':
        return inDoubt(t('recording.needsPerson'), t('recording.titles.needsPerson'))
    }
  }

  function inDoubt(chip: string, title: string): RecordingText {
    return { tone: 'trouble', chip, brief: `${t('recording.rec')} ?`, title, says: t('recording.says.trouble') }
  }
}

/** Why a camera does not record, in a sentence or two. */
export function useNotRecordingText(): (not: NotRecording) => string {
  const { t } = useWords()
  const failureText = useFailureText()
  return (not) => {
    switch (not.why) {
      case 'failure': {
        const { what, next } = failureText(not.because)
        return `${sentence(what)} ${next}`
      }
      case 'kept-back':
        return `${sentence(failureText(not.because).what)} ${t('recording.notBecause.keptBack')}`
      case 'cannot':
        return t(`cannot.${not.cannot}`)
      case 'expired':
        return t('recording.notBecause.expired')
      case 'not-confirmed':
        return t('recording.notBecause.notConfirmed')
    }
  }
}

/** A server's own words rarely end as a sentence does. */
export const sentence = (words: string): string => (words.endsWith('.') ? words : `${words}.`)

/** Nor do they begin as one. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

const HOUR_S = 3600
const two = (value: number): string => String(value).padStart(2, '0')

/** `04:12`, or `1:04:12` from an hour on. A second that has begun counts. */
export function leftText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const tail = `${two(Math.floor((seconds % HOUR_S) / 60))}:${two(seconds % 60)}`
  return seconds < HOUR_S ? tail : `${Math.floor(seconds / HOUR_S)}:${tail}`
}
