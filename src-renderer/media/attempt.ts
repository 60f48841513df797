import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import { openCommands } from './commands-channel.ts'
import { acceptHighProfile, readOffer, unplayableCodec } from './offer-codec.ts'
import { agreeByOwnOffer } from './own-offer.ts'
import type { Signalling } from './signalling.ts'
import { apartFromPicture } from './sound/own-stream.ts'

/** More candidates than this are not worth a check: 5,000 of them hold the page for 20 s (security.md 4.7). */
const MAX_CANDIDATES = 64
/** The channel for commands waits so long after the picture: the other tiles of a view are still opening. */
const COMMANDS_AFTER_MS = 1_000
const MEDIA_CLOSED: Failure = { kind: 'unreachable', what: 'media', how: 'closed' }
const MEDIA_TIMEOUT: Failure = { kind: 'unreachable', what: 'media', how: 'timeout' }

/** Where peers come from and go to: the page's budget. */
export interface Peers {
  take: (iceServers: RTCIceServer[]) => RTCPeerConnection
  close: (peer: RTCPeerConnection) => void
}

export interface AttemptDeps {
  signalling: Signalling
  peers: Peers
  /** Codecs this computer decodes, in `plainCodec` spelling. */
  playable: ReadonlySet<string>
  /** Resolves with the first frame. */
  painted: Promise<void>
  onPeer: (peer: RTCPeerConnection) => void
  onVideo: (track: MediaStreamTrack) => void
  /** Absent where nobody listens: then no place is offered for sound, and none is heard. */
  onSound?: ((receiver: RTCRtpReceiver) => void) | undefined
}

/**
 * One attempt, from offer to loss. It never resolves: it rejects when the connection is gone or `signal` is aborted.
 *
 * The peer is made only when the offer is there, so a server that is away costs none (security.md 4.2).
 */
export async function runAttempt(deps: AttemptDeps, signal: AbortSignal): Promise<never> {
  const { promise: lost, reject: lose } = Promise.withResolvers<never>()
  lost.catch(() => {}) // it may be lost before anybody waits for it
  const { signalling } = deps
  signal.addEventListener('abort', () => {
    lose(signal.reason)
    signalling.close().catch(() => {}) // the server forgets an abandoned session by itself
  })
  void signalling.ended.then((because) => lose(new AppError(because))) // `ended` never rejects

  await Promise.race([connect(deps, lose, signal), lost])
  return lost
}

async function connect(deps: AttemptDeps, lose: (because: unknown) => void, signal: AbortSignal): Promise<void> {
  const { signalling, peers } = deps
  const { sdp, iceServers } = await signalling.open(signal)
  signal.throwIfAborted()
  const facts = readOffer(sdp ?? '')
  const codec = unplayableCodec(facts, deps.playable)
  if (codec !== undefined) throw new AppError({ kind: 'unplayable-codec', codec })

  const peer = peers.take(iceServers)
  listen(peer, deps, lose)
  signal.addEventListener('abort', () => {
    forget(peer)
    peers.close(peer)
  })
  deps.onPeer(peer)
  await (sdp === null
    ? agreeByOwnOffer(peer, signalling, { signal, withSound: deps.onSound !== undefined })
    : negotiate(peer, sdp, signalling, signal))
  if (!facts.hasDataChannel) return
  await deps.painted
  signal.throwIfAborted()
  const timer = setTimeout(() => openCommands(peer, () => lose(new AppError(MEDIA_CLOSED)), signal), COMMANDS_AFTER_MS)
  signal.addEventListener('abort', () => clearTimeout(timer))
}

async function negotiate(
  peer: RTCPeerConnection,
  offer: string,
  signalling: Signalling,
  signal: AbortSignal,
): Promise<void> {
  await understood(peer.setRemoteDescription({ type: 'offer', sdp: apartFromPicture(acceptHighProfile(offer)) }))
  void takeCandidates(peer, signalling, signal) // it ends by itself, and its failures alone decide nothing
  await understood(peer.setLocalDescription())
  signal.throwIfAborted()
  await signalling.answer(peer.localDescription?.sdp ?? '')
}

/** What the engine cannot make sense of is the server's offer, not a mistake of ours. */
async function understood(step: Promise<void>): Promise<void> {
  try {
    await step
  } catch (cause) {
    throw new AppError({ kind: 'bad-answer', call: 'WebRTC offer', what: 'shape' }, { cause })
  }
}

/**
 * Feeds the server's candidates to the peer.
 *
 * A candidate that is no good, and even a road that breaks here, may not matter: the offer often carries all candidates
 * that are needed. Where it does matter, no frame comes and the deadline decides.
 */
async function takeCandidates(peer: RTCPeerConnection, signalling: Signalling, signal: AbortSignal): Promise<void> {
  let count = 0
  try {
    for await (const { candidate, sdpMid, sdpMLineIndex } of signalling.candidates(signal)) {
      if (++count > MAX_CANDIDATES) return
      await peer.addIceCandidate({ candidate, sdpMid, sdpMLineIndex }).catch(() => {})
    }
  } catch {
    // see above
  }
}

function listen(peer: RTCPeerConnection, deps: AttemptDeps, lose: (because: unknown) => void): void {
  peer.ontrack = ({ track, receiver }) => {
    if (track.kind === 'video') deps.onVideo(track)
    if (track.kind === 'audio') deps.onSound?.(receiver)
  }
  peer.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return
    const { sdpMid, sdpMLineIndex } = candidate
    deps.signalling.addCandidate({ candidate: candidate.candidate, sdpMid, sdpMLineIndex }).catch(() => {}) // as above
  }
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'failed') lose(new AppError(MEDIA_TIMEOUT))
  }
}

function forget(peer: RTCPeerConnection): void {
  peer.ontrack = null
  peer.onicecandidate = null
  peer.onconnectionstatechange = null
}
