/** What a timeline is drawn with: colours of the design tokens, and the hatching made of them. */
export interface Inks {
  readonly font: string
  readonly text: string
  readonly textDim: string
  readonly line: string
  readonly raised: string
  readonly recording: string
  readonly motion: string
  readonly manual: string
  /** Hatched, where a canvas can be had to make the pattern with. */
  readonly gap: string | CanvasPattern
  readonly future: string
  readonly bookmark: string
  readonly event: string
  readonly alarm: string
  readonly lock: string
  readonly lockGround: string
  readonly lockText: string
  readonly selection: string
  readonly selectionGround: string
  readonly selectionChip: string
  readonly onChip: string
}

/** The inks of the place an element stands in: high contrast has its own. */
export function inksOf(element: HTMLElement, brush: CanvasRenderingContext2D): Inks {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    font: `${token('size-caption')} ${token('font')}`,
    text: token('text'),
    textDim: token('text-dim'),
    line: token('raised-line'),
    raised: token('raised'),
    recording: token('band-recording'),
    motion: token('band-motion'),
    manual: token('text-strong'),
    gap: hatching(brush, token('band-gap'), token('raised-line')),
    future: token('band-future'),
    bookmark: token('selection'),
    event: token('text-dim'),
    alarm: token('alarm-text'),
    lock: token('lock'),
    lockGround: token('lock-ground'),
    lockText: token('lock-text'),
    selection: token('selection'),
    selectionGround: token('selection-ground'),
    selectionChip: token('selection-chip'),
    onChip: token('on-chip'),
  }
}

const HATCH_PX = 6

function hatching(brush: CanvasRenderingContext2D, ground: string, line: string): string | CanvasPattern {
  const tile = document.createElement('canvas')
  tile.width = HATCH_PX
  tile.height = HATCH_PX
  const pen = tile.getContext('2d')
  if (!pen) return ground
  pen.fillStyle = ground
  pen.fillRect(0, 0, HATCH_PX, HATCH_PX)
  pen.strokeStyle = line
  pen.lineWidth = 1.2
  pen.beginPath()
  for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
    pen.moveTo(shift, HATCH_PX)
    pen.lineTo(shift + HATCH_PX, 0)
  }
  pen.stroke()
  return brush.createPattern(tile, 'repeat') ?? ground
}
