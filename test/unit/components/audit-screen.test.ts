// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KeepAlive, defineComponent, h } from 'vue'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { AuditPage } from '../../../src-preload/contract/models/audit.ts'
import LogScreen from '../../../src-renderer/screens/log/LogScreen.vue'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraId, cameraOf } from '../live/support.ts'
import { auditLineOf, auditLinesOf, commandLineOf } from '../support/audit.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { FINGERPRINT, siteId, siteOf } from '../support/sites.ts'

const open = { phase: 'open', user: 'operator', link: { is: 'up' } } as const
const hq = siteOf({ state: open, cameras: { phase: 'ready', total: 1, skipped: 0 } })
const page = (changes: Partial<AuditPage> = {}): AuditPage => ({ lines: [], next: null, problems: [], ...changes })

/** As in the window: kept while another screen is shown. */
const Window = defineComponent({
  setup: () => {
    const session = useSession()
    return () => h(KeepAlive, null, { default: () => (session.screen === 'log' ? h(LogScreen) : undefined) })
  },
})

let bridge: FakeBridge
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  // Without a height no row of a long list is in sight.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  bridge = new FakeBridge({
    listSites: async () => [hq],
    listCameras: async () => ({ cameras: [cameraOf(5, { name: 'Lobby' })], total: 1 }),
    listCameraGroups: async () => [],
    listAudit: async () => page(),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

async function show(answer: Partial<AuditPage> = {}) {
  bridge.answer('listAudit', async () => page(answer))
  usePage(bridge)
  const shown = await mountOnPage(Window, {})
  const session = useSession()
  await session.load()
  session.showLog('audit')
  await settle()
  return { shown, session }
}
/** Lets what is typed rest, and what is asked be answered. */
async function settle(): Promise<void> {
  await flushPromises()
  await vi.advanceTimersByTimeAsync(400)
  await flushPromises()
}
const asked = (name: 'listAudit' | 'exportAudit') =>
  bridge.asked.filter((call) => call.name === name).map(({ input }) => input as { filter: object })
const words = () => document.body.textContent
const rows = () =>
  [...document.querySelectorAll('[role="row"]')]
    .slice(1)
    .map((row) => [...row.querySelectorAll('[role="gridcell"]')].slice(1).map((cell) => cell.textContent.trim()))
async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))!
  button.click()
  await settle()
}
async function choose(at: number): Promise<void> {
  document.querySelectorAll<HTMLElement>('[data-index]')[at]!.click()
  await flushPromises()
}

