import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Band } from './band/band.ts'
import { BandSliceWriter } from './band/slice.ts'
import { bandText } from './band/text.ts'
import type { Clip } from './clips/file.ts'
import { joinNals } from './h264/annexb.ts'
import { recordedFrame, RECORDED_FRAMES_PER_SECOND } from './recorded-frame.ts'
import { Reel } from './reel.ts'
import { encodeCode } from './strip.ts'

/** One recorded picture. */
export interface StillWish {
  camera: { number: number; name: string; phaseMs: number }
  clip: Clip
  /** Counted from 1970. */
  frame: number
  /** No side is longer; the shape stays. */
  largest: { widthPx: number; heightPx: number }
}

/** So many pictures are kept: a timeline asks for the same again and again. Each has about 40 KB. */
const KEPT = 100

/** Recorded pictures as JPEG: the very picture a session plays first at that moment, band and strip included. */
export class Stills {
  readonly #kept = new Map<string, Promise<Buffer>>()

  /** Rejects where ffmpeg fails. */
  async take(wish: StillWish): Promise<Buffer> {
    const { camera, frame, largest } = wish
    const key = [camera.number, camera.name, frame, largest.widthPx, largest.heightPx].join(' ')
    const known = this.#kept.get(key)
    this.#kept.delete(key)
    const still = known ?? toJpeg(keyPictureOf(wish), largest)
    this.#kept.set(key, still)
    still.catch(() => this.#kept.delete(key)) // the next who asks tries again
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return still
  }
}

/** A whole H.264 stream of one key picture. */
function keyPictureOf({ camera, clip, frame }: StillWish): Uint8Array {
  const { counter, recordedMs } = recordedFrame(camera.number, frame)
  const [band, reel] = [new Band(clip.backdrop, clip.widthPx), new Reel(clip)]
  reel.seek((frame * 1000) / RECORDED_FRAMES_PER_SECOND + camera.phaseMs + 1, RECORDED_FRAMES_PER_SECOND)
  const picture = reel.take()
  band.show(bandText(camera.name, { shownMs: recordedMs, counter }, band.columns), encodeCode(counter, recordedMs))
  const top = new BandSliceWriter(band.widthMbs).write(picture.bandHeader, band)
  return joinNals([...picture.parameterSets, top, ...picture.below])
}

async function toJpeg(stream: Uint8Array, { widthPx, heightPx }: StillWish['largest']): Promise<Buffer> {
  const scale = `scale=w='min(iw,${widthPx})':h='min(ih,${heightPx})':force_original_aspect_ratio=decrease`
  const ffmpeg = spawn(
    'ffmpeg',
    ['-hide_banner', '-loglevel', 'error', '-threads', '1', '-f', 'h264', '-i', 'pipe:0'].concat([
      ...['-frames:v', '1', '-vf', scale, '-q:v', '3', '-f', 'mjpeg', 'pipe:1'],
    ]),
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const [parts, complaints]: [Buffer[], Buffer[]] = [[], []]
  ffmpeg.stdout.on('data', (chunk: Buffer) => parts.push(chunk))
  ffmpeg.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  ffmpeg.stdin.on('error', () => {}) // it ended early: its exit code says so, with the reason
  ffmpeg.stdin.end(stream)
  const [exitCode] = (await once(ffmpeg, 'close')) as [number | null]
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${String(exitCode)}: ${Buffer.concat(complaints).toString()}`)
  return Buffer.concat(parts)
}
