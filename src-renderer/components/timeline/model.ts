import { intersect, merge, type Span, type Spans } from '../../time/ranges.ts'

/** What is known of one camera, or of several together. Moments are epoch milliseconds by the server's clock. */
export interface Lane {
  readonly key: string
  readonly name: string
  /** What was asked and answered; outside of it nothing is known, and nothing is drawn. */
  readonly known: Spans
  readonly recordings: Spans
  /** `null` where the source does not say. */
  readonly motion: Spans | null
  /** Recordings somebody started by hand. */
  readonly manual: Spans
}

/** A bookmark, an alarm or an event: something at one moment. */
export interface Mark {
  readonly key: string
  readonly atMs: number
  readonly text: string
}

/** An evidence lock: from when to when, and its words, which say when it ends. */
export interface LockBand extends Span {
  readonly key: string
  readonly text: string
}

/** All a timeline shows. Marks are in order of time; hand over plain lists, not deeply reactive ones: they may be long. */
export interface TimelineModel {
  readonly lanes: readonly Lane[]
  readonly bookmarks: readonly Mark[]
  readonly locks: readonly LockBand[]
  /** `null` where nobody says: then there is no lane for them. */
  readonly events: readonly Mark[] | null
  readonly alarms: readonly Mark[] | null
  /** The server's clock; beyond is the future. */
  readonly nowMs: number
  /** The moment that is played. */
  readonly cursorMs: number
  /** The moment under the pointer. */
  readonly hoverMs: number | null
  /** What is marked to be exported, bookmarked or locked. */
  readonly selection: Span | null
}

/** One lane for all: recorded is what any camera recorded; known, only what is known of each or recorded by one. */
export function mergedLane(lanes: readonly Lane[], name: string): Lane {
  const all = (of: (lane: Lane) => Spans) => merge(lanes.flatMap(of))
  const recordings = all((lane) => lane.recordings)
  const [first, ...others] = lanes
  const knownOfAll = others.reduce<Spans>((known, lane) => intersect(known, lane.known), first?.known ?? [])
  const said = lanes.flatMap(({ motion }) => (motion ? [motion] : []))
  return {
    key: 'merged',
    name,
    known: merge([...knownOfAll, ...recordings]),
    recordings,
    motion: said.length > 0 ? merge(said.flat()) : null,
    manual: all((lane) => lane.manual),
  }
}