describe('the audit trail', () => {
  it('says each line in words, the newest first', async () => {
    await show({ lines: auditLinesOf() })
    expect(rows()).toEqual([
      ['Watchpost ended', '', 'Watchpost itself', ''],
      ['Audit trail found damaged', '', 'Watchpost itself', 'damaged or changed: line 7'],
      ['Picture saved', 'Lobby', 'operator signed in, guard at this computer', '…e8b7214d'],
      [
        'Audit trail exported',
        'watchpost-audit-2026-11-26.csv',
        'nobody signed in, guard at this computer',
        '15 lines, csv',
      ],
      ['Signed out', 'HQ Campus', 'operator', 'the session had ended'],
      [
        'Trust of a server changed',
        'hq-vms.example:443',
        'operator signed in, guard at this computer',
        '…0f6c38a5 in place of …e8b7214d (agreed)',
      ],
      ['Evidence lock: outcome', 'Camera not in the list and one more', 'operator', 'expired, not sent'],
      ['Unlock evidence: outcome', 'Camera not in the list', 'operator', 'refused'],
      ['Unlock evidence: asked for', 'Camera not in the list', 'operator', 'accepted'],
      ['Record: given up', 'Camera not in the list', 'operator', 'given up'],
      ['Record: outcome', 'Camera not in the list', 'operator', 'needs a person'],
      ['Record: sent again', 'Camera not in the list', 'operator', 'accepted; the server may hold it twice'],
      ['Record: server asked again', 'Camera not in the list', 'operator', 'not known'],
      ['Record: outcome', 'Camera not in the list', 'operator', 'not known'],
      ['Record: asked for', 'Camera not in the list', 'operator', 'accepted'],
      ['Bookmark: outcome', 'Lobby', 'operator', 'done'],
      ['Bookmark: asked for', 'Lobby', 'operator', 'accepted'],
      ['Signed in', 'HQ Campus', 'operator', ''],
      ['Sign-in refused', 'HQ Campus', 'operatr', 'wrong user name or password'],
      ['Watchpost started', '', 'Watchpost itself', ''],
    ])
    expect(words()).toMatch(/20 lines · read at \d\d:\d\d:\d\d · the trail is whole/)
  })

  it('says all of a chosen line, with both clocks and as it stands in the file', async () => {
    const reason = 'Case closed.'
    await show({ lines: [commandLineOf(13, 5, { subject: 'unlock', outcome: 'rejected', reason })] })
    const details = () => document.querySelector('[aria-label="Line of the audit trail"]')?.textContent
    expect(details()).toBeUndefined()
    await choose(0)
    for (const said of [
      'Lobby',
      cameraId(5),
      'XD-13',
      reason,
      '1.2 s ahead',
      'command-outcome · unlock · rejected',
      '13',
    ])
      expect(details()).toContain(said)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await flushPromises()
    expect(details()).toBeUndefined()
  })

  it('says of a file what it is called, of which camera it is, and its whole fingerprint', async () => {
    await show({ lines: auditLinesOf().filter(({ what }) => what === 'snapshot-saved') })
    await choose(0)
    const details = document.querySelector('[aria-label="Line of the audit trail"]')!.textContent
    for (const said of ['Picture saved', 'Lobby 2026-11-26 14.00.19.png', cameraId(5), FINGERPRINT])
      expect(details).toContain(said)
  })

  it('says whole fingerprints of a server that is trusted otherwise, now and before, and how that came', async () => {
    const [trust] = auditLinesOf().filter(({ what }) => what === 'trust-changed')
    await show({ lines: [trust!] })
    await choose(0)
    const details = document.querySelector('[aria-label="Line of the audit trail"]')!.textContent
    expect(details).toMatch(/Trusted now\s*C3881FD4 .* 0F6C38A5\s*Before\s*4F19A05C .* E8B7214D\s*How\s*agreed/)
  })

  it('is asked for by everything the form says, and not while a camera is not known', async () => {
    await show()
    const field = (label: string) => {
      const id = [...document.querySelectorAll('label')].find((one) => one.textContent === label)!.htmlFor
      return document.getElementById(id) as HTMLInputElement | HTMLSelectElement
    }
    const type = async (label: string, value: string) => {
      field(label).value = value
      field(label).dispatchEvent(new Event(field(label).tagName === 'SELECT' ? 'change' : 'input'))
      await settle()
    }
    await type('Words', ' XD-1 ')
    await type('What', 'sign-ins')
    await type('Outcome', 'done')
    await type('Who', 'oper')
    await type('Site', siteId(1))
    await type('Camera', 'lobby')
    const day = { from: expect.any(String) as string, until: expect.any(String) as string }
    const wanted = {
      ...day,
      siteId: siteId(1),
      deviceId: cameraId(5),
      what: ['signed-in', 'sign-in-refused', 'signed-out'],
      outcome: 'done',
      who: 'oper',
      text: 'XD-1',
    }
    expect(asked('listAudit')[0]).toEqual({ filter: day, before: null, count: 200 })
    expect(asked('listAudit').at(-1)).toEqual({ filter: wanted, before: null, count: 200 })
    const times = bridge.times('listAudit')
    await type('Camera', 'lobb')
    expect([bridge.times('listAudit'), words().includes('is called that')]).toEqual([times, true])
  })

  it('is read on below, and anew when its screen comes back', async () => {
    bridge.answer('listAudit', async ({ before }) =>
      before === null ? page({ lines: [auditLineOf(9)], next: 9 }) : page({ lines: [auditLineOf(8)] }),
    )
    usePage(bridge)
    await mountOnPage(Window, {})
    const session = useSession()
    await session.load()
    session.show('log')
    await settle()
    session.showLog('audit')
    await settle()
    expect(words()).toContain('The newest line')
    await press('Show more')
    expect([rows().length, words().includes('2 lines')]).toEqual([2, true])
    session.show('live')
    await settle()
    const times = bridge.times('listAudit')
    session.show('log')
    await settle()
    expect([bridge.times('listAudit'), session.logOf]).toEqual([times + 1, 'audit'])
  })

  it('that cannot be vouched for says so above every line, and where', async () => {
    const problems = ['damaged or changed: line 7, 12', 'of the 20 lines it had at noon there are 19']
    await show({ lines: auditLinesOf(), problems })
    const alert = document.querySelector('[role="alert"]')!.textContent
    expect(alert).toContain('This audit trail cannot be verified.')
    expect(alert).toContain('Damaged or changed: line 7, 12.')
    expect(alert).toContain('Of the 20 lines it had at noon there are 19.')
    expect(words()).not.toContain('the trail is whole')
  })

  it('that cannot be read says why', async () => {
    await show()
    bridge.answer('listAudit', async () => {
      throw new AppError({ kind: 'bad-file', file: 'audit.log', problem: 'cannot be used' })
    })
    await press('Read again')
    expect(document.querySelector('[role="alert"]')!.textContent).toContain('audit.log cannot be used')
    bridge.answer('listAudit', async () => page({ lines: [auditLineOf(2)] }))
    await press('Try again')
    expect(rows()).toHaveLength(1)
  })
})

describe('an export', () => {
  async function writeOut(): Promise<void> {
    const trigger = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Export…')!
    trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()
    const entry = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')].at(-1)!
    entry.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()
  }

  it('is of what is asked for, says what it holds, and is itself a line of the trail', async () => {
    bridge.answer('exportAudit', async () => ({ fileName: 'a.json', lines: 3 }))
    await show({ lines: [auditLineOf(2)] })
    const before = bridge.times('listAudit')
    await writeOut()
    expect(asked('exportAudit')).toEqual([
      { format: 'json', filter: { from: expect.any(String) as string, until: expect.any(String) as string } },
    ])
    expect(words()).toContain('3 lines are exported to a.json.')
    expect(words()).toContain('watchpost --verify-audit')
    expect(bridge.times('listAudit')).toBe(before + 1)
    await press('Dismiss')
    expect(words()).not.toContain('a.json')
  })

  it('for which no place was chosen is no news; one that failed is', async () => {
    bridge.answer('exportAudit', async () => null)
    await show({ lines: [auditLineOf(2)] })
    const before = words()
    await writeOut()
    expect(words().replace(/\d\d:\d\d:\d\d/g, '')).toBe(before.replace(/\d\d:\d\d:\d\d/g, ''))
    bridge.answer('exportAudit', async () => {
      throw new AppError({ kind: 'bad-file', file: 'a.json', problem: 'was not saved: the disk is full' })
    })
    await writeOut()
    expect(document.querySelector('[role="alert"]')!.textContent).toContain('Nothing was exported.')
    expect(document.querySelector('[role="alert"]')!.textContent).toContain('the disk is full')
  })
})
