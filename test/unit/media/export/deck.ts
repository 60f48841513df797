import { AppError, type Failure } from '../../../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../../../src-preload/contract/models/ids.ts'
import type { SentFrame } from '../../../../src-renderer/media/export/frame-groups.ts'
import type { PlayRecorded } from '../../../../src-renderer/media/export/recorded-frames.ts'

export const camera = { siteId: 'site', cameraId: 'camera' } as unknown as CameraRef
const FPS = 15
const GROUP = 30
export const fromMs = 1_000_000

/** Parameter sets of a 640x360 baseline stream, then a slice that nobody decodes here. */
const parameters = [0x67, 0x42, 0xc0, 0x16, 0xda, 0x02, 0x80, 0xbf, 0xe5, 0xc0, 0x5a, 0x83, 0x03, 0x03, 0x20]
const start = [0, 0, 0, 1]
const keyBytes = Uint8Array.from([...start, ...parameters, ...start, 0x68, 0xce, 0x3c, 0x80, ...start, 0x65, 9, 9])
const deltaBytes = Uint8Array.from([...start, 0x41, 7, 7])

/** Each frame has its place in time, whoever plays it. */
const timeOf = (index: number): number => Math.round((index * 1000) / FPS)
const frameAt = (index: number): SentFrame => {
  const isKey = index % GROUP === 0
  return { atMs: timeOf(index), isKey, bytes: isKey ? keyBytes : deltaBytes, widthPx: 640, heightPx: 360 }
}
const firstFrom = (atMs: number): number => Math.floor(Math.ceil((atMs * FPS) / 1000) / GROUP) * GROUP

/** A server with one recording, and what goes wrong with it. */
export class Deck {
  /** Faster than this it sends key pictures only. */
  wholeUpTo = 32
  /** From here on nothing is recorded. */
  endMs = Infinity
  /** The next session is lost after so many frames; each entry is for one session. */
  cuts: (number | undefined)[] = []
  /** So many packets are lost in each of the first sessions. */
  losses: number[] = []
  because: Failure = { kind: 'unreachable', what: 'media', how: 'closed' }
  asked: { atMs: number; speed: number }[] = []

  readonly play: PlayRecorded = (_camera, { atMs, speed }) => {
    this.asked.push({ atMs, speed })
    const [cut, lost] = [this.cuts.shift(), this.losses.shift() ?? 0]
    const step = speed > this.wholeUpTo ? GROUP : 1
    const { because, endMs } = this
    let isClosed = false
    async function* frames(): AsyncGenerator<SentFrame> {
      for (let index = firstFrom(atMs), sent = 0; !isClosed && timeOf(index) < endMs; index += step) {
        if (sent++ === cut) throw new AppError(because)
        yield frameAt(index)
      }
    }
    return { frames, packetsLost: async () => lost, close: () => void (isClosed = true) }
  }
}

/** Every frame from the key picture before the beginning up to the end, in milliseconds after the first. */
export function wanted(seconds: number): number[] {
  const first = firstFrom(fromMs)
  const all: number[] = []
  for (let index = first; timeOf(index) < fromMs + seconds * 1000; index++) all.push(timeOf(index) - timeOf(first))
  return all
}
