import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandsOf, placesOf } from '../../../src-renderer/components/timeline/bands.ts'
import type { Inks } from '../../../src-renderer/components/timeline/inks.ts'
import { mergedLane, type Lane, type TimelineModel } from '../../../src-renderer/components/timeline/model.ts'
import { paintTimeline } from '../../../src-renderer/components/timeline/paint.ts'
import { rowsOf } from '../../../src-renderer/components/timeline/rows.ts'
import { merge, subtract, type Span } from '../../../src-renderer/time/ranges.ts'
import { scaleOf } from '../../../src-renderer/time/scale.ts'
import { zoneText } from '../../../src-renderer/time/zone-text.ts'
import { recordingBrush, type Drawn } from './recording-brush.ts'

const zone = 'Europe/Berlin'
const atMs = (clock: string) => Date.parse(`2026-11-23T${clock}:00Z`) - 3_600_000
const span = (from: string, to: string): Span => ({ beginMs: atMs(from), endMs: atMs(to) })
/** Every ink is its own name. */
const inks = new Proxy({}, { get: (_, name) => name }) as Inks
/** 14:00 to 14:10 over 1,000 px: a minute is 100 px. */
const scale = scaleOf(span('14:00', '14:10'), 1_000)

const lane = (parts: Partial<Lane>): Lane => ({
  key: 'gate',
  name: 'Main gate',
  known: [],
  recordings: [],
  motion: null,
  manual: [],
  ...parts,
})
const empty: TimelineModel = {
  lanes: [],
  bookmarks: [],
  locks: [],
  events: null,
  alarms: null,
  nowMs: atMs('15:00'),
  cursorMs: atMs('13:00'),
  hoverMs: null,
  selection: null,
}

function paint(model: Partial<TimelineModel>): Drawn[] {
  const { brush, drawn } = recordingBrush()
  const whole = { ...empty, ...model }
  const rows = rowsOf(160, whole.lanes.length, whole.events !== null)
  paintTimeline(brush, whole, { scale, rows, inks, zone, text: zoneText(zone) })
  return drawn
}
const of = (drawn: Drawn[], ink: keyof Inks) =>
  drawn
    .filter((one) => one.ink === ink && one.what !== 'text')
    .map(({ x, widthPx }) => [Math.round(x), Math.round(widthPx)])
const said = (drawn: Drawn[]) => drawn.flatMap(({ words }) => words ?? [])

describe('the painter', () => {
  it('writes times of the site’s zone', () => {
    expect(said(paint({}))).toEqual(expect.arrayContaining(['14:01', '14:05', '14:09']))
  })

  it('draws what is recorded, moved and started by hand, lays it over the hatching of what is known, and leaves the rest alone', () => {
    const drawn = paint({
      lanes: [
        lane({
          known: [span('14:01', '14:08')],
          recordings: [span('14:01', '14:03'), span('14:05', '14:08')],
          motion: [span('14:02', '14:03')],
          manual: [span('14:05', '14:06')],
        }),
      ],
    })
    expect({
      recording: of(drawn, 'recording'),
      motion: of(drawn, 'motion'),
      manual: of(drawn, 'manual'),
      gap: of(drawn, 'gap'),
    }).toEqual({
      recording: [
        [100, 200],
        [500, 300],
      ],
      motion: [[200, 100]],
      manual: [[500, 100]],
      gap: [[100, 700]],
    })
  })

  it('greys what has not been yet', () => {
    expect(of(paint({ nowMs: atMs('14:07') }), 'future')).toEqual([[700, 300]])
    expect(of(paint({ nowMs: atMs('14:10') }), 'future')).toEqual([])
  })

  it('lays a violet band over what is locked, says when it ends, and never writes one caption over another', () => {
    const lock = (key: string, from: string, to: string) => ({ key, text: `Lock ${key}`, ...span(from, to) })
    const drawn = paint({
      locks: [
        lock('1', '14:02', '14:06'),
        lock('2', '14:02', '14:07'),
        lock('3', '14:08', '15:00'),
        lock('4', '16:00', '17:00'),
      ],
    })
    expect(of(drawn, 'lockGround')).toEqual([
      [200, 400],
      [200, 500],
      [800, 202],
    ])
    expect(said(drawn).filter((words) => words.startsWith('Lock'))).toEqual(['Lock 1', 'Lock 3'])
  })

  it('raises a flag for a bookmark, a triangle for an alarm and a stroke for an event', () => {
    const mark = (key: string, clock: string) => ({ key, text: key, atMs: atMs(clock) })
    const drawn = paint({ bookmarks: [mark('a', '14:03')], events: [mark('b', '14:04')], alarms: [mark('c', '14:05')] })
    expect(of(drawn, 'bookmark')).toEqual([
      [300, 1],
      [301, 8],
    ])
    expect(of(drawn, 'event')).toEqual([[399, 2]])
    expect(drawn.filter(({ ink, what }) => ink === 'alarm' && what === 'shape').map(({ x }) => Math.round(x))).toEqual([
      500,
    ])
  })

  it('draws the cursor with its time, which gives way to that under the pointer', () => {
    const cursorMs = atMs('14:02') + 30_000
    const drawn = paint({ cursorMs })
    expect(of(drawn, 'selection')).toContainEqual([249, 2])
    expect(said(drawn)).toContain('14:02:30')
    const hovered = said(paint({ cursorMs, hoverMs: atMs('14:04') }))
    expect(hovered).toContain('14:04:00')
    expect(hovered).not.toContain('14:02:30')
  })

  it('names the mark under the pointer, with its own time', () => {
    const bookmarks = ['14:02', '14:04'].map((clock) => ({ key: clock, text: `Van at ${clock}`, atMs: atMs(clock) }))
    const over = (ms: number) => said(paint({ bookmarks, hoverMs: ms }))
    expect(over(atMs('14:04') - 3_000)).toContain('14:04:00 · Van at 14:04')
    expect(over(atMs('14:02') + 3_000)).toContain('14:02:00 · Van at 14:02')
    expect(over(atMs('14:03'))).toContain('14:03:00')
  })

  it('frames the selection, also where it reaches out of sight', () => {
    expect(of(paint({ selection: span('14:02', '14:04') }), 'selectionGround')).toEqual([[200, 200]])
    expect(of(paint({ selection: span('10:00', '18:00') }), 'selectionGround')).toEqual([[-2, 1_004]])
  })
})

