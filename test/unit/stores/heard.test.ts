// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RecordingNow } from '../../../src-preload/contract/models/recording.ts'
import type { SiteLink } from '../../../src-preload/contract/models/site.ts'
import { useHeard } from '../../../src-renderer/stores/heard.ts'
import { useRecordings } from '../../../src-renderer/stores/recordings.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { recordingOf } from '../support/recordings.ts'
import { siteId, siteOf } from '../support/sites.ts'

const startedAt = '2026-11-26T13:00:03.000Z'
const beginMs = Date.parse('2026-11-26T13:00:00Z')
const nowMs = Date.parse('2026-11-26T13:10:00Z')

async function hear(...cameras: RecordingNow[]) {
  const heard = useHeard()
  useRecordings().recordingsChanged({ siteId: siteId(1), isKnown: true, cameras })
  await nextTick()
  return heard
}
const events = (...cameras: number[]) => useHeard().of(cameras.map((camera) => cameraRef(camera)))

describe('recordings by hand that were heard of', () => {
  beforeEach(() => usePage(new FakeBridge()))

  it('begin with what the pre-buffer has, and grow while they go on', async () => {
    const heard = await hear(recordingOf(1, { startedAt }))
    expect(heard.byHand(cameraRef(1), nowMs)).toEqual([{ beginMs, endMs: nowMs }])
    expect(heard.byHand(cameraRef(2), nowMs)).toEqual([])
  })

  it('stay where they ended, and another one after them', async () => {
    await hear(recordingOf(1, { startedAt }))
    const heard = await hear()
    const [ended] = heard.byHand(cameraRef(1), nowMs)
    expect(ended!.beginMs).toBe(beginMs)
    const laterMs = Date.now() + 60_000
    await hear(recordingOf(1, { startedAt: new Date(laterMs).toISOString() }))
    const both = heard.byHand(cameraRef(1), laterMs + 60_000)
    expect([both.length, both[0]]).toEqual([2, ended])
  })

  it('are only those begun here', async () => {
    const heard = await hear(recordingOf(1, { startedBy: 'other', startedAt }))
    expect(heard.byHand(cameraRef(1), nowMs)).toEqual([])
  })

  it('do not grow while the server says nothing, and go on once it says that they do', async () => {
    await hear(recordingOf(1, { startedAt }))
    const heard = await hear(recordingOf(1, { startedAt, state: 'unknown' }))
    const laterMs = Date.now() + 3_600_000
    expect(heard.byHand(cameraRef(1), laterMs)[0]!.endMs).toBeLessThan(laterMs)
    await hear(recordingOf(1, { startedAt }))
    expect(heard.byHand(cameraRef(1), laterMs)).toEqual([{ beginMs, endMs: laterMs }])
  })
})

describe('events that were heard', () => {
  beforeEach(() =>
    usePage(
      new FakeBridge({ listRecordings: async ({ siteId: id }) => ({ siteId: id, isKnown: false, cameras: [] }) }),
    ),
  )

  it('are recordings that begin, by whom as far as that is known, and end; once each', async () => {
    await hear(recordingOf(1, { startedAt }), recordingOf(2, { startedAt, startedBy: 'other' }))
    await hear(recordingOf(1, { startedAt }), recordingOf(2, { startedAt, startedBy: 'other' }))
    await hear(recordingOf(2, { startedAt, startedBy: 'other' }))
    expect(events(1).map(({ is }) => is)).toEqual(['beganHere', 'ended'])
    expect(events(2).map(({ is, atMs }) => [is, atMs])).toEqual([['began', Date.parse(startedAt)]])
    expect(events(3)).toEqual([])
  })

  it('do not say that a recording ended where the server says nothing', async () => {
    await hear(recordingOf(1, { startedAt }))
    await hear(recordingOf(1, { startedAt, state: 'unknown' }))
    await hear(recordingOf(1, { startedAt }))
    useRecordings().recordingsChanged({ siteId: siteId(1), isKnown: false, cameras: [] })
    await nextTick()
    expect(events(1).map(({ is }) => is)).toEqual(['beganHere'])
  })

  it('are servers that could not be reached, and were back, for every camera of theirs', async () => {
    const site = (link: SiteLink) => siteOf({ state: { phase: 'open', user: 'operator', link } })
    const session = useSession()
    session.siteListChanged([site({ is: 'up' })])
    useHeard()
    session.siteChanged(site({ is: 'down', because: { kind: 'signed-out' }, since: startedAt }))
    await nextTick()
    session.siteChanged(site({ is: 'up' }))
    await nextTick()
    expect(events(7).map(({ is, camera }) => [is, camera])).toEqual([
      ['serverLost', null],
      ['serverBack', null],
    ])
    expect(useHeard().of([cameraRef(1, 2)])).toEqual([])
  })
})
