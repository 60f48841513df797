import type { Cannot } from '../../src-preload/contract/may-do.ts'
import type { Failure } from '../../src-preload/contract/failure.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { RecordingNow } from '../../src-preload/contract/models/recording.ts'

/** Why a camera does not record though somebody asked for it. */
export type NotRecording =
  | { why: 'failure'; because: Failure }
  /** The same, and it is sent again by itself while it is in time. */
  | { why: 'kept-back'; because: Failure }
  | { why: 'cannot'; cannot: Cannot }
  /** It could not be sent in time · the server took it and says that the camera does not record. */
  | { why: 'expired' | 'not-confirmed' }

/** What there is to say of one camera's recording by hand. Where there is nothing, there is no face. */
export type RecordingFace =
  /** Asked for, and not confirmed by the server. */
  | { is: 'requested' }
  /** The server says so. `endsAtMs` by this computer's clock; `null` where this program will not stop it. */
  | { is: 'recording'; isOurs: boolean; endsAtMs: number | null; preBufferSeconds: number; isStopping: boolean }
  /** Its end has passed, and the server has not said that it stopped. */
  | { is: 'not-ended' }
  /** We asked for it, and the server's word does not reach us now. */
  | { is: 'not-known' }
  /** The command left, and no answer came. */
  | { is: 'checking' }
  /** Nobody can say whether it was done: a person has to decide. */
  | { is: 'needs-person' }
  | ({ is: 'not-recording' } & NotRecording)

/** What was last asked of a camera from this page, or heard of since it is open. */
export type Press =
  /** The command is on its way to main. */
  { is: 'asking' } | { is: 'command'; job: Job } | ({ is: 'not-done' } & NotRecording)

/** Given the server's word and what was last asked: what to say. Only the server's word makes it `recording`. */
export function recordingFace(now: RecordingNow | undefined, press: Press | undefined): RecordingFace | undefined {
  if (now?.state === 'recording') return recording(now, press)
  const ofPress = press && pressFace(press)
  if (now?.state === 'requested') return ofPress?.is === 'checking' ? ofPress : { is: 'requested' }
  if (now?.trouble === 'not-confirmed') return { is: 'not-recording', why: 'not-confirmed' }
  if (ofPress) return ofPress
  return now?.state === 'unknown' && now.startedBy === 'us' ? { is: 'not-known' } : undefined
}

function recording(now: RecordingNow, press: Press | undefined): RecordingFace {
  if (now.trouble === 'not-ended') return { is: 'not-ended' }
  return {
    is: 'recording',
    isOurs: now.startedBy === 'us',
    endsAtMs: now.endsAt === null ? null : Date.parse(now.endsAt),
    preBufferSeconds: now.preBufferSeconds ?? 0,
    isStopping: press?.is === 'command' && press.job.kind === 'stop-recording' && isUnderWay(press.job),
  }
}

const isUnderWay = ({ state: { phase } }: Job): boolean =>
  phase === 'accepted' || phase === 'sending' || phase === 'unknown'

function pressFace(press: Press): RecordingFace | undefined {
  switch (press.is) {
    case 'asking':
      return { is: 'requested' }
    case 'not-done':
      return { ...press, is: 'not-recording' }
    case 'command':
      // Of a camera that does not record, a stop or a longer recording has nothing to say.
      return press.job.kind === 'start-recording' ? startFace(press.job) : undefined
  }
}

function startFace({ state }: Job): RecordingFace | undefined {
  switch (state.phase) {
    case 'accepted':
      if (!state.because) return { is: 'requested' }
      return { is: 'not-recording', why: 'kept-back', because: state.because }
    case 'sending':
    // The server took it; whether the camera records is its next word, and with that the press is forgotten.
    case 'done':
      return { is: 'requested' }
    case 'refused':
      return { is: 'not-recording', why: 'failure', because: state.because }
    case 'unknown':
      return { is: 'checking' }
    case 'needs-person':
      return { is: 'needs-person' }
    case 'expired':
      return { is: 'not-recording', why: 'expired' }
    case 'dropped':
      return undefined
  }
}
