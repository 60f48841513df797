import type { MarkTone } from '../components/mark-tone.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobState } from '../../src-preload/contract/models/job.ts'
import { useCameras } from '../stores/cameras.ts'
import { isIncomplete, useEvidenceLocks } from '../stores/evidence-locks.ts'
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
  const locks = useEvidenceLocks()

  function cameraText({ siteId, deviceId, alsoDeviceIds = [] }: Job): string {
    const camera = cameras.find({ siteId, cameraId: deviceId as CameraId })?.camera.name ?? t('log.unknownCamera')
    return alsoDeviceIds.length === 0 ? camera : t('search.moreCameras', { camera }, alsoDeviceIds.length)
  }

  /** A lock is made as soon as one camera is protected: that is not yet what was asked for. */
  function lockText({ id }: Job): Pick<JobText, 'tone' | 'says' | 'next'> | undefined {
    const progress = locks.progressOfJob(id)
    if (!progress || !isIncomplete(progress)) return undefined
    const count = progress.cameras.filter((camera) => camera.is !== 'protected').length
    if (count === 0) return { tone: 'busy', says: t('jobPhase.done'), next: t(`lock.says.unread`) }
    const isRefused = progress.is === 'partial'
    return {
      tone: 'trouble',
      says: t('lock.partlyDone', { count, all: progress.cameras.length }),
      next: t(isRefused ? 'lock.says.refused' : 'lock.says.waiting'),
    }
  }

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

  return (job) => {
    const { kind, possibleDuplicate, state } = job
    const said = (state.phase === 'done' && kind === 'evidence-lock' && lockText(job)) || stateText(state)
    const next = possibleDuplicate ? `${said.next} ${t('log.duplicate')}`.trim() : said.next
    return { what: t(`jobKind.${kind}`), camera: cameraText(job), ...said, next }
  }
}
