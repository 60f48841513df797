import { AppError } from '../../../src-preload/contract/failure.ts'
import type { EncodedFrame } from './encoded-frames.ts'

/** More than this is not kept waiting: whoever writes them is too slow for the speed they come at. */
const MOST_BYTES = 128 * 1024 * 1024

/** Frames between the one who gets them and the one who writes them, in order. */
export class FrameQueue {
  #frames: EncodedFrame[] = []
  #bytes = 0
  #end: { because: unknown } | undefined
  #wake: () => void = () => {}

  push(frame: EncodedFrame): void {
    this.#frames.push(frame)
    this.#bytes += frame.bytes.length
    if (this.#bytes > MOST_BYTES) this.fail(new AppError({ kind: 'busy', status: 429 }))
    this.#wake()
  }

  /** Nothing more comes. What is there already can still be taken, unless there is too much of it. */
  fail(because: unknown): void {
    this.#end ??= { because }
    this.#wake()
  }

  /** The next frame; `null` where none comes for so long. Throws what ended it. */
  async next(patienceMs: number): Promise<EncodedFrame | null> {
    if (this.#frames.length === 0 && !this.#end) await this.#somethingOr(patienceMs)
    const frame = this.#frames.shift()
    if (frame) {
      this.#bytes -= frame.bytes.length
      return frame
    }
    if (this.#end) throw this.#end.because
    return null
  }

  #somethingOr(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
