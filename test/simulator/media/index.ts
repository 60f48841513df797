import { randomInt } from 'node:crypto'
import { defaultCacheDir } from './clips/cache.ts'
import { ClipLibrary } from './clips/library.ts'
import type { ClipSpec } from './clips/spec.ts'
import type { Hurry } from './clips/workshop.ts'
import { openAnsweringPeer, placeIn } from './peer/answering-peer.ts'
import { openChannelPeer } from './peer/channel-peer.ts'
import { openDeadPeer } from './peer/dead-peer.ts'
import { PAYLOAD_TYPE } from './peer/offer.ts'
import type { Peer, PeerEvents, PeerOptions } from './peer/peer.ts'
import { Pulse } from './pulse.ts'
import { RECORDED_FRAMES_PER_SECOND } from './recorded-frame.ts'
import { RtpStream } from './rtp/stream.ts'
import type { SceneName } from './scenes/scene.ts'
import type { Playback } from './playhead.ts'
import { ClipSender, type PlaybackFaults, type Sender } from './sender.ts'
import { SoundSender } from './sound/sound-sender.ts'
import { Stills, type StillWish } from './stills.ts'

export { ClientOfferError } from './peer/answering-peer.ts'
export type { PeerState } from './peer/peer.ts'
export type { SceneName } from './scenes/scene.ts'
export type { Playback } from './playhead.ts'
export type { Sender, SenderStats } from './sender.ts'

/** Each scene can be seen by so many cameras before two look the same; variants beyond begin again. */
export const VARIANTS = 3

/** Which camera's view a session shows. */
export interface MediaCamera {
  number: number
  name: string
  scene: SceneName
  variant: number
}

/** What that camera sends. Two sizes are drawn: 1280x720 from 960 pixels of width on, 640x360 below. */
export interface MediaStream {
  widthPx: number
  heightPx: number
  framesPerSecond: number
  /**
   * H265 makes an offer that Chromium turns down ("m=video 0"), and sends no picture. Chromium then has no candidate of
   * ours for the data channel (they stand in the video section), so the session stays `connecting`.
   */
  codec: 'H264' | 'H265'
}

/** One session to open. */
export interface SenderOptions {
  camera: MediaCamera
  stream: MediaStream
  /**
   * What the offer promises to listen to; the real server lists `transport-cc` alone, the default. Measured with
   * Chromium 156, 640x360 at 15 a second, 11 s: with `transport-cc` alone it never asks for a lost packet, only for a key
   * picture now and then (PLI), so 1 % loss leaves 75 of 165 pictures and 5 % leaves 3. With `nack`: 1 % and 5 % lose none,
   * 20 % shows 115.
   */
  feedback?: 'transport-cc' | 'nack'
  /** A recording; live if absent. */
  playback?: (Playback & Partial<PlaybackFaults>) | undefined
  /** The client's own offer, which is answered instead of making one. Rejects with ClientOfferError. `neverConnect` is not for it. */
  clientOffer?: string | undefined
  /** Its microphone is heard too, where the client has a place for it. */
  withSound?: boolean
  /** The offer is in order, but ICE never completes. */
  neverConnect?: boolean
}

/** What one stream of one camera shows. */
export interface Picture {
  camera: MediaCamera
  stream: MediaStream
}

/** The simulator's cameras as pictures: clips made once, sent to any number of sessions. */
export interface Media {
  /**
   * Makes the clips of these streams beforehand, those this machine never made. A clip costs about 1 s of one processor at
   * 640x360 and 3 s at 1280x720. `now` takes a thread per processor; `sometime` takes one that gives way to everything
   * else, and a session that asks for such a clip does not wait in its queue. `onMade` hears of clips being made, `(3, 9)`
   * for the third of nine.
   */
  prepare: (wanted: readonly Picture[], hurry: Hurry, onMade?: (made: number, wanted: number) => void) => Promise<void>
  /** Makes an offer; makes the clip first, where this machine never did. */
  openSender: (options: SenderOptions) => Promise<Sender>
  /** A recorded picture as JPEG, by its number (recorded-frame.ts), no larger than said. Rejects where ffmpeg fails. */
  still: (picture: Picture, frame: number, largest?: StillWish['largest']) => Promise<Buffer>
  /** Closes all sessions, threads and timers. */
  close: () => Promise<void>
}

