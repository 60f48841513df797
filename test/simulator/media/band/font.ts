/**
 * The letters of the live text, as pen strokes on a grid 4 wide and 6 high: corners joined by spaces, strokes parted by
 * a bar. Strokes, because one drawing then serves every size of picture.
 */
const strokes: Record<string, string> = {
  '0': '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0|1.4,4 2.6,2',
  '1': '0.8,1.2 2,0 2,6|0.8,6 3.2,6',
  '2': '0,1 1,0 3,0 4,1 4,2.2 0,6 4,6',
  '3': '0,0.8 1,0 3,0 4,1 4,2 3,2.9 1.5,2.9|3,2.9 4,3.8 4,5 3,6 1,6 0,5.2',
  '4': '3.1,6 3.1,0 0,4.2 4,4.2',
  '5': '4,0 0.5,0 0.3,2.7 2.8,2.5 4,3.5 4,5 3,6 1,6 0,5.2',
  '6': '3.6,0.4 2.6,0 1.2,0.4 0,2.6 0,5 1,6 3,6 4,5 4,3.6 3,2.7 1,2.7 0,3.8',
  '7': '0,0 4,0 1.4,6',
  '8': '1,0 3,0 4,0.9 4,2 3,2.9 1,2.9 0,2 0,0.9 1,0|1,2.9 0,3.9 0,5 1,6 3,6 4,5 4,3.9 3,2.9',
  '9': '0.4,5.6 1.4,6 2.8,5.6 4,3.4 4,1 3,0 1,0 0,1 0,2.4 1,3.3 3,3.3 4,2.2',
  A: '0,6 2,0 4,6|0.7,4 3.3,4',
  B: '0,0 0,6 3,6 4,5 4,3.9 3,2.9 0,2.9|0,0 2.8,0 3.7,0.9 3.7,2 2.8,2.9',
  C: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5',
  D: '0,0 0,6 2.6,6 4,4.6 4,1.4 2.6,0 0,0',
  E: '4,0 0,0 0,6 4,6|0,2.9 3.2,2.9',
  F: '4,0 0,0 0,6|0,2.9 3.2,2.9',
  G: '4,1 3,0 1,0 0,1 0,5 1,6 3,6 4,5 4,3.2 2.3,3.2',
  H: '0,0 0,6|4,0 4,6|0,2.9 4,2.9',
  I: '2,0 2,6|0.8,0 3.2,0|0.8,6 3.2,6',
  J: '3.4,0 3.4,5 2.5,6 1,6 0.2,5',
  K: '0,0 0,6|3.8,0 0,3.4|1.3,2.4 4,6',
  L: '0.3,0 0.3,6 4,6',
  M: '0,6 0,0 2,3 4,0 4,6',
  N: '0,6 0,0 4,6 4,0',
  O: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0',
  P: '0,6 0,0 3,0 4,1 4,2.3 3,3.3 0,3.3',
  Q: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0|2.4,4.4 4,6.4',
  R: '0,6 0,0 3,0 4,1 4,2.2 3,3.1 0,3.1|1.8,3.1 4,6',
  S: '4,0.9 3,0 1,0 0,0.9 0,2 1,2.8 3,3.2 4,4 4,5 3,6 1,6 0,5.1',
  T: '0,0 4,0|2,0 2,6',
  U: '0,0 0,5 1,6 3,6 4,5 4,0',
  V: '0,0 2,6 4,0',
  W: '0,0 0.9,6 2,2.4 3.1,6 4,0',
  X: '0,0 4,6|4,0 0,6',
  Y: '0,0 2,3 4,0|2,3 2,6',
  Z: '0,0 4,0 0,6 4,6',
  ':': '2,1.6 2,1.8|2,4.6 2,4.8',
  '.': '2,5.8 2,6',
  ',': '2,5.6 1.5,6.9',
  '-': '0.7,3.1 3.3,3.1',
  '+': '0.4,3.1 3.6,3.1|2,1.5 2,4.7',
  '/': '0.4,6.4 3.6,-0.4',
  '(': '2.8,-0.4 1.7,1.4 1.7,4.6 2.8,6.4',
  ')': '1.2,-0.4 2.3,1.4 2.3,4.6 1.2,6.4',
  '#': '1.4,0.4 0.9,5.6|3.1,0.4 2.6,5.6|0.2,2 3.9,2|0.1,4 3.8,4',
  '&': '4,6 1,1.7 1,0.7 1.8,0 2.6,0.7 2.6,1.6 0.2,3.6 0.2,5 1.2,6 2.4,6 4,3.6',
  "'": '2,0 1.8,1.4',
  '%': '0.4,6 3.6,0|0.6,0.6 0.8,0.6|3.3,5.4 3.5,5.4',
  '?': '0,1 1,0 3,0 4,1 4,2 2,3.2 2,4.2|2,5.8 2,6',
}

/** A glyph's picture: how much ink (0 to 1) and how much of the dark rim around it each pixel has. */
export interface Glyph {
  ink: Float32Array
  rim: Float32Array
}

/** Sizes of one font, in pixels. */
export interface FontSize {
  /** From one character to the next. */
  pitchPx: number
  heightPx: number
}

type Dot = readonly [x: number, y: number]

/** Draws each character once per size, on demand. */
export class Font {
  readonly size: FontSize
  readonly #glyphs = new Map<string, Glyph>()

  constructor(size: FontSize) {
    this.size = size
  }

  /** `pitchPx` by 16 pixels; lower case looks like upper case, what is not drawn like a question mark. */
  glyph(character: string): Glyph {
    const letter = character.toUpperCase()
    let glyph = this.#glyphs.get(letter)
    if (!glyph) {
      glyph = this.#draw(letter)
      this.#glyphs.set(letter, glyph)
    }
    return glyph
  }

  #draw(letter: string): Glyph {
    const { pitchPx, heightPx } = this.size
    const pen = heightPx / 15
    const glyph = { ink: new Float32Array(pitchPx * 16), rim: new Float32Array(pitchPx * 16) }
    const lines = letter === ' ' ? [] : this.#lines(strokes[letter] ?? strokes['?']!)
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < pitchPx; x++) {
        const distance = Math.min(...lines.map(([a, b]) => distanceTo(a, b, x + 0.5, y + 0.5)))
        glyph.ink[y * pitchPx + x] = Math.min(1, Math.max(0, pen + 0.5 - distance))
        glyph.rim[y * pitchPx + x] = Math.min(1, Math.max(0, pen + 1.9 - distance))
      }
    }
    return glyph
  }

  /** The strokes in pixels, in the middle of the cell. */
  #lines(text: string): [Dot, Dot][] {
    const { pitchPx, heightPx } = this.size
    const stepX = (pitchPx - 2.4) / 4
    const stepY = heightPx / 6
    const top = (16 - heightPx) / 2
    return text.split('|').flatMap((stroke) => {
      const dots = stroke.split(' ').map((pair): Dot => {
        const [x = 0, y = 0] = pair.split(',').map(Number)
        return [1.2 + x * stepX, top + y * stepY]
      })
      return dots.slice(1).map((dot, i): [Dot, Dot] => [dots[i]!, dot])
    })
  }
}

function distanceTo([ax, ay]: Dot, [bx, by]: Dot, x: number, y: number): number {
  const square = (bx - ax) ** 2 + (by - ay) ** 2 || 1
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square))
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
}
