import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { cameraKey, cameraName, recordingOf, recordingsHere, type TrayKnown } from './known.ts'
import { reasonOf } from './words.ts'

/** A recording that failed is trouble for so long, if nothing else came of it. */
const REMEMBERED_MS = 10 * 60_000

/** What is wrong now, one line each, the worst first. */
export const troublesOf = (known: TrayKnown, nowMs: number): string[] => [
  ...new Set([...jobTroubles(known, nowMs), ...recordingTroubles(known), ...known.sites.flatMap(siteTrouble)]),
]

/** Of the commands for one camera only the last counts. */
function jobTroubles(known: TrayKnown, nowMs: number): string[] {
  const last = new Map<string, Job>()
  for (const job of known.jobs.values()) last.set(cameraKey(cameraOf(job)), job)
  return [...last.values()].flatMap((job) => {
    const what = cameraName(known, cameraOf(job))
    const isStart = job.kind === 'start-recording'
    switch (job.state.phase) {
      case 'accepted':
        return job.state.because ? [`${isStart ? 'NOT recording' : 'NOT stopped'}: ${what}`] : []
      case 'refused':
      case 'expired': {
        const isRecent = nowMs - Date.parse(job.acceptedAt) < REMEMBERED_MS
        const isOver = isStart && recordingOf(known, cameraOf(job))?.state === 'recording'
        return isRecent && !isOver ? [`${isStart ? 'NOT recording' : 'NOT stopped'}: ${what}`] : []
      }
      case 'unknown':
      case 'needs-person':
        return [`${isStart ? 'Recording' : 'End of recording'} not confirmed: ${what}`]
      case 'sending':
      case 'done':
      case 'dropped':
        return []
    }
  })
}

const recordingTroubles = (known: TrayKnown): string[] =>
  recordingsHere(known).flatMap(({ camera, state, startedBy, trouble }) => {
    const what = cameraName(known, camera)
    if (trouble === 'not-confirmed') return [`NOT recording: ${what}`]
    if (trouble === 'not-ended') return [`Still recording: ${what}`]
    return state === 'unknown' && startedBy === 'us' ? [`Unknown whether it records: ${what}`] : []
  })

/** A site nobody signed in to is no trouble; one that fell out of use is. */
function siteTrouble({ name, state }: Site): string[] {
  if (state.phase === 'blocked') return [`${name}: ${reasonOf(state.because)}`]
  if (state.phase === 'open' && state.link.is === 'down') return [`${name}: ${reasonOf(state.link.because)}`]
  if (state.phase === 'signed-out' && state.problem) return [`${name}: ${reasonOf(state.problem)}`]
  return []
}

/** The device of a command about recording is a camera. */
export const cameraOf = ({ siteId, deviceId }: Job) => ({ siteId, cameraId: deviceId as CameraId })
