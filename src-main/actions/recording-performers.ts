import { failureOf } from '../../src-preload/contract/failure.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { JobId, JobKind } from '../../src-preload/contract/models/job.ts'
import type { Look } from '../journal/job-course.ts'
import type { Job } from '../journal/job.ts'
import type { Outcome as Sent } from '../journal/outcome.ts'
import type { Performer } from '../journal/performer.ts'
import { recordingLength, type RecordingFacts } from '../xprotect/recording/facts.ts'
import type { ActionSite, ActionSites } from './action-site.ts'
import { ExtendOrder, StartOrder, type RecordingSaid } from './recording-words.ts'
import { sentAs } from './sent.ts'

interface Needs {
  sites: ActionSites
  now: () => number
  /** The recording of ours a camera has, as far as it was taken by the server. */
  oursAt: (siteId: SiteId, cameraId: CameraId) => RecordingSaid | undefined
}

type Recording = Pick<Record<JobKind, Performer>, 'start-recording' | 'extend-recording' | 'stop-recording'>

/** What a look at the server may be off by beside its clock. */
const SLACK_MS = 2_000

/** Starts, lengthens and stops recordings by hand. */
export function recordingPerformers({ sites, now, oursAt }: Needs): Recording {
  /** Commands that found another client's recording when they were sent first. */
  const joined = new Set<JobId>()

  async function startedAs(job: Job, signal: AbortSignal): Promise<RecordingSaid> {
    const site = sites.get(job.siteId)
    const { recordingLimits: limits } = site
    const facts = await factsOf(site, cameraOf(job), signal)
    const { seconds, because } = recordingLength(StartOrder.parse(job.order).seconds, limits, facts ?? noFacts)
    const longest = recordingLength(limits.maxSeconds, limits, facts ?? noFacts).seconds
    const startMs = now()
    const preBufferSeconds = facts?.preBufferSeconds ?? null
    const fresh: RecordingSaid = {
      startedAt: isoOf(startMs),
      endsAt: isoOf(startMs + seconds * 1000),
      because,
      latestEnd: isoOf(startMs + longest * 1000),
      preBufferSeconds,
      isAnothers: joined.has(job.id),
    }
    const ours = oursAt(job.siteId, cameraOf(job))
    return ours ? longerOf(ours, fresh) : fresh
  }

  function extendedAs(job: Job): RecordingSaid | undefined {
    const ours = oursAt(job.siteId, cameraOf(job))
    if (!ours) return undefined
    const { untilMs } = ExtendOrder.parse(job.order)
    const endMs = Math.min(untilMs, Date.parse(ours.latestEnd))
    return { ...ours, endsAt: isoOf(endMs), because: endMs < untilMs ? 'longest' : 'asked' }
  }

  return {
    'start-recording': {
      async send(job, signal) {
        const site = sites.get(job.siteId)
        const cameraId = cameraOf(job)
        const ours = oursAt(job.siteId, cameraId)
        const isFirst = job.sends === 1
        if (!ours && isFirst && (await isByHand(site, cameraId, signal))) joined.add(job.id)
        const said = await startedAs(job, signal)
        // A second start would change nothing at the server, the end it knows included (xprotect-api.md 10.2 [3P]).
        if (ours && site.actions.recordingNow.of(cameraId).is === 'recording') return { is: 'done', said }
        const at = now()
        const wish = {
          cameraId,
          seconds: secondsFrom(at, said.endsAt),
          atMostSeconds: secondsFrom(at, said.latestEnd),
        }
        return sentAs(await site.actions.recordings.start(wish, signal), () => said)
      },
      async lookUp(job, signal) {
        const is = await stateOf(sites.get(job.siteId), job, signal)
        if (is === 'recording') return { is: 'found', said: await startedAs(job, signal) }
        return { is: is === 'idle' ? 'absent' : 'cannot-tell' }
      },
    },

    /** The server was given the latest end when it began, so nothing is sent: this program stops it later. */
    'extend-recording': {
      async send(job, signal) {
        const said = extendedAs(job)
        const gone: Sent = { is: 'rejected', because: { kind: 'not-found', what: 'recording' } }
        if (!said) return gone
        try {
          const is = await stateOf(sites.get(job.siteId), job, signal)
          return is === 'idle' ? gone : { is: 'done', said }
        } catch (error) {
          return { is: 'not-sent', because: failureOf(error) }
        }
      },
    },

    'stop-recording': {
      async send(job, signal) {
        const { recordings } = sites.get(job.siteId).actions
        if (await isIdle(sites.get(job.siteId), cameraOf(job), signal)) return { is: 'done', said: null }
        return sentAs(await recordings.stop(cameraOf(job), signal), () => null)
      },
      async lookUp(job, signal): Promise<Look> {
        const is = await stateOf(sites.get(job.siteId), job, signal)
        if (is === 'idle') return { is: 'found', said: null }
        return { is: is === 'recording' ? 'absent' : 'cannot-tell' }
      },
    },
  }
}

