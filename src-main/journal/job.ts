import { z } from 'zod'
import type { Failure } from '../../src-preload/contract/failure.ts'
import { SiteId } from '../../src-preload/contract/models/ids.ts'
import {
  JobId,
  JobKind,
  type Job as ShownJob,
  type JobSaid,
  type JobState,
} from '../../src-preload/contract/models/job.ts'

/** What the server said no with, or what was in the way: written by us, read back as it was. */
const Because = z.looseObject({ kind: z.string() }).transform((value) => value as unknown as Failure)
const Ms = z.number()
/** Whatever comes out of a line of the journal is JSON already; looking through all of it takes most of the time. */
const Json = z.custom<JobSaid>((value) => value !== undefined)

/** Where a command stands, as the journal has it. */
const State = z.discriminatedUnion('is', [
  z.object({ is: z.literal('queued'), notBeforeMs: Ms, because: Because.exactOptional() }),
  z.object({ is: z.literal('sending'), sinceMs: Ms }),
  z.object({ is: z.literal('done'), said: Json }),
  z.object({ is: z.literal('rejected'), because: Because }),
  z.object({ is: z.literal('unknown'), because: Because, sentMs: Ms, lookUpMs: Ms, looks: z.int() }),
  z.object({ is: z.literal('expired') }),
  z.object({
    is: z.literal('needs-human'),
    because: Because,
    sentMs: Ms,
    why: z.enum(['not-confirmed', 'too-late', 'not-done', 'cannot-do', 'other-user']),
  }),
  z.object({ is: z.literal('dropped'), by: z.string() }),
])
export type State = z.infer<typeof State>

/** What an operator wants done; never changes once it is accepted. */
export const Command = z.object({
  kind: JobKind,
  siteId: SiteId,
  /** The server's guid of the camera, output or event. Commands for one device go one after the other. */
  deviceId: z.string(),
  /** Further devices it is about; its order at the server goes by the first alone. */
  alsoDeviceIds: z.array(z.string()).exactOptional(),
  /** What a person called it. */
  headline: z.string().exactOptional(),
  user: z.string(),
  /** Why a person wants it: stands in the audit trail before anything is sent. */
  reason: z.string().exactOptional(),
  /** What the performer needs to know; no secrets. */
  order: Json,
  /** A name on the server that several commands share; without it each has its own. */
  reference: z.string().exactOptional(),
  /** Two presses with the same key, one shortly after the other, are one command. */
  dedupeKey: z.string().exactOptional(),
})
export type Command = z.infer<typeof Command>

/** What changes about a command. */
const Course = z.object({
  /** When a person last asked for it, by the wall clock: deadlines count from here. */
  pressedMs: Ms,
  /** When its state last changed, by the wall clock. */
  sinceMs: Ms,
  /** How often it was sent, as far as it left. */
  sends: z.int(),
  /** How often in all it was turned away at the door: the pauses grow with it. */
  refusals: z.int(),
  possibleDuplicate: z.boolean(),
  /** Who had it sent again, and so sends it now. */
  sentBy: z.string().exactOptional(),
  state: State,
})

export const Job = z.object({
  id: JobId,
  acceptedMs: Ms,
  ...Command.shape,
  /** Ours to set; the server neither makes it nor demands that there is only one of it (xprotect-api.md 6). */
  reference: z.string(),
  ...Course.shape,
})
export type Job = z.infer<typeof Job>

/** What became of a command. */
export const JobCourse = z.object({ id: JobId, ...Course.shape })
export type JobCourse = z.infer<typeof JobCourse>

/** A line of the journal: a command that was accepted, or what became of one. */
export type JobRecord = ({ t: 'job' } & Job) | ({ t: 'course' } & JobCourse)

export const intentOf = (job: Job): JobRecord => ({ t: 'job', ...job })

export const courseOf = ({
  id,
  pressedMs,
  sinceMs,
  sends,
  refusals,
  possibleDuplicate,
  sentBy,
  state,
}: Job): JobRecord => ({
  t: 'course',
  id,
  pressedMs,
  sinceMs,
  sends,
  refusals,
  possibleDuplicate,
  ...(sentBy !== undefined && { sentBy }),
  state,
})

/** Nothing more will happen to it unless a person asks. One that needs a person is not settled. */
export const isSettled = ({ state }: Job): boolean =>
  state.is === 'done' || state.is === 'rejected' || state.is === 'expired' || state.is === 'dropped'

/** Under whose name it goes to the server. */
export const senderOf = ({ sentBy, user }: Job): string => sentBy ?? user

/** The name a command has on the server (security.md 4.4). */
export const referenceOf = (id: JobId): string => `XD-${id.slice(0, 8)}-${id.slice(-12)}`

/** A command that was just accepted, by the wall clock. */
export const newJob = (command: Command, id: JobId, nowMs: number): Job => ({
  ...command,
  id,
  reference: command.reference ?? referenceOf(id),
  acceptedMs: nowMs,
  pressedMs: nowMs,
  sinceMs: nowMs,
  sends: 0,
  refusals: 0,
  possibleDuplicate: false,
  state: { is: 'queued', notBeforeMs: 0 },
})

/** A command as the screen knows it. */
export const shownOf = (job: Job): ShownJob => ({
  id: job.id,
  kind: job.kind,
  siteId: job.siteId,
  deviceId: job.deviceId,
  ...(job.alsoDeviceIds && { alsoDeviceIds: job.alsoDeviceIds }),
  ...(job.headline !== undefined && { headline: job.headline }),
  user: job.user,
  reference: job.reference,
  acceptedAt: new Date(job.acceptedMs).toISOString(),
  possibleDuplicate: job.possibleDuplicate,
  state: shownState(job.state),
})

function shownState(state: State): JobState {
  switch (state.is) {
    case 'queued':
      return { phase: 'accepted', ...(state.because && { because: state.because }) }
    case 'sending':
      return { phase: 'sending' }
    case 'done':
      return { phase: 'done', said: state.said }
    case 'rejected':
      return { phase: 'refused', because: state.because }
    case 'unknown':
      return { phase: 'unknown', because: state.because }
    case 'needs-human':
      return { phase: 'needs-person', because: state.because, why: state.why }
    case 'expired':
      return { phase: 'expired' }
    case 'dropped':
      return { phase: 'dropped', by: state.by }
  }
}
