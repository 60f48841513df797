// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import { useFarPlaces } from '../../../src-renderer/screens/playback/useFarPlaces.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { onPage } from './support.ts'

const nowMs = Date.parse('2026-11-26T14:00:00Z')
const MINUTE_MS = 60_000
const iso = (ms: number): string => new Date(ms).toISOString()

const bookmarkAt = (minutes: number, camera = 1): Bookmark => ({
  id: `bookmark ${minutes} ${camera}`,
  camera: cameraRef(camera),
  reference: `WP-${minutes}`,
  headline: 'Van',
  description: '',
  begin: iso(nowMs + (minutes - 1) * MINUTE_MS),
  triggered: iso(nowMs + minutes * MINUTE_MS),
  end: iso(nowMs + (minutes + 1) * MINUTE_MS),
  user: '',
})

/** A server that keeps bookmarks, newest first, two on a page; `played` is where the clock stands, in minutes. */
function places(bookmarks: Bookmark[], played: { minutes: number }) {
  const newestFirst = bookmarks.toSorted((one, other) => other.triggered.localeCompare(one.triggered))
  const bridge = new FakeBridge({
    async findBookmarks({ from, to, after }) {
      const touching = newestFirst.filter(({ begin, end }) => begin <= to && end >= from)
      const at = Number(after ?? 0)
      return { bookmarks: touching.slice(at, at + 2), next: at + 2 < touching.length ? String(at + 2) : null }
    },
    async listSequences({ camera, from, to }) {
      const number = Number(camera.cameraId.slice(-2))
      const all = [{ begin: iso(nowMs - number * 60 * MINUTE_MS), end: iso(nowMs - number * 10 * MINUTE_MS) }]
      const recordings = all.filter(({ begin, end }) => begin < to && end > from)
      return { source: 'recorder', known: { begin: from, end: to }, recordings, motion: [] }
    },
  })
  const { used } = onPage(bridge, () =>
    useFarPlaces({
      cameras: () => [cameraRef(1), cameraRef(2)],
      atMs: () => nowMs + played.minutes * MINUTE_MS,
      serverNow: () => nowMs,
    }),
  )
  return { used, bridge }
}
const inMinutes = (ms: number | null) => ms !== null && (ms - nowMs) / MINUTE_MS

describe('bookmarks beside the moment that is played', () => {
  it('are the nearest before and after it, however many lie between them and now', async () => {
    const { used } = places(
      [-50, -40, -30, -20, -10, -5, -2].map((at) => bookmarkAt(at)),
      { minutes: -25 },
    )
    expect(inMinutes(await used.nextBookmark())).toBe(-20)
    expect(inMinutes(await used.previousBookmark())).toBe(-30)
  })

  it('are another one each time, though a picture begins somewhat before or after the moment', async () => {
    const played = { minutes: -25 }
    const { used } = places(
      [-30, -20, -10].map((at) => bookmarkAt(at)),
      played,
    )
    expect(inMinutes(await used.nextBookmark())).toBe(-20)
    played.minutes = -20 - 0.01
    expect(inMinutes(await used.nextBookmark())).toBe(-10)
    played.minutes = -10 + 0.02
    expect(inMinutes(await used.previousBookmark())).toBe(-20)
  })

  it('are not one that only reaches into what is looked through', async () => {
    const { used } = places([bookmarkAt(-25.5)], { minutes: -26 })
    expect(await used.previousBookmark()).toBeNull()
    expect(inMinutes(await used.nextBookmark())).toBe(-25.5)
  })

  it('that lie before are not all read to find the one before', async () => {
    const { used, bridge } = places(
      Array.from({ length: 40 }, (_, at) => bookmarkAt(-30 - at)),
      { minutes: -25 },
    )
    await used.previousBookmark()
    expect(bridge.times('findBookmarks')).toBe(1)
  })
})

describe('the edges of the recordings of several cameras', () => {
  it('begin with the first of them, and end shortly before the last ends', async () => {
    const { used } = places([], { minutes: 0 })
    expect(inMinutes(await used.begin())).toBe(-120)
    expect(await used.end()).toBe(nowMs - 10 * MINUTE_MS - 5_000)
  })
})
