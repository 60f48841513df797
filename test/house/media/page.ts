import { ask } from '../../../src-renderer/api/ask.ts'
import { report } from '../../../src-renderer/api/report.ts'
import { bridgeSignalling } from '../../../src-renderer/api/signalling.ts'
import { nowMs } from '../../../src-renderer/media/clock.ts'
import { createMedia } from '../../../src-renderer/media/media.ts'
import { TilePicture } from '../../../src-renderer/media/tile-picture.ts'
import type { TileState } from '../../../src-renderer/media/tile-state.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'

/** A tile of the page: its picture and everything it has said. */
interface TestTile {
  picture: TilePicture
  state: TileState
  story: { phase: string; atMs: number }[]
  box: HTMLElement
}

/** Every channel for commands that was asked for. */
const channels: RTCDataChannel[] = []
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, options)
    channels.push(channel)
    return channel
  }
}

const media = createMedia({
  newSignalling: bridgeSignalling(),
  listStreams: (camera) => ask('listStreams', camera),
  report: (level, line) => report(level, 'media', line),
  onExhausted: () => report('error', 'media', 'exhausted'),
})
const tiles = new Map<string, TestTile>()

/** What a test does in the page: tiles by name, no Vue. */
const page = {
  media,

  open(name: string, camera: CameraRef, widthPx: number, heightPx: number): void {
    const box = document.createElement('div')
    box.style.cssText = `position:relative;width:${widthPx}px;height:${heightPx}px;background:#080a0b;overflow:hidden`
    const video = document.createElement('video')
    video.style.cssText = 'position:absolute;inset:0;width:100%;height:100%'
    box.append(video)
    document.body.append(box)
    const tile: TestTile = { picture: null as never, state: { phase: 'empty' }, story: [], box }
    tile.picture = new TilePicture({
      pool: media.pool,
      catalogue: media.catalogue,
      onState(state) {
        if (state.phase !== tile.state.phase) tile.story.push({ phase: state.phase, atMs: nowMs() })
        tile.state = state
      },
    })
    tiles.set(name, tile)
    tile.picture.bind(video)
    tile.picture.resize({ widthPx, heightPx })
    tile.picture.show({ camera, name })
  },

  resize(name: string, widthPx: number, heightPx: number): void {
    const { box, picture } = tiles.get(name)!
    Object.assign(box.style, { width: `${widthPx}px`, height: `${heightPx}px` })
    picture.resize({ widthPx, heightPx })
  },

  close(name: string): void {
    const tile = tiles.get(name)
    tiles.delete(name)
    tile?.picture.dispose()
    tile?.box.remove()
  },

  phase: (name: string): string => tiles.get(name)!.state.phase,
  state: (name: string): TileState => tiles.get(name)!.state,
  story: (name: string) => tiles.get(name)!.story,
  ageMs: (name: string): number => nowMs() - (tiles.get(name)!.picture.lastFrameAtMs ?? 0),
  retry: (name: string): void => tiles.get(name)!.picture.retry(),

  /** How many of the pixels looked at are brighter than the empty tile: 0 when nothing is painted. */
  paintedShare(name: string): number {
    const videos = [...tiles.get(name)!.box.querySelectorAll('video')].filter((video) => video.style.display !== 'none')
    const canvas = new OffscreenCanvas(64, 36)
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    for (const video of videos) context.drawImage(video, 0, 0, 64, 36)
    const { data } = context.getImageData(0, 0, 64, 36)
    return data.filter((value, index) => index % 4 === 3 && value > 0).length / (64 * 36)
  },

  openChannels: (): number => channels.filter(({ readyState }) => readyState === 'open').length,

  videoWidth: (name: string): number =>
    Math.max(
      ...[...tiles.get(name)!.box.querySelectorAll('video')].map((video) => (video.srcObject ? video.videoWidth : 0)),
    ),
}

export type TestPage = typeof page
declare global {
  interface Window {
    page: TestPage
  }
}
Object.assign(window, { page })
