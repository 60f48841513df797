// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick, ref, shallowReactive } from 'vue'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Alarm } from '../../../src-preload/contract/models/alarm.ts'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import type { EvidenceLock, LockProgress } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { TimelineModel } from '../../../src-renderer/components/timeline/model.ts'
import RecordingCalendar from '../../../src-renderer/components/timeline/RecordingCalendar.vue'
import Timeline from '../../../src-renderer/components/timeline/Timeline.vue'
import PlaybackTimeline from '../../../src-renderer/screens/playback/PlaybackTimeline.vue'
import { momentTexts } from '../../../src-renderer/screens/playback/moment-text.ts'
import type { Transport } from '../../../src-renderer/screens/playback/useTransport.ts'
import { useEvidenceLocks } from '../../../src-renderer/stores/evidence-locks.ts'
import { useJobs } from '../../../src-renderer/stores/jobs.ts'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import type { Span } from '../../../src-renderer/time/ranges.ts'
import { cameraId, cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'
import { capabilitiesOf, siteId } from '../support/sites.ts'
import { cameraAnswers, openSite } from './support.ts'

const MINUTE_MS = 60_000
const nowMs = Date.now()
const playedMs = nowMs - 30_000
const iso = (minutes: number): string => new Date(playedMs + minutes * MINUTE_MS).toISOString()

const bookmarkOf = (camera: number, changes: Partial<Bookmark> = {}): Bookmark => ({
  id: `bookmark of ${camera}`,
  camera: cameraRef(camera),
  reference: 'WP-7',
  headline: 'Van',
  description: '',
  begin: iso(-3),
  triggered: iso(-2),
  end: iso(-1),
  user: '',
  ...changes,
})
const lockOf = (id: string, changes: Partial<EvidenceLock> = {}): EvidenceLock => ({
  id,
  siteId: siteId(1),
  cameraIds: [cameraId(1)],
  otherDevices: 0,
  reference: 'WP-LK-4',
  headline: 'Theft',
  description: '',
  user: '',
  created: iso(-1),
  begin: iso(-5),
  end: iso(-4),
  protects: { begin: iso(-30), end: iso(30) },
  expires: { is: 'at', at: '2090-02-23T12:00:00.000Z' },
  keepFor: null,
  sizeBytes: 1,
  ...changes,
})

const alarmOf = (id: string, changes: Partial<Alarm> = {}): Alarm => ({
  id,
  camera: cameraRef(1),
  at: iso(-2),
  name: 'Glass broken',
  state: 'New',
  priority: 'High',
  ...changes,
})

let shown: Awaited<ReturnType<typeof mountOnPage>>
let sought: number[]
let playing: { atMs: number; isSeeking: boolean }
interface Wish {
  bookmarks?: Bookmark[]
  locks?: EvidenceLock[]
  alarms?: Alarm[]
  mayNotSeeAlarms?: boolean
  changes?: Parameters<typeof openSite>[0]
}
async function show({ bookmarks = [], locks = [], alarms = [], mayNotSeeAlarms, changes = {} }: Wish = {}) {
  const bridge = new FakeBridge({
    ...cameraAnswers(),
    findBookmarks: async () => ({ bookmarks, next: null }),
    findEvidenceLocks: async () => ({ locks, next: null }),
    async findAlarms() {
      if (mayNotSeeAlarms) throw new AppError({ kind: 'forbidden' })
      return { alarms, next: null }
    },
    listLockProgress: async () => [],
    listSequences: async ({ from, to }) => ({
      source: 'recorder',
      known: { begin: from, end: to },
      recordings: [{ begin: from, end: to }],
      motion: [],
    }),
  })
  Object.assign(window, { bridge })
  sought = []
  playing = shallowReactive({ atMs: playedMs, isSeeking: false })
  const transport = {
    atMs: computed(() => playing.atMs),
    state: computed(() => ({ isSeeking: playing.isSeeking })),
    said: ref(''),
    isFollowing: ref(false),
    seek: (ms: number) => sought.push(ms),
    goFar: async () => {},
  }
  const marks = { whyNoBookmark: ref(), whyNoLock: ref(), bookmark: () => {}, lock: () => {} }
  shown = await mountOnPage(PlaybackTimeline, {
    transport: transport as unknown as Transport,
    marks,
    cameras: [1, 2].map((number) => ({ camera: cameraRef(number), name: `Camera ${number}` })),
    serverNow: () => nowMs,
    zone: { id: 'UTC', isGuess: false },
    texts: momentTexts('UTC'),
  })
  useSession().siteListChanged([openSite(changes)])
  await flushPromises()
  return bridge
}
interface Shown {
  model: Pick<TimelineModel, 'bookmarks' | 'locks' | 'alarms'>
  cursorMs: number
  selection: Span | null
}
const timeline = () => shown.findComponent(Timeline).props() as unknown as Shown
const model = () => timeline().model
const press = async (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await nextTick()
}
const legend = async () => {
  const button = shown.findAll('button').find((one) => one.text() === 'Legend')!
  await button.trigger('click')
  return shown.get('.legend').text()
}

describe('the timeline of a playback', () => {
  afterEach(() => {
    shown.unmount()
    document.body.replaceChildren()
  })

  it('asks for what is seen and one screen on each side, of the cameras that play', async () => {
    const bridge = await show()
    const asked = bridge.asked.find(({ name }) => name === 'findBookmarks')!.input as { from: string; to: string }
    expect(asked).toMatchObject({ siteId: siteId(1), cameraIds: [cameraId(1), cameraId(2)] })
    expect(Date.parse(asked.from)).toBeLessThanOrEqual(playedMs - 22.5 * MINUTE_MS)
    expect(Date.parse(asked.to)).toBeGreaterThanOrEqual(playedMs + 22.5 * MINUTE_MS)
  })

  it('flags what was bookmarked together once, at its moment, in its words', async () => {
    await show({ bookmarks: [bookmarkOf(1), bookmarkOf(2), bookmarkOf(2, { id: 'other', reference: 'WP-8' })] })
    expect(model().bookmarks.map(({ atMs, text }) => [atMs, text])).toEqual([
      [Date.parse(iso(-2)), 'Van · Camera 1 and one more'],
      [Date.parse(iso(-2)), 'Van · Camera 2'],
    ])
  })

  it('draws a lock over all that it protects, until when in words; and none that has ended', async () => {
    const over = lockOf('over', { expires: { is: 'at', at: '2020-01-01T00:00:00.000Z' } })
    await show({ locks: [lockOf('holds'), over] })
    expect(model().locks).toEqual([
      {
        key: 'holds',
        beginMs: Date.parse(iso(-30)),
        endMs: Date.parse(iso(30)),
        text: 'Evidence lock WP-LK-4 · kept until 23 Feb 2090',
      },
    ])
  })

  it('does not let a lock look like protection where some camera is not protected', async () => {
    await show({ locks: [lockOf('half')] })
    const progress: LockProgress = {
      jobId: jobOf(1, 1, { phase: 'sending' }).id,
      siteId: siteId(1),
      lockId: 'half',
      is: 'following',
      cameras: [
        { cameraId: cameraId(1), is: 'protected', message: '' },
        { cameraId: cameraId(2), is: 'waiting', message: 'offline' },
      ],
      lock: lockOf('half'),
      differs: [],
      seenAt: iso(0),
    }
    useEvidenceLocks().lockProgressed(progress)
    await nextTick()
    expect(model().locks[0]!.text).toBe('Evidence lock WP-LK-4 · 1 of 2 waiting')
    useEvidenceLocks().lockProgressed({ ...progress, is: 'gone' })
    await nextTick()
    expect(model().locks).toEqual([])
  })

  it('looks again once the server has made another bookmark', async () => {
    const bridge = await show()
    const before = bridge.times('findBookmarks')
    bridge.answer('findBookmarks', async () => ({ bookmarks: [bookmarkOf(1)], next: null }))
    useJobs().jobChanged(jobOf(1, 1, { phase: 'done', said: null }, { kind: 'bookmark' }))
    await flushPromises()
    expect(bridge.times('findBookmarks')).toBe(before + 1)
    expect(model().bookmarks).toHaveLength(1)
  })

  it('marks start and end by key wherever the keyboard is, for whoever exports, bookmarks or locks', async () => {
    await show()
    await press('i')
    expect(usePlayback().marked?.fromMs).toBe(playedMs)
    playing.atMs = playedMs + 5_000
    await nextTick()
    await press('o')
    expect(usePlayback().marked).toEqual({ fromMs: playedMs, toMs: playedMs + 5_000 })
    expect(timeline().selection).toEqual({ beginMs: playedMs, endMs: playedMs + 5_000 })
    expect(shown.text()).toMatch(/Marked \d\d:\d\d:\d\d – \d\d:\d\d:\d\d/)
  })

  it('moves its cursor when the picture is there, and does not wait for it long', async () => {
    await show()
    vi.useFakeTimers()
    const seek = async (byMs: number) => {
      Object.assign(playing, { atMs: playedMs + byMs, isSeeking: true })
      await nextTick()
      return timeline().cursorMs - playedMs
    }
    try {
      const asked = await seek(-10_000)
      playing.isSeeking = false
      await nextTick()
      const shown = timeline().cursorMs - playedMs
      const askedAgain = await seek(-20_000)
      await vi.advanceTimersByTimeAsync(150)
      expect([asked, shown, askedAgain, timeline().cursorMs - playedMs]).toEqual([0, -10_000, -10_000, -20_000])
    } finally {
      vi.useRealTimers()
    }
  })

  it('goes to the first recording of a day that is chosen in the calendar', async () => {
    await show()
    await press('d')
    await vi.waitFor(() => expect(shown.findComponent(RecordingCalendar).exists()).toBe(true))
    const day = {
      date: '',
      dayOfMonth: 1,
      dayOfWeek: 1,
      beginMs: nowMs - 40 * 86_400_000,
      endMs: nowMs - 39 * 86_400_000,
    }
    shown.findComponent(RecordingCalendar).vm.$emit('choose', day)
    await nextTick()
    expect(sought).toEqual([day.beginMs])
    await vi.waitFor(() => expect(shown.findComponent(RecordingCalendar).exists()).toBe(false))
  })

  it('says in its legend who says what, and what nobody can say', async () => {
    await show()
    const says = await legend()
    for (const said of [
      'As the recording servers say.',
      'Bookmarks as the servers have them',
      'Started by hand: only what was started here',
    ])
      expect(says).toContain(said)
  })

  it('draws alarms at their moment, and says what they are, how they stand and of which camera', async () => {
    const elsewhere = alarmOf('second', { camera: null, at: iso(-4), name: 'Power lost', state: '', priority: '' })
    const bridge = await show({ alarms: [alarmOf('first'), elsewhere] })
    expect(bridge.asked.find(({ name }) => name === 'findAlarms')!.input).toMatchObject({
      siteId: siteId(1),
      cameraIds: [cameraId(1), cameraId(2)],
      after: null,
    })
    expect(model().alarms).toEqual([
      { key: 'second', atMs: Date.parse(iso(-4)), text: 'Alarm: Power lost · of no camera' },
      { key: 'first', atMs: Date.parse(iso(-2)), text: 'Alarm: Glass broken · High · New · Camera 1' },
    ])
    expect(await legend()).toContain('Alarms as the event server has them, looked at anew every minute.')
  })

  it('says that the event server is away, in the legend and beside the lane, and keeps what was known', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const bridge = await show({ alarms: [alarmOf('first')] })
    bridge.answer('findAlarms', async () => {
      throw new AppError({ kind: 'busy', status: 503 })
    })
    expect(shown.text()).not.toContain('Which alarms there are is not known')
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(shown.text()).toContain('Which alarms there are is not known'))
    expect(model().alarms).toHaveLength(1)
    expect(await legend()).toContain('The event server does not answer')
  })

  it('has no alarms where the role may see none, and says so', async () => {
    await show({ mayNotSeeAlarms: true })
    expect(model().alarms).toBeNull()
    const says = await legend()
    expect(says).toContain('Alarms cannot be read with this server or user.')
    expect(shown.findAll('.legend li').map((part) => part.text())).not.toContain('Alarm')
  })

  it('asks no server for alarms that is older than they are', async () => {
    const version = { is: 'known', value: '23.1.5000.1' } as const
    const bridge = await show({ changes: { capabilities: capabilitiesOf({ version }) } })
    bridge.asked.length = 0
    await vi.waitFor(() => expect(shown.findComponent(Timeline).exists()).toBe(true))
    expect([bridge.times('findAlarms'), model().alarms]).toEqual([0, null])
    expect(await legend()).toContain('Alarms cannot be read')
  })

  it('has no evidence locks where the edition has none, and does not ask for them', async () => {
    const edition = { is: 'known', value: { level: 'expert', name: 'XProtect Expert' } } as const
    const bridge = await show({ changes: { capabilities: capabilitiesOf({ edition }) } })
    bridge.asked.length = 0
    await vi.waitFor(() => expect(shown.findComponent(Timeline).exists()).toBe(true))
    expect(bridge.times('findEvidenceLocks')).toBe(0)
    expect(await legend()).toContain('Evidence locks cannot be read')
  })
})
