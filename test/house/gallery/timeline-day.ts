import type { Lane, LockBand, Mark } from '../../../src-renderer/components/timeline/model.ts'
import { clip, merge, type Span } from '../../../src-renderer/time/ranges.ts'

export const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
/** 14:02:30 in Halifax, where the site is. */
export const playedMs = Date.parse('2026-11-23T18:02:30.240Z')
export const nowMs = Date.parse('2026-11-23T18:13:07Z')

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Recordings with gaps between, so many, of about so long. */
function recordings(seed: number, count: number, wholeMs: number): Span[] {
  const next = chance(seed)
  const stepMs = wholeMs / count
  return merge(
    Array.from({ length: count }, (_, at) => {
      const beginMs = Math.round(nowMs - wholeMs + at * stepMs + next() * stepMs * 0.3)
      return { beginMs, endMs: Math.min(nowMs, Math.round(beginMs + stepMs * (0.2 + next() * 0.5))) }
    }),
  )
}

function motionIn(seed: number, spans: readonly Span[]): Span[] {
  const next = chance(seed)
  return merge(
    spans.flatMap(({ beginMs, endMs }) => {
      if (next() < 0.4) return []
      const from = beginMs + (endMs - beginMs) * next() * 0.7
      return [{ beginMs: from, endMs: from + (endMs - beginMs) * 0.15 }]
    }),
  )
}

export function lanesOf(names: readonly string[], count: number, wholeMs: number): Lane[] {
  return names.map((name, at) => {
    const recorded = recordings(at + 1, count, wholeMs)
    return {
      key: name,
      name,
      known: [{ beginMs: nowMs - wholeMs, endMs: nowMs }],
      recordings: recorded,
      motion: motionIn(at + 20, recorded),
      manual: [],
    }
  })
}

const names = ['Main gate', 'Loading dock', 'Lobby', 'Street west, seen from the roof']
const manual = [{ beginMs: playedMs - 5 * MINUTE_MS, endMs: playedMs - 2 * MINUTE_MS }]

/** Two days of four cameras. */
export const dayLanes: Lane[] = lanesOf(names, 1_400, 2 * DAY_MS).map((lane, at) =>
  at === 1 ? { ...lane, manual, recordings: merge([...lane.recordings, ...manual]) } : lane,
)

/** The same where nobody but this client has been listening, for a few minutes. */
export const heardLanes: Lane[] = dayLanes.map((lane) => {
  const known = [{ beginMs: playedMs - 3 * MINUTE_MS, endMs: nowMs }]
  const heard = (spans: Lane['recordings']) => clip(spans, known[0]!)
  return { ...lane, known, recordings: heard(lane.recordings), manual: heard(lane.manual), motion: null }
})

const mark = (key: string, minutes: number): Mark => ({ key, text: key, atMs: playedMs + minutes * MINUTE_MS })
export const bookmarks: Mark[] = [mark('van', -3.5), mark('gate', -0.02), mark('door', 3.8)]
export const alarms: Mark[] = [mark('fence', -2.4), mark('glass', 1.2)]
export const events: Mark[] = [-5, -4.8, -1.3, 0.4, 0.5, 2.9].map((minutes) => mark(`event ${minutes}`, minutes))
export const locks: LockBand[] = [
  {
    key: 'LK-204',
    beginMs: playedMs - 2.5 * MINUTE_MS,
    endMs: playedMs + 1.5 * MINUTE_MS,
    text: 'Evidence lock LK-204 · kept until 23 Feb 2027',
  },
]

/** A hundred thousand recordings of four cameras in a year, and ten thousand bookmarks. */
export const crowdedLanes = (): Lane[] => lanesOf(names, 25_000, 365 * DAY_MS)
export const crowdedBookmarks = (): Mark[] =>
  Array.from({ length: 10_000 }, (_, at) => mark(`bookmark ${at}`, (-365 * DAY_MS * (1 - at / 10_000)) / MINUTE_MS))
