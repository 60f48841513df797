import type { Stream } from '../../src-preload/contract/models/camera.ts'
import { plainCodec } from './offer-codec.ts'

/** A tile on the screen in physical pixels: CSS pixels times `devicePixelRatio`. */
export interface TileSize {
  widthPx: number
  heightPx: number
}

/** What is known when a stream is chosen. */
export interface StreamWish {
  size: TileSize
  /** Codecs this computer decodes, in `plainCodec` spelling. */
  playable: ReadonlySet<string>
  /** Streams whose offer turned out to be unplayable. */
  excluded: ReadonlySet<string>
}

/**
 * The stream to show in a tile of this size: the smallest that need not be enlarged, else the largest. The whole picture
 * is shown, so it fits the tile in one direction only and has to be large enough in that one.
 *
 * Streams known to be playable come first, those of unknown codec next; a codec known to be unplayable is tried last,
 * because the administrator's word may be older than the camera's settings. A stream of unknown size stands behind those
 * of known size. `undefined` when every stream is excluded.
 */
export function chooseStream(streams: readonly Stream[], wish: StreamWish): Stream | undefined {
  return streams
    .filter((stream) => !wish.excluded.has(stream.id))
    .sort((a, b) => compare(rank(a, wish), rank(b, wish)))
    .at(0)
}

/** Lower is better, from the left. */
function rank(stream: Stream, { size, playable }: StreamWish): number[] {
  const areaPx = stream.widthPx * stream.heightPx
  const covers = stream.widthPx >= size.widthPx || stream.heightPx >= size.heightPx
  return [playability(stream, playable), fit(areaPx, covers), covers ? areaPx : -areaPx, stream.liveDefault ? 0 : 1]
}

function playability({ codec }: Stream, playable: ReadonlySet<string>): number {
  if (codec === '') return 1
  return playable.has(plainCodec(codec)) ? 0 : 2
}

function fit(areaPx: number, covers: boolean): number {
  if (areaPx === 0) return 2
  return covers ? 0 : 1
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : a[at]! - b[at]!
}
