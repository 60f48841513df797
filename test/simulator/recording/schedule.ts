import type { SiteCamera } from '../site/site.ts'
import { joined, within, type Span } from './spans.ts'

/** A stretch that something set off, at a moment within it. */
export interface Sequence extends Span {
  triggeredMs: number
}

/**
 * How a camera records by its schedule: by its number, so that a test knows which it wants. Every ninth never does, every
 * other third does while something moves, the rest always, with a gap now and then.
 */
export function habitOf({ number, purpose }: SiteCamera): 'never' | 'on motion' | 'always' {
  if (purpose === 'disabled' || number % 9 === 0) return 'never'
  return number % 3 === 0 ? 'on motion' : 'always'
}

/** Something moves at most once in such a stretch, and a camera that always records fails at most once in an hour. */
const MOTION_SLOT_MS = 5 * 60_000
const GAP_SLOT_MS = 3_600_000
/** Recorded before something moves, and after it. */
const MARGIN_MS = 3_000
const SHORTEST_MS = 4_000
const LONGEST_MOTION_MS = 240_000
const LONGEST_GAP_MS = 900_000

/** When something moved before the camera, between two moments, oldest first. Nothing but camera and time decides. */
export const motionOf = (camera: SiteCamera, beginMs: number, endMs: number): Sequence[] =>
  within(
    slots(MOTION_SLOT_MS, beginMs, endMs, (slot) => motionIn(camera, slot)),
    beginMs,
    endMs,
  )

/** What it records by its schedule, between two moments, oldest first. Nothing but camera and time decides. */
export function scheduledOf(camera: SiteCamera, beginMs: number, endMs: number): Sequence[] {
  switch (habitOf(camera)) {
    case 'never':
      return []
    case 'on motion':
      return within(
        slots(MOTION_SLOT_MS, beginMs, endMs, (slot) => withMargins(motionIn(camera, slot))),
        beginMs,
        endMs,
      )
    case 'always':
      return within(joined(slots(GAP_SLOT_MS, beginMs, endMs, (slot) => aroundGap(camera, slot))), beginMs, endMs)
  }
}

function slots(slotMs: number, beginMs: number, endMs: number, inSlot: (slot: number) => Sequence[]): Sequence[] {
  const found: Sequence[] = []
  for (let slot = Math.floor(beginMs / slotMs); slot * slotMs < endMs; slot++) found.push(...inSlot(slot))
  return found
}

/** By day in three of four slots, by night in one of six; it never reaches the slot's ends, margins included. */
function motionIn(camera: SiteCamera, slot: number): Sequence[] {
  const startMs = slot * MOTION_SLOT_MS
  const hour = new Date(startMs).getUTCHours()
  const dice = diceOf(camera, 'motion', slot)
  if (dice() > (hour >= 6 && hour < 20 ? 0.75 : 0.17)) return []
  const lengthMs = between(SHORTEST_MS, LONGEST_MOTION_MS, dice())
  const roomMs = MOTION_SLOT_MS - 2 * MARGIN_MS - 2 - lengthMs
  const beginMs = Math.round(startMs + MARGIN_MS + 1 + roomMs * dice())
  return [{ beginMs, endMs: beginMs + lengthMs, triggeredMs: beginMs }]
}

const withMargins = (sequences: Sequence[]): Sequence[] =>
  sequences.map((sequence) => ({
    ...sequence,
    beginMs: sequence.beginMs - MARGIN_MS,
    endMs: sequence.endMs + MARGIN_MS,
  }))

/** The whole hour, or what is left of it around a gap of 4 s to a quarter of an hour, most of them short. */
function aroundGap(camera: SiteCamera, slot: number): Sequence[] {
  const startMs = slot * GAP_SLOT_MS
  const endMs = startMs + GAP_SLOT_MS
  const dice = diceOf(camera, 'gap', slot)
  if (dice() > 0.4) return [{ beginMs: startMs, endMs, triggeredMs: startMs }]
  const lengthMs = between(SHORTEST_MS, LONGEST_GAP_MS, dice())
  const gapMs = Math.round(startMs + 1 + (GAP_SLOT_MS - lengthMs - 2) * dice())
  return [
    { beginMs: startMs, endMs: gapMs, triggeredMs: startMs },
    { beginMs: gapMs + lengthMs, endMs, triggeredMs: gapMs + lengthMs },
  ]
}

/** A length between two, each doubling as likely as the next. */
const between = (shortest: number, longest: number, chance: number): number =>
  Math.round(shortest * (longest / shortest) ** chance)

/** Throws between 0 and 1 that are the same for the same camera and slot, whoever asks, whenever. */
function diceOf(camera: SiteCamera, what: 'motion' | 'gap', slot: number): () => number {
  let state = parseInt(camera.id.slice(0, 8), 16) ^ Math.imul(slot + (what === 'gap' ? 0x51ed27 : 0), 0x9e3779b1)
  // The mixing of MurmurHash3's finaliser: neighbours among the slots must look nothing alike.
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
}
