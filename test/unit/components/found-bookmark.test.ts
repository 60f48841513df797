// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import BookmarkDetails from '../../../src-renderer/screens/search/BookmarkDetails.vue'
import DeleteBookmark from '../../../src-renderer/screens/search/DeleteBookmark.vue'
import EditBookmark from '../../../src-renderer/screens/search/EditBookmark.vue'
import FoundState from '../../../src-renderer/screens/search/FoundState.vue'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'

const bookmark: Bookmark = {
  id: '44444444-4444-4444-8444-444444444444',
  camera: cameraRef(5),
  reference: 'WP-7',
  headline: 'Parcel left',
  description: 'By the east door.',
  begin: '2026-11-26T13:00:00.120Z',
  triggered: '2026-11-26T13:00:10.120Z',
  end: '2026-11-26T13:00:40.120Z',
  user: 'operator',
}
const named = { id: bookmark.id, camera: bookmark.camera, reference: 'WP-7' }

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined
async function show(component: Parameters<typeof mountOnPage>[0], bridge: FakeBridge, props: object = { bookmark }) {
  usePage(bridge)
  shown = await mountOnPage(component, props)
}
const button = (name: string): HTMLButtonElement =>
  [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))!
async function submit(): Promise<void> {
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}

describe('a bookmark that was found', () => {
  afterEach(() => {
    shown?.unmount()
    document.body.replaceChildren()
  })

  it('says all the server says of it', async () => {
    await show(BookmarkDetails, new FakeBridge(), { bookmark, together: [bookmark.camera], asking: undefined })
    for (const said of ['Parcel left', 'By the east door.', 'WP-7', 'operator'])
      expect(document.body.textContent).toContain(said)
  })

  it('sends only what was changed of it', async () => {
    const bridge = new FakeBridge({ editBookmark: async () => jobOf(1, 5, { phase: 'sending' }) })
    await show(EditBookmark, bridge)
    await submit()
    expect(bridge.times('editBookmark')).toBe(0)
    const headline = document.querySelector('input')!
    headline.value = 'Parcel taken'
    headline.dispatchEvent(new Event('input'))
    await submit()
    expect(bridge.asked).toEqual([
      { name: 'editBookmark', input: { bookmark: named, change: { headline: 'Parcel taken' } } },
    ])
    expect(shown!.emitted('close')).toHaveLength(1)
  })

  it('stays open with the reason where deleting it could not be asked for', async () => {
    const bridge = new FakeBridge({
      deleteBookmark: async () => {
        throw new AppError({ kind: 'signed-out' })
      },
    })
    await show(DeleteBookmark, bridge)
    button('Delete').click()
    await flushPromises()
    expect(bridge.asked).toEqual([{ name: 'deleteBookmark', input: { bookmark: named } }])
    expect(shown!.emitted('close')).toBeUndefined()
    expect(document.querySelector('[role="alert"]')).not.toBeNull()
  })

  it.each([
    [{ is: 'looking' }, 'looking'],
    [{ is: 'found' }, 'nothing'],
    [{ is: 'failed', because: { kind: 'busy', status: 503 } }, 'failed'],
  ])('%j is said in the place of the list', async (state, says) => {
    const words = { looking: 'looking', nothing: 'nothing', hint: 'hint', failed: 'failed' }
    await show(FoundState, new FakeBridge(), { state, ...words })
    expect(document.body.textContent).toContain(says)
  })
})
