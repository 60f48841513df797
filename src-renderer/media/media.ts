import type { Stream } from '../../src-preload/contract/models/camera.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { TileSize } from './choose-stream.ts'
import { plainCodec } from './offer-codec.ts'
import { PageDrawing } from './page-drawing.ts'
import { PeerBudget } from './peer-budget.ts'
import { PeerShelf } from './peer-shelf.ts'
import { encodedConfiguration } from './export/encoded-frames.ts'
import { playRecorded, type PlayRecorded } from './export/recorded-frames.ts'
import type { RecordedDeps } from './playback/recorded-session.ts'
import type { PictureDeps } from './playback/recorded-picture.ts'
import { RingBudget } from './playback/ring-budget.ts'
import { Sheets } from './playback/sheets.ts'
import { SessionPool } from './session-pool.ts'
import { Shots } from './shots.ts'
import type { NewSignalling } from './signalling.ts'
import { Speaker } from './sound/speaker.ts'
import { StatsSampler } from './stats-sampler.ts'
import { StreamCatalogue } from './stream-catalogue.ts'
import type { NamedCamera } from './tile-share.ts'

export interface MediaDeps {
  newSignalling: NewSignalling
  listStreams: (camera: CameraRef) => Promise<Stream[]>
  report: (level: 'info' | 'warn' | 'error', line: string) => void
  /** The engine makes no more peer connections: this page must be made anew. */
  onExhausted: () => void
}

/** Everything about pictures that the page has one of. */
export interface Media {
  pool: SessionPool
  catalogue: StreamCatalogue
  budget: PeerBudget
  sampler: StatsSampler
  /** What is heard, of one tile at a time. */
  speaker: Speaker
  /** What recorded pictures are made with; they are nobody's to share. */
  recorded: RecordedDeps & PictureDeps & { isDrawn: () => boolean; report: MediaDeps['report'] }
  /** Recorded pictures as they were sent, for viewing copies. */
  playEncoded: PlayRecorded
  /** How pictures are taken of what tiles show. */
  shots: Shots
  /** Somebody is about to ask for this camera, say because the pointer rests on its name: opens it ahead. */
  warm: (wanted: NamedCamera, size: TileSize) => void
  close: () => void
}

export function createMedia(deps: MediaDeps): Media {
  const playable = playableCodecs()
  const drawing = new PageDrawing()
  const shelf = new PeerShelf({
    newPeer: (configuration) => new RTCPeerConnection(configuration),
    configuration: { bundlePolicy: 'max-bundle' },
    whenIdle: (act) => requestIdleCallback(act),
    onFilled: () => budget.tidy(),
  })
  const budget: PeerBudget = new PeerBudget({
    newPeer: (iceServers) => shelf.take(iceServers),
    onExhausted: deps.onExhausted,
  })
  const catalogue = new StreamCatalogue(deps.listStreams, playable)
  const recorded: Media['recorded'] = {
    newSignalling: deps.newSignalling,
    peers: { take: (iceServers) => budget.take(iceServers), close: (peer) => budget.close(peer) },
    playable,
    ringBudget: new RingBudget(),
    sheets: new Sheets(),
    whenIdle: (act: () => void) => void requestIdleCallback(act),
    isDrawn: () => drawing.isDrawn(),
    report: deps.report,
  }
  const encodedPeer = (iceServers: RTCIceServer[]) =>
    new RTCPeerConnection({ bundlePolicy: 'max-bundle', ...encodedConfiguration, iceServers })
  const playEncoded = playRecorded({
    ...recorded,
    peers: { take: (iceServers) => budget.take(iceServers, encodedPeer), close: (peer) => budget.close(peer) },
  })
  const pool = new SessionPool(recorded)
  const sampler = new StatsSampler(() => pool.running)
  const speaker = new Speaker()

  async function warm(wanted: NamedCamera, size: TileSize): Promise<void> {
    // Nothing is awaited where the streams are known: what is asked before the page draws comes that much earlier.
    if (!catalogue.known(wanted.camera)) await catalogue.load(wanted.camera)
    const { camera, name } = wanted
    const stream = catalogue.choose(camera, size)
    pool.warm({ camera, name, streamId: stream?.id ?? null, framesPerSecond: stream?.framesPerSecond ?? 0 })
  }

  return {
    pool,
    catalogue,
    budget,
    sampler,
    speaker,
    recorded,
    playEncoded,
    shots: new Shots(),
    warm: (wanted, size) => void warm(wanted, size).catch(() => {}), // the tile itself will say what is wrong
    close() {
      sampler.stop()
      speaker.close()
      drawing.stop()
      pool.close()
      shelf.close()
    },
  }
}

/** What this engine decodes in WebRTC, in `plainCodec` spelling. H.265 is there only with a decoder in hardware. */
export function playableCodecs(): Set<string> {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? []
  return new Set(codecs.map(({ mimeType }) => plainCodec(mimeType)))
}
