import type { Span } from '../../time/ranges.ts'
import { ticksOf, type Scale } from '../../time/scale.ts'
import type { ZoneText } from '../../time/zone-text.ts'
import { bandsOf, markNear, placesOf, type Bands } from './bands.ts'
import type { Inks } from './inks.ts'
import type { Lane, TimelineModel } from './model.ts'
import type { Row, Rows } from './rows.ts'

/** What the painter needs of a canvas: real ones have it, and so has a test's that writes down what is drawn. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'clearRect'
  | 'closePath'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'lineTo'
  | 'lineWidth'
  | 'measureText'
  | 'moveTo'
  | 'rect'
  | 'setLineDash'
  | 'stroke'
  | 'strokeRect'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
>

export interface Sheet {
  readonly scale: Scale
  readonly rows: Rows
  readonly inks: Inks
  readonly zone: string
  readonly text: ZoneText
}

/** d3 takes the round step nearest to this: ticks may stand somewhat nearer, and labels still have their room. */
const TICKS_APART_PX = 130
const FLAGS_APART_PX = 12
/** A pointer as near to a mark is on it. */
const HOVER_PX = 6

/** Draws a timeline: the same model on the same sheet is the same picture. Coordinates are CSS pixels. */
export function paintTimeline(brush: Brush, model: TimelineModel, sheet: Sheet): void {
  const { scale, rows, inks } = sheet
  brush.clearRect(0, 0, scale.widthPx, rows.heightPx)
  brush.font = inks.font
  brush.textBaseline = 'middle'
  paintAxis(brush, sheet)
  model.lanes.forEach((lane, place) => paintLane(brush, lane, rows.lanes[place]!, sheet))
  paintFuture(brush, model.nowMs, sheet)
  paintLocks(brush, model, sheet)
  paintMarks(brush, model, sheet)
  if (model.selection) paintSelection(brush, model.selection, sheet)
  paintLines(brush, model, sheet)
}

function paintAxis(brush: Brush, { scale, rows, inks, zone, text }: Sheet): void {
  const ticks = ticksOf(scale, zone, TICKS_APART_PX)
  const steps = ticks.slice(1).map((tick, place) => tick - ticks[place]!)
  const stepMs = steps.length > 0 ? Math.min(...steps) : scale.span.endMs - scale.span.beginMs
  brush.textAlign = 'left'
  for (const tick of ticks) {
    const x = Math.round(scale.x(tick))
    brush.fillStyle = inks.line
    brush.fillRect(x, 4, 1, rows.flags.topPx - 6)
    brush.fillStyle = inks.textDim
    brush.fillText(text.tick(tick, stepMs), x + 4, 10)
  }
}

function paintLane(brush: Brush, lane: Lane, row: Row, { scale, inks }: Sheet): void {
  // What is recorded covers its part of what is known; what stays to be seen of that is a gap.
  fillBands(brush, bandsOf(lane.known, scale), row, inks.gap)
  fillBands(brush, bandsOf(lane.recordings, scale), row, inks.recording)
  fillBands(brush, bandsOf(lane.motion ?? [], scale), row, inks.motion)
  // By hand is a line above the band: it is a recording as any other, and may have motion in it.
  const above = { topPx: row.topPx - 2, heightPx: 2 }
  fillBands(brush, bandsOf(lane.manual, scale), above, inks.manual)
}

function fillBands(brush: Brush, bands: Bands, { topPx, heightPx }: Row, ink: Inks['gap']): void {
  if (bands.length === 0) return
  brush.fillStyle = ink
  brush.beginPath()
  for (let at = 0; at < bands.length; at += 2) brush.rect(bands[at]!, topPx, bands[at + 1]! - bands[at]!, heightPx)
  brush.fill()
}

function paintFuture(brush: Brush, nowMs: number, { scale, rows, inks }: Sheet): void {
  if (nowMs >= scale.span.endMs) return
  const x = Math.max(0, scale.x(nowMs))
  const { topPx } = rows.flags
  brush.fillStyle = inks.future
  brush.fillRect(x, topPx, scale.widthPx - x, rows.locks.topPx - topPx)
}

function paintLocks(brush: Brush, { locks }: TimelineModel, { scale, rows, inks }: Sheet): void {
  const topPx = rows.flags.topPx + rows.flags.heightPx
  const heightPx = rows.locks.topPx - topPx
  let freePx = 0
  for (const lock of locks) {
    if (lock.endMs <= scale.span.beginMs || lock.beginMs >= scale.span.endMs) continue
    const { x, widthPx } = boxOf(lock, scale)
    brush.fillStyle = inks.lockGround
    brush.fillRect(x, topPx, widthPx, heightPx)
    brush.strokeStyle = inks.lock
    brush.setLineDash([])
    brush.lineWidth = 1
    brush.strokeRect(x + 0.5, topPx + 0.5, widthPx - 1, heightPx - 1)
    const labelPx = Math.max(x, 0) + 4
    if (labelPx < freePx) continue
    paintPadlock(brush, labelPx, rows.locks.topPx + 3, inks.lock)
    brush.fillStyle = inks.lockText
    brush.textAlign = 'left'
    brush.fillText(lock.text, labelPx + 13, rows.locks.topPx + rows.locks.heightPx / 2 + 1)
    freePx = labelPx + 13 + brush.measureText(lock.text).width + 8
  }
}

