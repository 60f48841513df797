// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import type { SiteState } from '../../../src-preload/contract/models/site.ts'
import { useStatus } from '../../../src-renderer/composables/useStatus.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { siteId, siteOf } from '../support/sites.ts'

const open: SiteState = { phase: 'open', user: 'operator', link: { is: 'up' } }

describe('the status line', () => {
  beforeEach(() => setActivePinia(createPinia()))

  function status() {
    let said!: ReturnType<typeof useStatus>
    const setup = () => {
      said = useStatus()
      return () => null
    }
    mount(defineComponent({ setup }), { global: { plugins: [createWords()] } })
    return said
  }

  it('names the sites that matter now, those in trouble first', () => {
    useSession().siteListChanged([
      siteOf({ id: siteId(1), name: 'Idle' }),
      siteOf({ id: siteId(2), name: 'New', state: { phase: 'unpinned' } }),
      siteOf({ id: siteId(3), name: 'HQ', state: open }),
      siteOf({ id: siteId(4), name: 'Ended', state: { phase: 'signed-out', problem: { kind: 'signed-out' } } }),
      siteOf({
        id: siteId(5),
        name: 'Depot',
        state: { phase: 'blocked', because: { kind: 'untrusted-certificate', fingerprint: 'ab', expected: [] } },
      }),
    ])
    expect(status().sites).toEqual([
      { id: siteId(4), name: 'Ended', tone: 'trouble', says: 'session ended, sign in again' },
      { id: siteId(5), name: 'Depot', tone: 'trouble', says: 'identity changed, nothing sent' },
      { id: siteId(3), name: 'HQ', tone: 'on', says: undefined },
    ])
  })

  it.each([
    [1000, []],
    [-1000, []],
    [1240, ['HQ Campus clock +1.2 s']],
    [-61_000, ['HQ Campus clock −61.0 s']],
  ])('tells of a server clock that is off by more than a second: %i ms', (clockOffsetMs, clocks) => {
    useSession().siteListChanged([siteOf({ state: open, clockOffsetMs })])
    expect(status().clocks).toEqual(clocks)
  })

  it('says the newest notice and that there are more, and goes through them by dismissing', () => {
    const notices = useNotices()
    const said = status()
    expect(said.notice).toBeUndefined()
    notices.tell({ kind: 'forbidden' }, 1)
    notices.tell({ kind: 'not-pinned' }, 2)
    expect(said.notice).toMatchObject({
      what: 'No certificate has been agreed on for this site yet.',
      more: '2 notices',
    })
    said.dismiss()
    expect(said.notice).toMatchObject({ what: 'This user does not have the permission for that.', more: undefined })
  })
})