/** Small pictures, half as long, are for tests. */
const sizes = {
  small: { pictures: 60, main: [320, 180, 200], sub: [320, 180, 200] },
  normal: { pictures: 120, main: [1280, 720, 1600], sub: [640, 360, 600] },
} as const

/** Clips are drawn for this rate; a live stream of another sends the same pictures slower or faster. */
const FRAMES_PER_SECOND = RECORDED_FRAMES_PER_SECOND

/** Opens the media room. Clips are kept in `cacheDir`, where absent in the user's cache. */
export async function createMedia(options: { cacheDir?: string; size?: 'normal' | 'small' } = {}): Promise<Media> {
  const library = new ClipLibrary(options.cacheDir ?? defaultCacheDir())
  const size = sizes[options.size ?? 'normal']
  const pulse = new Pulse()
  const stills = new Stills()
  const open = new Set<Sender>()

  return {
    async prepare(wanted, hurry, onMade) {
      const playable = wanted.filter(({ stream }) => stream.codec === 'H264')
      const specs = playable.map(({ camera, stream }) => specOf(camera, stream, size))
      await library.prepare(specs, hurry, onMade)
    },

    async openSender({ camera, stream, feedback = 'transport-cc', playback, clientOffer, withSound, neverConnect }) {
      const clip = stream.codec === 'H264' ? await library.clip(specOf(camera, stream, size)) : null
      const ssrc = randomInt(1, 2 ** 32)
      const place = clientOffer === undefined ? undefined : placeIn(clientOffer, stream.codec)
      const rtp = new RtpStream({
        ssrc,
        payloadType: place?.payloadType ?? PAYLOAD_TYPE,
        send: (packet) => peer.send(packet),
        onKeyRequest: () => sender.hearKeyRequest(),
      })
      const soundSsrc = withSound ? randomInt(1, 2 ** 32) : undefined
      const sound =
        soundSsrc === undefined
          ? undefined
          : new SoundSender({
              ssrc: soundSsrc,
              cameraNumber: camera.number,
              send: (packet) => peer.sendSound(packet),
            })
      const sender: ClipSender = new ClipSender({
        clip,
        pulse,
        rtp,
        sound,
        showing: {
          cameraNumber: camera.number,
          name: camera.name,
          phaseMs: phaseOf(camera),
          framesPerSecond: stream.framesPerSecond,
          playback: playback ? { seekMs: 0, stopsAfter: Infinity, ...playback } : null,
        },
      })
      const events: PeerEvents = {
        onState: (state) => sender.hearState(state),
        onFeedback: (packet) => rtp.hear(packet),
        onCommand: (text) => sender.hearCommand(text),
      }
      const peer: Peer =
        clientOffer === undefined
          ? await openPeer({ ssrc, soundSsrc, codec: stream.codec, feedback }, neverConnect ?? false, events)
          : await openAnsweringPeer(clientOffer, { ssrc, soundSsrc }, events)
      sender.attach(peer)
      open.add(sender)
      sender.onState((state) => {
        if (state === 'closed') open.delete(sender)
      })
      return sender
    },

    async still({ camera, stream }, frame, largest = { widthPx: stream.widthPx, heightPx: stream.heightPx }) {
      const clip = await library.clip(specOf(camera, stream, size))
      return stills.take({ camera: { ...camera, phaseMs: phaseOf(camera) }, clip, frame, largest })
    },

    async close() {
      for (const sender of open) sender.close()
      pulse.stop()
      await library.close()
    },
  }
}

/** Cameras with the same clip are at different places of it. */
const phaseOf = ({ number }: MediaCamera): number => number * 2_300

async function openPeer(options: PeerOptions, neverConnect: boolean, events: PeerEvents): Promise<Peer> {
  return neverConnect ? openDeadPeer(options, events) : openChannelPeer(options, events)
}

function specOf(camera: MediaCamera, stream: MediaStream, size: (typeof sizes)[keyof typeof sizes]): ClipSpec {
  const [widthPx, heightPx, kbitPerSecond] = stream.widthPx >= 960 ? size.main : size.sub
  return {
    scene: camera.scene,
    variant: camera.variant % VARIANTS,
    widthPx,
    heightPx,
    pictures: size.pictures,
    framesPerSecond: FRAMES_PER_SECOND,
    kbitPerSecond,
  }
}