describe('bands', () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: -500_000, max: 1_100_000 }), fc.nat(60_000)), { maxLength: 300 })
    .map((list) =>
      merge(
        list.map(([from, length]) => ({
          beginMs: scale.span.beginMs + from,
          endMs: scale.span.beginMs + from + length,
        })),
      ),
    )

  it('are in order, apart, inside, and show a pixel of each span however short', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const bands = bandsOf(list, scale)
        for (let at = 1; at < bands.length; at++) expect(bands[at]).toBeGreaterThan(bands[at - 1]!)
        const seen = list.filter(({ beginMs, endMs }) => endMs > scale.span.beginMs && beginMs < scale.span.endMs)
        for (const { beginMs, endMs } of seen) {
          const px = scale.x((Math.max(beginMs, scale.span.beginMs) + Math.min(endMs, scale.span.endMs)) / 2)
          const isShown = bands.some((from, at) => at % 2 === 0 && from <= px + 0.001 && px <= bands[at + 1]! + 0.001)
          expect(isShown).toBe(true)
        }
        expect(bands.length === 0).toBe(seen.length === 0)
      }),
    )
  })

  it('of marks are never nearer than asked, and begin with the first', () => {
    const marks = fc
      .array(fc.nat(600_000), { minLength: 1, maxLength: 200 })
      .map((list) =>
        list.sort((a, b) => a - b).map((ms) => ({ key: String(ms), text: '', atMs: scale.span.beginMs + ms })),
      )
    fc.assert(
      fc.property(marks, (list) => {
        const places = placesOf(list, scale, 7)
        expect(places[0]).toBeCloseTo(scale.x(list[0]!.atMs), 6)
        for (let at = 1; at < places.length; at++) expect(places[at]! - places[at - 1]!).toBeGreaterThan(6.999)
      }),
    )
  })
})

describe('lanes', () => {
  it('of several cameras merged know a gap only where each of them is known to have one', () => {
    const one = lane({
      known: [span('14:00', '14:06')],
      recordings: [span('14:00', '14:02')],
      motion: [span('14:01', '14:02')],
    })
    const other = lane({ known: [span('14:04', '14:10')], recordings: [span('14:05', '14:07')] })
    const merged = mergedLane([one, other], 'All')
    expect(merged).toMatchObject({
      recordings: [span('14:00', '14:02'), span('14:05', '14:07')],
      motion: [span('14:01', '14:02')],
    })
    expect(subtract(merged.known, merged.recordings)).toEqual([span('14:04', '14:05')])
    expect(mergedLane([], 'All')).toMatchObject({ known: [], motion: null })
  })

  it('stand below each other, above the captions, however many there are', () => {
    for (const count of [1, 4, 9, 16]) {
      const { lanes, locks } = rowsOf(160, count, true)
      const ends = lanes.map(({ topPx, heightPx }) => topPx + heightPx)
      expect(lanes.slice(1).every(({ topPx }, at) => topPx > ends[at]!)).toBe(true)
      expect(ends.at(-1)).toBeLessThan(locks.topPx)
      expect(locks.topPx + locks.heightPx).toBeLessThanOrEqual(161)
    }
  })
})
