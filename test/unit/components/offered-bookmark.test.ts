// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import OfferedBookmark from '../../../src-renderer/screens/search/OfferedBookmark.vue'
import { useBookmarks } from '../../../src-renderer/stores/bookmarks.ts'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'

const from = '2026-11-26T13:00:00.000Z'
const to = '2026-11-26T13:15:00.000Z'

let shown: Awaited<ReturnType<typeof mountOnPage>>
async function show() {
  usePage(new FakeBridge())
  shown = await mountOnPage(OfferedBookmark, {})
  return useBookmarks()
}
const says = () => document.body.textContent
async function press(name: string): Promise<void> {
  ;[...document.querySelectorAll('button')].find((one) => one.textContent.includes(name))!.click()
  await nextTick()
}

describe('a bookmark that is offered', () => {
  afterEach(() => {
    shown.unmount()
    document.body.replaceChildren()
  })

  it('is not there while no recording has ended', async () => {
    await show()
    expect(document.querySelector('.offer')).toBeNull()
  })

  it('opens the form with the span of the recording, and is gone then', async () => {
    const bookmarks = await show()
    bookmarks.offered({ camera: cameraRef(5), from, to })
    await nextTick()
    await press('Bookmark it')
    expect(bookmarks.draft).toMatchObject({
      picked: [cameraRef(5)],
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
    })
    expect(document.querySelector('.offer')).toBeNull()
  })

  it('leads to the recording it is of, and stays to be answered', async () => {
    const bookmarks = await show()
    bookmarks.offered({ camera: cameraRef(5), from, to })
    await nextTick()
    await press('Play')
    expect(usePlayback().taken()).toMatchObject({ atMs: Date.parse(from), cameras: [cameraRef(5)] })
    expect(bookmarks.offers).toHaveLength(1)
  })

  it('waits behind the one that came later, and each is turned down by itself', async () => {
    const bookmarks = await show()
    bookmarks.offered({ camera: cameraRef(5), from, to })
    bookmarks.offered({ camera: cameraRef(6), from, to })
    await nextTick()
    expect(says()).toContain('1 more')
    await press('Not now')
    expect(bookmarks.offers.map(({ camera }) => camera)).toEqual([cameraRef(5)])
    expect(says()).not.toContain('more')
    expect(bookmarks.draft).toBeUndefined()
  })
})
