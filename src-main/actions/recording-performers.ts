import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { JobId, JobKind } from '../../src-preload/contract/models/job.ts'
import type { Look } from '../journal/job-course.ts'
import type { Job } from '../journal/job.ts'
import type { Performer } from '../journal/performer.ts'
import { recordingLength, type RecordingFacts } from '../xprotect/recording/facts.ts'
import { heldBackAt, type ActionSite, type ActionSites } from './action-site.ts'
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
  const heldBack = ({ siteId }: Job): ReturnType<typeof heldBackAt> => heldBackAt(sites, siteId)

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

  /** Starting what is started changes nothing, the end that the server knows included (xprotect-api.md 10.2 [3P]). */
  async function begin(job: Job, said: RecordingSaid, signal: AbortSignal) {
    const at = now()
    const wish = {
      cameraId: cameraOf(job),
      seconds: secondsFrom(at, said.endsAt),
      atMostSeconds: secondsFrom(at, said.latestEnd),
    }
    return sentAs(await sites.get(job.siteId).actions.recordings.start(wish, signal), () => said)
  }

  return {
    'start-recording': {
      heldBack,
      async send(job, signal) {
        if (job.sends === 1 && (await isAnothers(sites.get(job.siteId), cameraOf(job), signal))) joined.add(job.id)
        return begin(job, await startedAs(job, signal), signal)
      },
      async lookUp(job, signal) {
        const is = await stateOf(sites.get(job.siteId), job, signal)
        if (is === 'recording') return { is: 'found', said: await startedAs(job, signal) }
        return { is: is === 'idle' ? 'absent' : 'cannot-tell' }
      },
    },

    'extend-recording': {
      heldBack,
      async send(job, signal) {
        const said = extendedAs(job)
        if (!said) return { is: 'rejected', because: { kind: 'not-found', what: 'recording' } }
        return begin(job, said, signal)
      },
      async lookUp(job, signal) {
        const is = await stateOf(sites.get(job.siteId), job, signal)
        const said = extendedAs(job)
        if (is === 'recording' && said) return { is: 'found', said }
        return { is: is === 'idle' ? 'absent' : 'cannot-tell' }
      },
    },

    'stop-recording': {
      heldBack,
      send: async (job, signal) =>
        sentAs(await sites.get(job.siteId).actions.recordings.stop(cameraOf(job), signal), () => null),
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
    return await site.actions.recordings.facts(cameraId, signal)
  } catch {
    return undefined // what is wrong with the server is said by the command itself
  }
}

/** Somebody else records the camera by hand. What a server that cannot say that records by rules is not meant. */
async function isAnothers({ actions }: ActionSite, cameraId: CameraId, signal: AbortSignal): Promise<boolean> {
  const word = actions.recordingNow.of(cameraId)
  if (word.is === 'idle' || (word.is === 'recording' && word.by === 'this-program')) return false
  try {
    return (await actions.recordings.state(cameraId, signal)).is === 'recording'
  } catch {
    return false
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
  const sinceMs = Date.parse(word.since) - (site.shown.clockOffsetMs ?? 0)
  return sinceMs >= acceptedMs - SLACK_MS ? 'recording' : 'unknown'
}
