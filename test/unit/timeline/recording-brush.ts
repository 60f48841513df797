import type { Brush } from '../../../src-renderer/components/timeline/paint.ts'

/** A rectangle or words that were drawn, with the ink it was drawn with. */
export interface Drawn {
  what: 'fill' | 'stroke' | 'text' | 'shape'
  ink: unknown
  x: number
  y: number
  widthPx: number
  heightPx: number
  words?: string
}

/** A brush that writes down what is drawn; every letter is 6 px wide. */
export function recordingBrush(): { brush: Brush; drawn: Drawn[] } {
  const drawn: Drawn[] = []
  let path: Omit<Drawn, 'what' | 'ink'>[] = []
  const at = (x: number, y: number, widthPx = 0, heightPx = 0) => ({ x, y, widthPx, heightPx })
  const brush: Brush = {
    fillStyle: '',
    strokeStyle: '',
    font: '',
    lineWidth: 1,
    textAlign: 'left',
    textBaseline: 'middle',
    beginPath: () => void (path = []),
    closePath: () => undefined,
    moveTo: (x, y) => void path.push(at(x, y)),
    lineTo: () => undefined,
    rect: (x, y, width, height) => void path.push(at(x, y, width, height)),
    fill: () =>
      path.forEach((part) => drawn.push({ what: part.widthPx > 0 ? 'fill' : 'shape', ink: brush.fillStyle, ...part })),
    stroke: () => undefined,
    setLineDash: () => undefined,
    clearRect: () => void drawn.splice(0),
    fillRect: (x, y, width, height) =>
      void drawn.push({ what: 'fill', ink: brush.fillStyle, ...at(x, y, width, height) }),
    strokeRect: (x, y, width, height) =>
      void drawn.push({ what: 'stroke', ink: brush.strokeStyle, ...at(x, y, width, height) }),
    fillText: (words, x, y) => void drawn.push({ what: 'text', ink: brush.fillStyle, words, ...at(x, y) }),
    measureText: (words) => ({ width: 6 * words.length }) as TextMetrics,
  }
  return { brush, drawn }
}
