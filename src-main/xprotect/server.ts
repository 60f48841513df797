import type { Camera, CameraGroup, Stream } from '../../src-preload/contract/models/camera.ts'
import type { Failure } from '../../src-preload/contract/failure.ts'
import type { CameraId, StreamId } from '../../src-preload/contract/models/ids.ts'
import type { Playback } from '../../src-preload/contract/models/playback.ts'
import type { RecordingTriggers } from '../../src-preload/contract/models/recording.ts'
import type { CameraSequences } from '../../src-preload/contract/models/sequence.ts'
import type { IceCandidate } from '../../src-preload/contract/models/session.ts'
import type { SiteLink } from '../../src-preload/contract/models/site.ts'
import type { Alarms } from './alarms.ts'
import type { CapturedFile, CaptureWish } from './capture/capture.ts'
import type { OperatorActions } from './operator-actions.ts'
import type { Picture } from './pictures.ts'
import type { ServerFacts } from './server-facts.ts'
import type { PictureMoment, SequencesWish } from './span.ts'

/** One XProtect site, in our words: what the rest of main may ask of it. */
export interface Server {
  /** Exactly one attempt; a refusal is thrown as AppError (wrong-password, locked-out, must-change-password, …). */
  signIn(user: string, password: string): Promise<void>
  /** One attempt with the keepsake of an earlier session. Throws `signed-out` where the server takes it no more. */
  resume(user: string, keepsake: string): Promise<void>
  /** What a later start could `resume` with; undefined while nobody is signed in. A secret: for the vault only. */
  keepsake(): string | undefined
  /** Forgets the token and ends every session. */
  signOut(): Promise<void>
  /**
   * The computer woke up, or is on another network: connections are stale, and new ones are made when they are needed.
   * A token that ran out meanwhile is replaced, and the link is looked at. Sessions that play play on.
   */
  renew(): void
  /** All cameras the user may see, page by page, yielding to the event loop between pages. */
  cameras(signal: AbortSignal): AsyncIterable<{ cameras: Camera[]; skipped: number }>
  cameraGroups(signal: AbortSignal): Promise<CameraGroup[]>
  streams(cameraId: CameraId): Promise<Stream[]>
  /**
   * What this server and this user can do, each question failing alone; `camera` is the one whose tasks stand for all.
   * Rejects only when it is given up.
   */
  facts(camera: CameraId | undefined, signal: AbortSignal): Promise<ServerFacts>
  /** What may start and stop recordings there, to be picked from; empty where the server does not say. */
  recordingTriggers(signal: AbortSignal): Promise<RecordingTriggers>
  /** Where the server says its recorders are, `https://host:port`: no reason to trust any of them. */
  recorders(signal: AbortSignal): Promise<string[]>
  /** What the server says to the probes, fit to be read and sent (xprotect-api.md 15). Throws where one is not known. */
  capture(wish: CaptureWish, signal: AbortSignal): Promise<CapturedFile[]>
  /** Which recordings there are of a camera, from whoever can say: the recorder, or what was heard of the server. */
  sequences(wish: SequencesWish, signal: AbortSignal): Promise<CameraSequences>
  /** The last picture recorded up to a moment, from the recorder; `null` where there is none. */
  pictureBefore(wish: PictureMoment, signal: AbortSignal): Promise<Picture | null>
  /** One page of the alarms, as far as they are of that time. */
  alarms: Alarms['page']
  /** Asks for a session and waits for the server's offer, where the server makes it. */
  openSession(wish: SessionWish): Promise<VideoSession>
  /** Recording by hand, bookmarks, evidence locks, and which cameras record. */
  actions(): OperatorActions
}

export interface SessionWish {
  cameraId: CameraId
  /** `null` means the server's own choice of stream. */
  streamId: StreamId | null
  /** From when and how; absent is live. */
  playback?: Playback
  /** The camera's microphone is to be heard too. A server that cannot, or will not, offers the picture alone [?]. */
  withSound?: true
  signal: AbortSignal
  /** Called at most once, when the server ends the session or the road to it is gone. */
  onEnded: (because: Failure) => void
}

/** One video session as the server knows it, whatever the signalling road (xprotect-api.md 3.2 and 3.3). */
export interface VideoSession {
  /** The server's offer; `null` where the page makes it. */
  sdp: string | null
  iceServers: { urls: string; username?: string; credential?: string }[]
  answer(sdp: string): Promise<void>
  /** Where the page makes the offer: gives the server's answer. */
  offer?: (sdp: string) => Promise<string>
  addCandidate(candidate: IceCandidate): Promise<void>
  /** Waits for candidates not handed out before; an empty list means there will be no more. */
  nextCandidates(signal: AbortSignal): Promise<IceCandidate[]>
  close(): Promise<void>
}

/** What a server object reports without being asked. */
export interface ServerReports {
  onLink: (link: SiteLink) => void
  /** Server clock minus local clock, milliseconds (security.md 4.6). */
  onClockOffset: (offsetMs: number) => void
  /** `keepsake` gives another one now: what was sealed before is worth nothing any more. */
  onKeepsake: () => void
  /** The session is over and cannot be renewed without a person. */
  onSignedOut: (because: Failure) => void
}
