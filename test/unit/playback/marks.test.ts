// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useMarks } from '../../../src-renderer/screens/playback/useMarks.ts'
import { useBookmarks } from '../../../src-renderer/stores/bookmarks.ts'
import { useEvidenceLocks } from '../../../src-renderer/stores/evidence-locks.ts'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { jobOf } from '../support/recordings.ts'
import { capabilitiesOf } from '../support/sites.ts'
import { cameraAnswers, onPage, openSite } from './support.ts'

const atMs = Date.parse('2026-11-26T14:02:30.240Z')
const marked = { fromMs: atMs - 60_000, toMs: atMs + 20_000 }
const both = [cameraRef(1), cameraRef(2)]

async function marks(site: Site = openSite()) {
  const bridge = new FakeBridge({
    ...cameraAnswers(),
    addBookmarks: async () => [jobOf(1, 2, { phase: 'sending' }, { kind: 'bookmark' })],
  })
  const { used } = onPage(
    bridge,
    () => useMarks({ cameras: () => both, selected: () => both[1], atMs: () => atMs + 0.4 }),
    site,
  )
  await flushPromises()
  return { used, bridge }
}

describe('what is marked in a playback', () => {
  it('is bookmarked and locked on every camera that plays, from its start to its end', async () => {
    const { used } = await marks()
    usePlayback().marked = marked
    used.bookmark()
    expect(useBookmarks().draft).toEqual({ offered: both, picked: both, of: 'marked', atMs: marked.fromMs, ...marked })
    used.lock()
    expect(useEvidenceLocks().draft).toMatchObject({ offered: both, picked: both, ...marked, marked })
  })

  it('is, where nothing is marked, what is around the moment that is played', async () => {
    const { used } = await marks()
    used.bookmark()
    expect(useBookmarks().draft).toMatchObject({ of: 'moment', atMs, fromMs: atMs - 10_000, toMs: atMs + 30_000 })
    used.lock()
    expect(useEvidenceLocks().draft).toMatchObject({ picked: both, fromMs: atMs - 300_000, toMs: atMs })
  })

  it('is bookmarked quickly on the selected camera, at the moment that is played and not now', async () => {
    const { used, bridge } = await marks()
    used.bookmarkQuickly()
    await flushPromises()
    const order = { cameras: [both[1]], at: new Date(atMs).toISOString(), beforeSeconds: 10, afterSeconds: 30 }
    expect(bridge.asked.find(({ name }) => name === 'addBookmarks')!.input).toMatchObject(order)
    expect(useBookmarks().madeBy(jobOf(1, 2, { phase: 'sending' }).id)).toEqual({ atMs, cameras: [both[1]] })
  })

  it('cannot be locked where the edition has no evidence locks, and says so', async () => {
    const edition = { is: 'known', value: { level: 'expert', name: 'XProtect Expert' } } as const
    const { used } = await marks(openSite({ capabilities: capabilitiesOf({ edition }) }))
    expect([used.whyNoBookmark.value, used.whyNoLock.value !== undefined]).toEqual([undefined, true])
    used.lock()
    expect(useEvidenceLocks().draft).toBeUndefined()
  })
})