const noFacts: RecordingFacts = { recordingEnabled: true, preBufferSeconds: 0, stopsAfterSeconds: null }
const isoOf = (ms: number): string => new Date(ms).toISOString()
const secondsFrom = (atMs: number, end: string): number => Math.max(1, Math.round((Date.parse(end) - atMs) / 1000))

/** Started again, a recording goes on: the server knows its latest end from the first time, and it never becomes shorter. */
function longerOf(ours: RecordingSaid, fresh: RecordingSaid): RecordingSaid {
  if (fresh.endsAt <= ours.endsAt) return ours
  if (fresh.endsAt <= ours.latestEnd) return { ...ours, endsAt: fresh.endsAt, because: fresh.because }
  return { ...ours, endsAt: ours.latestEnd, because: 'longest' }
}

/** Commands for recordings are about cameras. */
export const cameraOf = ({ deviceId }: { deviceId: string }): CameraId => deviceId as CameraId

/** Undefined where the server does not say: that is no reason not to record. */
async function factsOf(site: ActionSite, cameraId: CameraId, signal: AbortSignal): Promise<RecordingFacts | undefined> {
  try {
    return (await site.actions.recordings.plan(cameraId, undefined, signal)).facts
  } catch {
    return undefined // what is wrong with the server is said by the command itself
  }
}

/** Whether the server says that the camera records by hand. One that cannot say it has no such recordings. */
async function isByHand({ actions }: ActionSite, cameraId: CameraId, signal: AbortSignal): Promise<boolean> {
  // A camera that does not record at all is asked nothing more: starting must not wait.
  if (actions.recordingNow.of(cameraId).is === 'idle') return false
  return (await handStateOf(actions, cameraId, signal)) === 'recording'
}

/** Whether the server says for sure that there is nothing to stop. */
const isIdle = async ({ actions }: ActionSite, cameraId: CameraId, signal: AbortSignal): Promise<boolean> =>
  (await handStateOf(actions, cameraId, signal)) === 'idle'

async function handStateOf({ recordings }: ActionSite['actions'], cameraId: CameraId, signal: AbortSignal) {
  try {
    return (await recordings.state(cameraId, signal)).is
  } catch {
    return 'unknown' // what is wrong is said by the command itself
  }
}

/**
 * Whether it records by hand. Where the way of recording cannot say that, the server's events count as far as they
 * decide: a camera that does not record at all, or one that began after it was asked to.
 */
async function stateOf(site: ActionSite, { deviceId, acceptedMs }: Job, signal: AbortSignal) {
  const cameraId = cameraOf({ deviceId })
  const { is } = await site.actions.recordings.state(cameraId, signal)
  if (is !== 'unknown') return is
  const word = site.actions.recordingNow.of(cameraId)
  if (word.is !== 'recording') return word.is
  const sinceMs = Date.parse(word.since) - (site.standing.clockOffsetMs ?? 0)
  return sinceMs >= acceptedMs - SLACK_MS ? 'recording' : 'unknown'
}
