import { z } from 'zod'
import type { Stream } from '../../../src-preload/contract/models/camera.ts'
import { StreamId } from '../../../src-preload/contract/models/ids.ts'
import { flag, Words } from './tolerant.ts'

const StreamGuid = z.string().max(36).toLowerCase().pipe(StreamId)

/** One of a camera's streams (xprotect-api.md 9.2 [V CFG]). */
export const StreamWire = z.object({
  streamReferenceId: StreamGuid,
  name: Words,
  displayName: Words,
  liveDefault: flag(false),
  /** Always, Never or WhenNeeded. */
  liveMode: z.string().catch(''),
})
export type StreamWire = z.infer<typeof StreamWire>

/** One stream's settings; every key but the first is the driver's own (xprotect-api.md 9.2 [V CFG]). */
export const SettingsWire = z.looseObject({ streamReferenceId: StreamGuid })
export type SettingsWire = z.infer<typeof SettingsWire>

const Holder = z.object({ stream: z.array(z.unknown()) })

/**
 * The list named `stream` in `/cameras/{id}/streams` and `/cameras/{id}/settings`: one object per camera, in a list or
 * by itself (xprotect-api.md 9.2; which of the two each path answers with was not seen [?]).
 */
export const StreamLists = z
  .union([
    z.object({ array: z.array(Holder.catch({ stream: [] })) }).transform(({ array }) => array),
    z.object({ data: Holder }).transform(({ data }) => [data]),
  ])
  .transform((holders) => holders.flatMap(({ stream }) => stream))

/** Names drivers were seen or are likely to use, most telling first [?]. */
const CODEC_KEYS = ['codec', 'videocodec', 'streamcodec', 'compression', 'videocompression', 'encoding', 'videoformat']
const SIZE_KEYS = ['resolution', 'videoresolution', 'streamresolution', 'framesize', 'imagesize', 'videosize']
const RATE_KEYS = ['fps', 'framerate', 'framespersecond', 'videoframerate', 'maxframerate', 'maxfps']

/** A stream and what its settings say of it. */
export function streamOf(wire: StreamWire, settings: SettingsWire | undefined): Stream {
  const words = new Map(Object.entries(settings ?? {}).map(([key, value]) => [plain(key), value]))
  const first = (keys: string[]): unknown => keys.map((key) => words.get(key)).find((value) => value != null)
  return {
    id: wire.streamReferenceId,
    name: wire.name || wire.displayName,
    liveDefault: wire.liveDefault,
    codec: codecOf(first(CODEC_KEYS)),
    ...sizeOf(first(SIZE_KEYS)),
    framesPerSecond: rateOf(first(RATE_KEYS)),
  }
}

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '')

/** `H.264 High`, `MPEG-4 AVC`, `h265+` and the like, as the trade says it; empty where it means nothing to us. */
function codecOf(value: unknown): string {
  const word = typeof value === 'string' ? value.toUpperCase().replace(/[^A-Z0-9]/g, '') : ''
  if (/264|AVC/.test(word)) return 'H264'
  if (/265|HEVC/.test(word)) return 'H265'
  if (/JPEG|JPG/.test(word)) return 'MJPEG'
  if (/MPEG4|MP4V/.test(word)) return 'MPEG4'
  return /^[A-Z][A-Z0-9]{1,15}$/.test(word) ? word : ''
}

/** `1280x720`, `1280*720`, `1280 × 720 (16:9)`, `720p`. */
function sizeOf(value: unknown): { widthPx: number; heightPx: number } {
  const text = typeof value === 'string' ? value.slice(0, 100) : ''
  const [, width, height] = /(\d{2,5})\s*[x×*,]\s*(\d{2,5})/i.exec(text) ?? []
  if (width && height) return { widthPx: Number(width), heightPx: Number(height) }
  const lines = Number(/(?:^|\D)(\d{3,4})p\b/i.exec(text)?.[1] ?? 0)
  return { widthPx: Math.round((lines * 16) / 9), heightPx: lines }
}

/** `15`, `"15"`, `"12.5 fps"`. More than a thousand is not a frame rate. */
function rateOf(value: unknown): number {
  const rate = typeof value === 'number' ? value : Number.parseFloat(typeof value === 'string' ? value : '')
  return rate > 0 && rate <= 1000 ? rate : 0
}
