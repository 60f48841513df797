import type { Failure } from '../../src-preload/contract/failure.ts'
import type { CameraRef, StreamId } from '../../src-preload/contract/models/ids.ts'
import type { Playback } from '../../src-preload/contract/models/playback.ts'
import type { IceCandidate, SessionOffer } from '../../src-preload/contract/models/session.ts'

/** What the server asks of the page's peer connection; without `sdp` it asks for an offer of ours. */
export type Offer = Pick<SessionOffer, 'sdp' | 'iceServers'>

/** The road to the server for one attempt. The server offers, we answer (xprotect-api.md 3.1), unless its offer is `null`. */
export interface Signalling {
  /** Asks for a session and waits for the offer. Throws AppError; an aborted one leaves nothing open at the server. */
  open(signal: AbortSignal): Promise<Offer>
  answer(sdp: string): Promise<void>
  /** Where we make the offer: gives the server's answer. */
  offer(sdp: string): Promise<string>
  addCandidate(candidate: IceCandidate): Promise<void>
  /** The server's candidates as it finds them; ends when there will be no more, or when aborted. */
  candidates(signal: AbortSignal): AsyncIterable<IceCandidate>
  /** Resolves if the server ends the session, or the road to it is gone. */
  readonly ended: Promise<Failure>
  close(): Promise<void>
}

/** `null` leaves the choice of stream to the server; without `playback` it is live. `withSound` asks for its microphone too. */
export type NewSignalling = (
  camera: CameraRef,
  streamId: StreamId | null,
  playback?: Playback,
  withSound?: true,
) => Signalling
