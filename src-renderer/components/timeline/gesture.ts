import type { Span } from '../../time/ranges.ts'
import { panned, type Scale } from '../../time/scale.ts'

/** What a hand on the timeline is doing. */
export type Gesture =
  | { is: 'none' }
  /** It is down and has not moved: a click so far. */
  | { is: 'press'; fromPx: number; scale: Scale }
  /** The time under it follows it. */
  | { is: 'pan'; fromPx: number; scale: Scale }
  /** The cursor follows it. */
  | { is: 'scrub' }
  /** It marks from here. */
  | { is: 'select'; fromMs: number }

/** What a hand has done, for whoever shows the timeline. */
export interface Outcome {
  gesture: Gesture
  span?: Span
  /** The moment to show while the hand still moves. */
  scrubMs?: number
  /** The moment to play from. */
  seekMs?: number
  selection?: Span | null
}

/** A hand that shakes less than this has not moved. */
const STILL_PX = 3
/** As near to the cursor as this, it is the cursor that is taken. */
const GRIP_PX = 6

export const atRest: Gesture = { is: 'none' }

/** The hand goes down. */
export function taken(px: number, scale: Scale, cursorMs: number, isMarking: boolean): Gesture {
  if (isMarking) return { is: 'select', fromMs: inside(scale, px) }
  if (Math.abs(scale.x(cursorMs) - px) <= GRIP_PX) return { is: 'scrub' }
  return { is: 'press', fromPx: px, scale }
}

/** The hand moves. */
export function moved(gesture: Gesture, px: number, scale: Scale): Outcome {
  switch (gesture.is) {
    case 'none':
      return { gesture }
    case 'press':
      if (Math.abs(px - gesture.fromPx) < STILL_PX) return { gesture }
      return moved({ ...gesture, is: 'pan' }, px, scale)
    case 'pan':
      return { gesture, span: panned(gesture.scale, gesture.fromPx - px) }
    case 'scrub':
      return { gesture, scrubMs: inside(scale, px) }
    case 'select':
      return { gesture, selection: between(gesture.fromMs, inside(scale, px)) }
  }
}

/** The hand lets go. */
export function released(gesture: Gesture, px: number, scale: Scale): Outcome {
  const gone = { gesture: atRest }
  if (gesture.is === 'press') return { ...gone, seekMs: inside(scale, px) }
  if (gesture.is === 'scrub') return { ...gone, seekMs: inside(scale, px) }
  if (gesture.is !== 'select') return gone
  const marked = between(gesture.fromMs, inside(scale, px))
  // Marking nothing takes the mark away.
  const isNothing = scale.x(marked.endMs) - scale.x(marked.beginMs) < STILL_PX
  return { ...gone, selection: isNothing ? null : marked }
}

/** A mark set at one end: what it reaches to then. `edge` is where the mark goes. */
export function markedFrom(selection: Span | null, edge: 'begin' | 'end', atMs: number, scale: Scale): Span {
  const { beginMs, endMs } =
    selection ?? (edge === 'begin' ? { beginMs: atMs, endMs: Infinity } : { beginMs: -Infinity, endMs: atMs })
  // The other end, where there is none or it would lie on the wrong side: a twentieth of what is seen away.
  const awayMs = (scale.span.endMs - scale.span.beginMs) / 20
  if (edge === 'begin') return { beginMs: atMs, endMs: endMs > atMs && endMs < Infinity ? endMs : atMs + awayMs }
  return { beginMs: beginMs < atMs && beginMs > -Infinity ? beginMs : atMs - awayMs, endMs: atMs }
}

/** A wheel's or a touchpad's turn: along is a move in time, across is a zoom. Pinching comes as a wheel with Ctrl held. */
export function turned(wheel: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'shiftKey'>): {
  panPx: number
  factor: number
} {
  const unitPx = [1, 16, 400][wheel.deltaMode] ?? 1
  const alongPx = (wheel.shiftKey && wheel.deltaX === 0 ? wheel.deltaY : wheel.deltaX) * unitPx
  const acrossPx = wheel.deltaY * unitPx
  if (wheel.shiftKey || Math.abs(alongPx) > Math.abs(acrossPx)) return { panPx: alongPx, factor: 1 }
  return { panPx: 0, factor: 2 ** (acrossPx * (wheel.ctrlKey ? 0.01 : 0.0025)) }
}

const inside = ({ at, widthPx }: Scale, px: number): number => at(Math.min(Math.max(px, 0), widthPx))
const between = (oneMs: number, otherMs: number): Span => ({
  beginMs: Math.min(oneMs, otherMs),
  endMs: Math.max(oneMs, otherMs),
})
