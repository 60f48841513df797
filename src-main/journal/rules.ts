import type { JobKind } from '../../src-preload/contract/models/job.ts'

/** What holds for one kind of command (security.md 4.4). */
export interface Rule {
  /** It is not sent later than this after the press, milliseconds; `null`: it is never too late. */
  deadlineMs: number | null
  /** An unknown one is looked up this long after it was sent, milliseconds. */
  lookUpAfterMs: number
  /** Whether one that was surely not done is sent again unasked. */
  resendIfAbsent: boolean
  /** How often it may be sent, in all, while nobody can say whether it was done. */
  blindSends: number
  /** Commands of one family change the same thing: a later one does not overtake one that may be sent again. */
  family: 'lock' | 'bookmark' | 'recording' | 'event' | 'output' | 'ptz'
}

/**
 * The server's own time for one request: asked sooner, it says "absent" of what it is still doing, and a second copy is
 * made. Milestone names no figure [?]; IIS and WCF give up after a minute [k].
 */
const SERVER_TIMEOUT_MS = 60_000

/** A picture of the site half a minute old is no ground to act on. */
const NOT_LATER_MS = 30_000

/** Starting what is started changes nothing, so it is asked soon and may be sent again while it is in time. */
const recording: Rule = {
  deadlineMs: NOT_LATER_MS,
  lookUpAfterMs: 2_000,
  resendIfAbsent: true,
  blindSends: 5,
  family: 'recording',
}

/** Done twice it is as if done once, and the server can be asked how it stands. */
const change = (family: 'lock' | 'bookmark', deadlineMs: number | null): Rule => ({
  deadlineMs,
  lookUpAfterMs: SERVER_TIMEOUT_MS,
  resendIfAbsent: true,
  blindSends: 3,
  family,
})

/** Much later somebody may have come to rely on what is to be taken away. */
const TAKEN_AWAY_MS = 600_000

/** Done twice it does harm: at most once. */
const once = (family: Rule['family'], deadlineMs: number): Rule => ({
  deadlineMs,
  lookUpAfterMs: SERVER_TIMEOUT_MS,
  resendIfAbsent: false,
  blindSends: 1,
  family,
})

export const rules: Readonly<Record<JobKind, Rule>> = {
  /** A second lock is clutter, a missing one is lost evidence. */
  'evidence-lock': {
    deadlineMs: null,
    lookUpAfterMs: SERVER_TIMEOUT_MS,
    resendIfAbsent: true,
    blindSends: 3,
    family: 'lock',
  },
  'extend-lock': change('lock', null),
  unlock: change('lock', TAKEN_AWAY_MS),
  bookmark: {
    deadlineMs: null,
    lookUpAfterMs: SERVER_TIMEOUT_MS,
    resendIfAbsent: true,
    blindSends: 2,
    family: 'bookmark',
  },
  'edit-bookmark': change('bookmark', null),
  'delete-bookmark': change('bookmark', TAKEN_AWAY_MS),
  'start-recording': recording,
  'extend-recording': recording,
  /** Sent late it would end a recording that somebody began since. */
  'stop-recording': recording,
  event: once('event', NOT_LATER_MS),
  output: once('output', 10_000),
  ptz: once('ptz', 5_000),
}

/** Whether one of this kind may be sent a second time by itself. */
export const mayResend = (kind: JobKind): boolean => rules[kind].resendIfAbsent || rules[kind].blindSends > 1
