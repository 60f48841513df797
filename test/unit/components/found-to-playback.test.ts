// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import type { EvidenceLock } from '../../../src-preload/contract/models/evidence-lock.ts'
import DataTable from '../../../src-renderer/components/DataTable.vue'
import LockDetails from '../../../src-renderer/screens/search/LockDetails.vue'
import SearchScreen from '../../../src-renderer/screens/search/SearchScreen.vue'
import { useStatus } from '../../../src-renderer/composables/useStatus.ts'
import { useBookmarks } from '../../../src-renderer/stores/bookmarks.ts'
import { useJobs } from '../../../src-renderer/stores/jobs.ts'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraId, cameraRef } from '../live/support.ts'
import { cameraAnswers, onPage, openSite } from '../playback/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'
import { siteId } from '../support/sites.ts'

const triggered = '2026-11-26T13:00:10.120Z'
const bookmarkOf = (camera: number, reference: string): Bookmark => ({
  id: `44444444-4444-4444-8444-00000000000${camera}`,
  camera: cameraRef(camera),
  reference,
  headline: `Parcel ${camera}`,
  description: '',
  begin: '2026-11-26T13:00:00.120Z',
  triggered,
  end: '2026-11-26T13:00:40.120Z',
  user: 'operator',
})
const lock: EvidenceLock = {
  id: '55555555-5555-4555-8555-555555555555',
  siteId: siteId(1),
  cameraIds: [cameraId(3), cameraId(4)],
  otherDevices: 0,
  reference: 'WP-LK-1',
  headline: 'Theft',
  description: '',
  user: '',
  created: '',
  begin: '2026-11-26T14:02:10.000Z',
  end: '2026-11-26T14:58:00.000Z',
  protects: { begin: '2026-11-26T14:00:00.000Z', end: '2026-11-26T15:00:00.000Z' },
  expires: { is: 'never' },
  keepFor: null,
  sizeBytes: null,
}

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined
const press = async (key: string) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await nextTick()
}

describe('what was found leads to playback', () => {
  afterEach(() => {
    shown?.unmount()
    shown = undefined
    document.body.replaceChildren()
  })

  it('a bookmark by a key, at its moment, on every camera that was bookmarked with it', async () => {
    const bookmarks = [bookmarkOf(1, 'WP-7'), bookmarkOf(2, 'WP-8'), bookmarkOf(3, 'WP-7')]
    const answers = { ...cameraAnswers(), findBookmarks: async () => ({ bookmarks, next: null }) }
    Object.assign(window, { bridge: new FakeBridge(answers) })
    shown = await mountOnPage(SearchScreen, {})
    const session = useSession()
    session.siteListChanged([openSite()])
    session.search('bookmarks')
    await flushPromises()
    // Rows of a table that has no height are not drawn here: the third is chosen as the table would.
    shown.findComponent(DataTable).vm.$emit('update:modelValue', bookmarks[2]!.id)
    await nextTick()
    await press('p')
    expect(session.screen).toBe('playback')
    expect(usePlayback().taken()).toEqual({
      atMs: Date.parse(triggered),
      cameras: [cameraRef(3), cameraRef(1)],
      back: 'search',
    })
  })

  it('an evidence lock by a key, at the beginning of what was asked for, on its cameras', async () => {
    Object.assign(window, { bridge: new FakeBridge(cameraAnswers()) })
    shown = await mountOnPage(LockDetails, { lock, asking: undefined })
    useSession().search('locks')
    await press('p')
    expect(usePlayback().taken()).toMatchObject({
      atMs: Date.parse(lock.begin),
      cameras: [cameraRef(3), cameraRef(4)],
    })
  })

  it('not a lock that does not say from when it is', async () => {
    Object.assign(window, { bridge: new FakeBridge(cameraAnswers()) })
    shown = await mountOnPage(LockDetails, { lock: { ...lock, begin: '', end: '', protects: null }, asking: undefined })
    useSession().search('locks')
    await press('p')
    expect([useSession().screen, usePlayback().taken()]).toEqual(['search', undefined])
  })

  it('the bookmark that was just made, from the line that says that it is done', async () => {
    const job = jobOf(1, 5, { phase: 'done', said: null }, { kind: 'bookmark' })
    const bridge = new FakeBridge({ ...cameraAnswers(), addBookmarks: async () => [job] })
    const { used: status } = onPage(bridge, useStatus, openSite({ clockOffsetMs: 2_000 }))
    const pressedMs = Date.now()
    await useBookmarks().addQuick([cameraRef(5)], 'Lobby')
    expect(status.notice).toMatchObject({ act: 'Play' })
    status.act()
    const visit = usePlayback().taken()
    expect(visit?.cameras).toEqual([cameraRef(5)])
    expect(visit!.atMs - pressedMs).toBeGreaterThanOrEqual(2_000)
    expect(visit!.atMs - pressedMs).toBeLessThan(10_000)
  })

  it('not a bookmark of which this page does not know the moment', () => {
    const { used: status } = onPage(new FakeBridge(cameraAnswers()), useStatus)
    useJobs().jobChanged(jobOf(2, 5, { phase: 'done', said: null }, { kind: 'bookmark' }))
    expect(status.notice).toMatchObject({ act: undefined })
    status.act()
    expect(usePlayback().visits).toBe(0)
  })
})
