import type { Canvas } from './canvas.ts'
import { Random } from './random.ts'

/** A picture as an encoder takes it: 8-bit planes, colour at half size (yuv420p, BT.709, video range). */
export interface Planes {
  luma: Uint8Array
  cb: Uint8Array
  cr: Uint8Array
}

/** Enough that no eye finds the repetition. */
const GRAIN_SIZE = 1 << 16

/** Turns canvases of one size into encoder pictures, darkened to the corners and with a sensor's grain. */
export class Finisher {
  readonly #widthPx: number
  readonly #heightPx: number
  readonly #vignette: Float32Array
  readonly #grain = new Int8Array(GRAIN_SIZE)
  readonly #random: Random

  constructor(size: { widthPx: number; heightPx: number }, seed: number, grain = 2.2) {
    this.#widthPx = size.widthPx
    this.#heightPx = size.heightPx
    this.#random = new Random(seed)
    this.#vignette = vignette(size.widthPx, size.heightPx)
    for (let i = 0; i < GRAIN_SIZE; i++) {
      this.#grain[i] = Math.round((this.#random.next() + this.#random.next() - 1) * 2 * grain)
    }
  }

  /** One picture, with fresh grain. */
  finish({ rgb }: Canvas): Planes {
    const width = this.#widthPx
    const luma = new Uint8Array(width * this.#heightPx)
    const cb = new Uint8Array(luma.length / 4)
    const cr = new Uint8Array(luma.length / 4)
    let speck = Math.floor(this.#random.next() * GRAIN_SIZE)
    for (let y = 0; y < this.#heightPx; y += 2) {
      for (let x = 0; x < width; x += 2) {
        let red = 0
        let blue = 0
        for (let i = 0; i < 4; i++) {
          const at = (y + (i >> 1)) * width + x + (i & 1)
          const shade = this.#vignette[at]!
          const r = Math.min(1, rgb[at * 3]! * shade)
          const g = Math.min(1, rgb[at * 3 + 1]! * shade)
          const b = Math.min(1, rgb[at * 3 + 2]! * shade)
          const brightness = 0.2126 * r + 0.7152 * g + 0.0722 * b
          red += r - brightness
          blue += b - brightness
          speck = (speck + 1) & (GRAIN_SIZE - 1)
          luma[at] = clamp(16.5 + 219 * brightness + this.#grain[speck]!)
        }
        const at = (y >> 1) * (width >> 1) + (x >> 1)
        cb[at] = clamp(128.5 + (56 * blue) / 1.8556)
        cr[at] = clamp(128.5 + (56 * red) / 1.5748)
      }
      speck = (speck + 7919) & (GRAIN_SIZE - 1)
    }
    return { luma, cb, cr }
  }
}

const clamp = (value: number): number => Math.min(240, Math.max(16, value))

function vignette(widthPx: number, heightPx: number): Float32Array {
  const map = new Float32Array(widthPx * heightPx)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const square = (x / widthPx - 0.5) ** 2 + (y / heightPx - 0.5) ** 2 * 0.8
      map[y * widthPx + x] = 1 - 0.75 * square * Math.min(1, square * 2.4 + 0.45)
    }
  }
  return map
}
