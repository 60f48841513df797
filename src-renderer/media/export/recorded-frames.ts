import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { frameClock, readFrame } from '../../time/frame-clock.ts'
import { runAttempt } from '../attempt.ts'
import type { RecordedDeps } from '../playback/recorded-session.ts'
import { readEncoded } from './encoded-frames.ts'
import type { SentFrame } from './frame-groups.ts'
import { FrameQueue } from './frame-queue.ts'

/** No session takes longer to its first frame, and none that plays is quiet for longer while there is something to play. */
const FIRST_MS = 15_000
const QUIET_MS = 6_000
const SILENT: Failure = { kind: 'unreachable', what: 'media', how: 'silent' }

/** One session of recorded video whose pictures are taken as they were sent. */
export interface RecordedFrames {
  /**
   * In the order they were sent. Ends where nothing more comes: what was recorded is over. Throws AppError where the
   * session is lost.
   */
  frames: () => AsyncGenerator<SentFrame>
  /** RTP packets that never arrived so far. */
  packetsLost: () => Promise<number>
  /** Ends it. */
  close: () => void
}

/** Asks for what was recorded from a moment on, at a speed; over gaps at once. */
export type PlayRecorded = (camera: CameraRef, wish: { atMs: number; speed: number }) => RecordedFrames

/** Real sessions, each with a peer of its own that nobody looks at. The peers must be made to hand out encoded frames. */
export const playRecorded =
  ({ newSignalling, peers, playable }: RecordedDeps): PlayRecorded =>
  (camera, { atMs, speed }) => {
    const ending = new AbortController()
    const painted = Promise.withResolvers<void>()
    const queue = new FrameQueue()
    let peer: RTCPeerConnection | undefined

    const playback = { timeIso: new Date(atMs).toISOString(), speed, skipGaps: true }
    const attempt = {
      signalling: newSignalling(camera, null, playback),
      peers,
      playable,
      painted: painted.promise,
      onPeer: (made: RTCPeerConnection) => (peer = made),
      onVideo(track: MediaStreamTrack) {
        const receiver = peer?.getReceivers().find((one) => one.track === track)
        if (receiver) readEncoded(receiver, (frame) => queue.push(frame))
      },
    }
    runAttempt(attempt, ending.signal).catch((error: unknown) => queue.fail(error))

    async function* frames(): AsyncGenerator<SentFrame> {
      let clock = frameClock(atMs)
      for (let isFirst = true; ; isFirst = false) {
        const frame = await queue.next(isFirst ? FIRST_MS : QUIET_MS)
        if (!frame && !isConnected(peer)) throw new AppError(SILENT)
        if (!frame) return
        if (isFirst) painted.resolve()
        const read = readFrame(clock, frame.rtpTimestamp)
        clock = read.clock
        const { isKey, bytes, widthPx, heightPx } = frame
        yield { atMs: read.atMs, isKey, bytes, widthPx, heightPx }
      }
    }
    return { frames, packetsLost: () => packetsLostBy(peer), close: () => ending.abort() }
  }

const isConnected = (peer: RTCPeerConnection | undefined): boolean => peer?.connectionState === 'connected'

async function packetsLostBy(peer: RTCPeerConnection | undefined): Promise<number> {
  const report = await peer?.getStats()
  let lost = 0
  report?.forEach((entry: { type: string; packetsLost?: number }) => {
    if (entry.type === 'inbound-rtp') lost += entry.packetsLost ?? 0
  })
  return lost
}
