import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import type { RecordingTrouble, SiteRecordings } from '../../../src-preload/contract/models/recording.ts'
import { cameraKey } from './known.ts'
import { cameraOf } from './trouble.ts'
import { minutesLeft, reasonOf } from './words.ts'

/** Something an operator is told by a notice of the operating system, about one camera. */
export interface News {
  camera: CameraRef
  title:
    | 'Recording'
    | 'Recording ended'
    | 'NOT recording'
    | 'NOT stopped'
    | 'Still recording'
    | 'Not confirmed'
    | 'Bookmarked'
    | 'NOT bookmarked'
  /** Empty where the title says all. */
  text: string
}

/** What was told of each camera, so that nothing is told twice. */
export interface Told {
  recording: ReadonlySet<string>
  troubles: ReadonlyMap<string, RecordingTrouble>
}

export const nothingTold: Told = { recording: new Set(), troubles: new Map() }

/**
 * What to tell of a site's recordings: that one of ours was confirmed, that one is over, that one does not go as it
 * should. A camera whose state is not known for a while is told of neither way.
 */
export function newsOfRecordings(told: Told, now: SiteRecordings, nowMs: number): { news: News[]; told: Told } {
  const recording = new Set(told.recording)
  const troubles = new Map(told.troubles)
  const news: News[] = []
  for (const { camera, state, startedBy, endsAt, trouble } of now.cameras) {
    const key = cameraKey(camera)
    if (state === 'recording' && startedBy === 'us' && !recording.has(key)) {
      recording.add(key)
      const text = endsAt === null ? '' : minutesLeft(Date.parse(endsAt) - nowMs)
      news.push({ camera, title: 'Recording', text })
    }
    if (trouble !== null && troubles.get(key) !== trouble) news.push(troubleNews(camera, trouble))
    if (trouble === null) troubles.delete(key)
    else troubles.set(key, trouble)
  }
  for (const key of told.recording) {
    if (!now.isKnown || !key.startsWith(now.siteId)) continue
    const found = now.cameras.find(({ camera }) => cameraKey(camera) === key)
    if (found && found.state !== 'not-recording') continue
    recording.delete(key)
    news.push({ camera: refOf(key), title: 'Recording ended', text: '' })
  }
  return { news, told: { recording, troubles } }
}

const troubleNews = (camera: CameraRef, trouble: RecordingTrouble): News =>
  trouble === 'not-confirmed'
    ? { camera, title: 'NOT recording', text: 'the server took the command and does not record' }
    : { camera, title: 'Still recording', text: 'its end has passed, and nothing says that it stopped' }

/** What to tell of a command about recording that stands otherwise than before. Only what is not as wished. */
export function newsOfJob(before: Job | undefined, job: Job): News[] {
  if (job.kind !== 'start-recording' && job.kind !== 'stop-recording') return []
  if (before?.state.phase === job.state.phase && because(before) === because(job)) return []
  const title = job.kind === 'start-recording' ? 'NOT recording' : 'NOT stopped'
  const camera = cameraOf(job)
  const { state } = job
  switch (state.phase) {
    case 'accepted':
      return state.because ? [{ camera, title, text: `${reasonOf(state.because)}; it is tried again` }] : []
    case 'refused':
      return [{ camera, title, text: reasonOf(state.because) }]
    case 'expired':
      return [{ camera, title, text: 'it could not be sent in time' }]
    case 'unknown':
      return [{ camera, title: 'Not confirmed', text: `${reasonOf(state.because)}; the server is being asked` }]
    case 'needs-person':
      return [{ camera, title: 'Not confirmed', text: 'open Watchpost to decide' }]
    case 'sending':
    case 'done':
    case 'dropped':
      return []
  }
}

/** What to tell of a bookmark the tray was asked for: nothing before it is known what came of it. */
export function newsOfBookmark(job: Job): News[] {
  const camera = cameraOf(job)
  const { state } = job
  switch (state.phase) {
    case 'done':
      return [{ camera, title: 'Bookmarked', text: '' }]
    case 'refused':
      return [{ camera, title: 'NOT bookmarked', text: reasonOf(state.because) }]
    case 'accepted':
      return state.because
        ? [{ camera, title: 'NOT bookmarked', text: `${reasonOf(state.because)}; it is tried again` }]
        : []
    case 'expired':
      return [{ camera, title: 'NOT bookmarked', text: 'it could not be sent in time' }]
    case 'needs-person':
      return [{ camera, title: 'Not confirmed', text: 'open Watchpost to decide on the bookmark' }]
    case 'sending':
    case 'unknown':
    case 'dropped':
      return []
  }
}

const refused = { start: 'NOT recording', stop: 'NOT stopped', bookmark: 'NOT bookmarked' } as const

/** A press that cannot become a command. */
export const newsOfRefusal = (camera: CameraRef, what: keyof typeof refused, failure: Failure): News => ({
  camera,
  title: refused[what],
  text: reasonOf(failure),
})

const because = ({ state }: Job): string | undefined => ('because' in state ? state.because.kind : undefined)

function refOf(key: string): CameraRef {
  const [siteId, cameraId] = key.split(' ') as [SiteId, CameraRef['cameraId']]
  return { siteId, cameraId }
}