function paintPadlock(brush: Brush, x: number, y: number, ink: string): void {
  brush.fillStyle = ink
  brush.fillRect(x, y + 4, 9, 7)
  brush.strokeStyle = ink
  brush.lineWidth = 1.5
  brush.strokeRect(x + 2, y, 5, 5)
}

function paintMarks(brush: Brush, { bookmarks, events, alarms }: TimelineModel, { scale, rows, inks }: Sheet): void {
  const { topPx } = rows.flags
  brush.fillStyle = inks.bookmark
  for (const x of placesOf(bookmarks, scale, FLAGS_APART_PX)) {
    brush.fillRect(x, topPx + 1, 1, rows.lanes.length > 0 ? 11 : 9)
    brush.fillRect(x + 1, topPx + 1, 8, 6)
  }
  if (!rows.events) return
  const middlePx = rows.events.topPx + rows.events.heightPx / 2
  const half = Math.min(4, rows.events.heightPx / 2)
  brush.fillStyle = inks.event
  for (const x of placesOf(events ?? [], scale, 3)) brush.fillRect(x - 1, middlePx - half, 2, 2 * half)
  brush.fillStyle = inks.alarm
  for (const x of placesOf(alarms ?? [], scale, FLAGS_APART_PX)) {
    brush.beginPath()
    brush.moveTo(x, middlePx - half)
    brush.lineTo(x + half, middlePx + half)
    brush.lineTo(x - half, middlePx + half)
    brush.closePath()
    brush.fill()
  }
}

function paintSelection(brush: Brush, selection: Span, { scale, rows, inks }: Sheet): void {
  const { x, widthPx } = boxOf(selection, scale)
  const topPx = rows.flags.topPx + rows.flags.heightPx - 2
  const heightPx = rows.locks.topPx - topPx + 2
  brush.fillStyle = inks.selectionGround
  brush.fillRect(x, topPx, widthPx, heightPx)
  brush.strokeStyle = inks.selection
  brush.lineWidth = 1
  brush.setLineDash([4, 3])
  brush.strokeRect(x + 0.5, topPx + 0.5, widthPx - 1, heightPx - 1)
  brush.setLineDash([])
}

function paintLines(brush: Brush, model: TimelineModel, sheet: Sheet): void {
  const { nowMs, cursorMs, hoverMs } = model
  const { scale, rows, inks, text } = sheet
  const line = (atMs: number, widthPx: number, ink: string): number | null => {
    const x = Math.round(scale.x(atMs))
    if (x < 0 || x > scale.widthPx) return null
    brush.fillStyle = ink
    brush.fillRect(x - Math.floor(widthPx / 2), 0, widthPx, rows.locks.topPx + 2)
    return x
  }
  line(nowMs, 1, inks.textDim)
  if (hoverMs !== null) {
    const x = line(hoverMs, 1, inks.text)
    if (x !== null) paintLabel(brush, x, hoverWords(hoverMs, model, sheet), inks.raised, inks.text, sheet)
  }
  const x = line(cursorMs, 2, inks.selection)
  if (x === null) return
  brush.fillRect(x - 4, rows.locks.topPx, 8, 4)
  if (hoverMs === null) paintLabel(brush, x, text.time(cursorMs), inks.selectionChip, inks.onChip, sheet)
}

/** The time under the pointer, or that of a mark it is on, with the mark's words. */
function hoverWords(hoverMs: number, { bookmarks, alarms, events }: TimelineModel, { scale, text }: Sheet): string {
  for (const marks of [bookmarks, alarms, events]) {
    const mark = markNear(marks ?? [], scale, hoverMs, HOVER_PX)
    if (mark) return `${text.time(mark.atMs)} · ${mark.text}`
  }
  return text.time(hoverMs)
}

/** A time on its own ground, kept inside. */
function paintLabel(brush: Brush, x: number, words: string, ground: string, ink: string, { scale, rows }: Sheet): void {
  const widthPx = brush.measureText(words).width + 10
  const left = Math.min(Math.max(0, x - widthPx / 2), scale.widthPx - widthPx)
  brush.fillStyle = ground
  brush.fillRect(left, 1, widthPx, rows.flags.topPx - 3)
  brush.fillStyle = ink
  brush.textAlign = 'left'
  brush.fillText(words, left + 5, rows.flags.topPx / 2)
}

/** Kept near what is seen: canvases draw badly what lies millions of pixels away. */
function boxOf({ beginMs, endMs }: Span, { x, widthPx }: Scale): { x: number; widthPx: number } {
  const left = Math.round(Math.max(x(beginMs), -2))
  return { x: left, widthPx: Math.max(2, Math.round(Math.min(x(endMs), widthPx + 2)) - left) }
}
