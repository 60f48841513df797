/** Where the parts of a timeline stand from top to bottom, in pixels. */
export interface Rows {
  readonly heightPx: number
  readonly flags: Row
  readonly lanes: readonly Row[]
  /** `null` where there is no such lane. */
  readonly events: Row | null
  /** There is room for the name of each lane beside it. */
  readonly hasRoomForNames: boolean
  /** The captions of evidence locks. */
  readonly locks: Row
}

export interface Row {
  readonly topPx: number
  readonly heightPx: number
}

const AXIS_PX = 20
const FLAGS_PX = 12
const CAPTION_PX = 16
const GAP_PX = 3
const NAME_PX = 13

/** Lanes share what is left between axis and captions; they are never higher than one can tell apart. */
export function rowsOf(heightPx: number, lanes: number, hasEvents: boolean): Rows {
  const count = lanes + (hasEvents ? 1 : 0)
  const firstPx = AXIS_PX + FLAGS_PX
  const pitchPx = Math.max(4, Math.min(24, (heightPx - firstPx - CAPTION_PX) / Math.max(count, 1)))
  const gapPx = Math.min(GAP_PX, pitchPx / 4)
  const row = (place: number): Row => ({
    topPx: firstPx + place * pitchPx + gapPx,
    heightPx: pitchPx - 2 * gapPx,
  })
  return {
    heightPx,
    flags: { topPx: AXIS_PX, heightPx: FLAGS_PX },
    lanes: Array.from({ length: lanes }, (_, place) => row(place)),
    events: hasEvents ? row(lanes) : null,
    hasRoomForNames: pitchPx >= NAME_PX,
    locks: { topPx: firstPx + count * pitchPx, heightPx: CAPTION_PX },
  }
}

/** The lane at a height, or the nearest to it, by its place; `null` where there is none. */
export function nearestLane(lanes: readonly Row[], atPx: number): number | null {
  const away = ({ topPx, heightPx }: Row): number => Math.abs(topPx + heightPx / 2 - atPx)
  const nearest = lanes.reduce((best, lane, at) => (away(lane) < away(lanes[best]!) ? at : best), 0)
  return lanes.length === 0 ? null : nearest
}
