import type { MarkTone } from '../components/mark-tone.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobState } from '../../src-preload/contract/models/job.ts'
import { useCameras } from '../stores/cameras.ts'
import { useFailureText } from './useFailureText.ts'
import { useWords } from './useWords.ts'

/** One command in words. */
export interface JobText {
  what: string
  camera: string
  tone: MarkTone
  says: string
  /** What a person may want to know besides. */
  next: string
}

/** Puts a command into words: what, of which camera, and where it stands. Only what the server confirmed is done. */
export function useJobText(): (job: Job) => JobText {
  const { t } = useWords()
  const failureText = useFailureText()
  const cameras = useCameras()

  function stateText(state: JobState): Pick<JobText, 'tone' | 'says' | 'next'> {
    switch (state.phase) {
      case 'accepted': {
        if (!state.because) return { tone: 'busy', says: t('jobPhase.accepted'), next: '' }
        const { what, next } = failureText(state.because)
        return { tone: 'trouble', says: t('jobPhase.keptBack', { what }), next }
      }
      case 'sending':
        return { tone: 'busy', says: t('jobPhase.sending'), next: '' }
      case 'done':
        return { tone: 'on', says: t('jobPhase.done'), next: '' }
      case 'refused': {
        const { what, next } = failureText(state.because)
        return { tone: 'trouble', says: t('jobPhase.refused', { what }), next }
      }
      case 'unknown':
        return { tone: 'trouble', says: t('jobPhase.unknown'), next: failureText(state.because).what }
      case 'needs-person':
        return { tone: 'trouble', says: t('jobPhase.needsPerson'), next: t(`needsPerson.${state.why}`) }
      case 'expired':
        return { tone: 'trouble', says: t('jobPhase.expired'), next: '' }
      case 'dropped':
        return { tone: 'off', says: t('jobPhase.dropped', { user: state.by }), next: '' }
    }
  }

  return ({ kind, siteId, deviceId, possibleDuplicate, state }) => {
    const camera = cameras.find({ siteId, cameraId: deviceId as CameraId })?.camera.name ?? t('log.unknownCamera')
    const said = stateText(state)
    const next = possibleDuplicate ? `${said.next} ${t('log.duplicate')}`.trim() : said.next
    return { what: t(`jobKind.${kind}`), camera, ...said, next }
  }
}
