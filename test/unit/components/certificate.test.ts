// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Site, SiteOrigin } from '../../../src-preload/contract/models/site.ts'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import ChangedCertificate from '../../../src-renderer/screens/certificate/ChangedCertificate.vue'
import FirstContact from '../../../src-renderer/screens/certificate/FirstContact.vue'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { certificateOf, FINGERPRINT, OTHER_FINGERPRINT, reportOf, siteOf } from '../support/sites.ts'

const unpinned = siteOf({ state: { phase: 'unpinned' } })
const bare = (text: string) => text.replace(/\s/g, '').toLowerCase()

describe('the first contact with a server', () => {
  let bridge: FakeBridge
  beforeEach(() => {
    bridge = new FakeBridge({ probeSite: async () => reportOf(), pinSite: async () => {} })
    usePage(bridge)
  })
  afterEach(() => document.body.replaceChildren())

  it('looks at the certificate by itself and shows the whole fingerprint', async () => {
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    expect(bridge.asked).toEqual([{ name: 'probeSite', input: { siteId: unpinned.id } }])
    expect(bare(contact.get('.fingerprint').text())).toBe(FINGERPRINT)
  })

  it('looks at the server with the address it is given, also of an open site, and pins that one', async () => {
    const site = siteOf({ state: { phase: 'unpinned', report: reportOf() } })
    const address = 'rec-4.example:7563'
    const contact = await mountOnPage(FirstContact, { site, address })
    await contact.get('input').setValue(FINGERPRINT.slice(-8))
    await contact.get('form').trigger('submit')
    await flushPromises()
    const look = { name: 'probeSite', input: { siteId: site.id, address } }
    expect(bridge.asked.map((call) => (call.name === 'pinSite' ? call.name : call))).toEqual([look, look, 'pinSite'])
  })

  it('does not look again where main has looked already', async () => {
    const site = siteOf({ state: { phase: 'unpinned', report: reportOf() } })
    await mountOnPage(FirstContact, { site })
    expect(bridge.times('probeSite')).toBe(0)
  })

  it('says that nothing is sent while it looks', async () => {
    bridge.answer('probeSite', () => pending<never>().promise)
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    expect(contact.get('[role=status]').text()).toContain('Nothing is sent')
  })

  it('pins the certificate that was shown when its end is typed, after one more look', async () => {
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    await contact.get('input').setValue('E8B7 214D')
    await contact.get('form').trigger('submit')
    await flushPromises()
    expect(bridge.asked.at(-1)).toEqual({
      name: 'pinSite',
      input: { siteId: unpinned.id, probeId: reportOf().probeId, fingerprint: FINGERPRINT, typed: 'e8b7214d' },
    })
  })

  it.each([
    ['e8b7214e', 'Do not trust it'],
    ['e8b7', 'all 8 characters'],
  ])('pins nothing after %j', async (typed, says) => {
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    await contact.get('input').setValue(typed)
    await contact.get('form').trigger('submit')
    await flushPromises()
    expect(bridge.times('pinSite')).toBe(0)
    expect(contact.text()).toContain(says)
  })

  it('goes on to the next server of the site once one is agreed on', async () => {
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    const next = reportOf({
      address: 'hq-management.example:443',
      offered: certificateOf({ fingerprint: OTHER_FINGERPRINT }),
    })
    bridge.answer('probeSite', async () => next)
    await contact.setProps({ site: siteOf({ state: { phase: 'unpinned', report: reportOf() } }) })
    expect(bridge.times('probeSite')).toBe(1)
    await contact.setProps({ site: unpinned })
    await flushPromises()
    expect(bridge.times('probeSite')).toBe(2)
    expect(bare(contact.get('.fingerprint').text())).toBe(OTHER_FINGERPRINT)
  })

  it('marks what does not fit', async () => {
    const odd = certificateOf({ nameMatches: false, validTo: '2020-01-01T00:00:00.000Z' })
    bridge.answer('probeSite', async () => reportOf({ offered: odd }))
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    expect(contact.findAll('.says.trouble').map((row) => row.text())).toEqual([
      'hq-vms.example:443 is not among the names',
      expect.stringMatching(/ – 1 Jan 2020 expired$/),
    ])
  })

  it('offers to look again when the server cannot be reached', async () => {
    bridge.answer('probeSite', async () => {
      throw new AppError({ kind: 'unreachable', what: 'server', how: 'refused' })
    })
    const contact = await mountOnPage(FirstContact, { site: unpinned })
    expect(contact.get('[role=alert]').text()).toContain('not running')
    bridge.answer('probeSite', async () => reportOf())
    await contact.get('button').trigger('click')
    await flushPromises()
    expect(contact.find('.fingerprint').exists()).toBe(true)
  })
})

describe('a certificate that changed', () => {
  let bridge: FakeBridge
  beforeEach(() => {
    bridge = new FakeBridge({ probeSite: async () => fresh, pinSite: async () => {} })
    usePage(bridge)
  })
  afterEach(() => document.body.replaceChildren())

  const because: Failure = { kind: 'untrusted-certificate', fingerprint: OTHER_FINGERPRINT, expected: [FINGERPRINT] }
  const offered = certificateOf({ fingerprint: OTHER_FINGERPRINT, subject: 'CN=new.example' })
  const report = reportOf({ probeId: 'nobody’s', offered, pinned: [FINGERPRINT] })
  const fresh = reportOf({ offered, pinned: [FINGERPRINT] })
  const blocked = (changes: Partial<Site> = {}, trust: SiteOrigin['trust'] = 'pin') =>
    siteOf({
      origins: [{ address: 'hq-vms.example:443', role: 'gateway', trust, blocked: true }],
      state: { phase: 'blocked', because, report },
      ...changes,
    })
  async function type(screen: Awaited<ReturnType<typeof mountOnPage>>, typed: string): Promise<void> {
    await screen.get('input').setValue(typed)
    await screen.get('form').trigger('submit')
    await flushPromises()
  }

  it('shows trusted and offered side by side and says that nothing was sent', async () => {
    const known = { ...report, trusted: certificateOf({ subject: 'CN=old.example' }) }
    const changed = await mountOnPage(ChangedCertificate, {
      site: blocked({ state: { phase: 'blocked', because, report: known } }),
    })
    expect(changed.findAll('.fingerprint').map((print) => bare(print.text()))).toEqual([FINGERPRINT, OTHER_FINGERPRINT])
    expect(changed.text()).toContain('Nothing has been sent to it.')
    const [row] = changed.findAll('tbody tr').slice(1)
    expect(row?.findAll('td').map((cell) => cell.text())).toEqual(['CN=old.example', 'CN=new.example'])
    // What is to be typed comes from elsewhere.
    expect(changed.text().replace(/\s/g, '')).not.toContain('0F6C38A5Type')
  })

  it('says so where the old one was not seen since the start', async () => {
    const changed = await mountOnPage(ChangedCertificate, { site: blocked() })
    const trusted = changed.findAll('tbody tr').map((row) => row.findAll('td')[0]?.text())
    expect([trusted[1], trusted.at(-1)]).toEqual(['–', 'not seen since the program started'])
  })

  it('is agreed on by its typed end, after one more look', async () => {
    await type(await mountOnPage(ChangedCertificate, { site: blocked() }), '0F6C 38A5')
    expect(bridge.asked).toEqual([
      { name: 'probeSite', input: { siteId: blocked().id } },
      {
        name: 'pinSite',
        input: { siteId: blocked().id, probeId: fresh.probeId, fingerprint: OTHER_FINGERPRINT, typed: '0f6c38a5' },
      },
    ])
  })

  it('is not agreed on by the end of the old one', async () => {
    const changed = await mountOnPage(ChangedCertificate, { site: blocked() })
    await type(changed, 'E8B7 214D')
    expect([bridge.asked, changed.text().includes('Do not trust it')]).toEqual([[], true])
  })

  it('is not agreed on where yet another one stands there by now', async () => {
    bridge.answer('probeSite', async () => reportOf({ offered: certificateOf({ fingerprint: 'ab'.repeat(32) }) }))
    const changed = await mountOnPage(ChangedCertificate, { site: blocked() })
    await type(changed, '0f6c38a5')
    expect(bridge.times('pinSite')).toBe(0)
    expect(changed.findAll('[role=alert]').length).toBe(2)
  })

  it('may be waited out, and compared later', async () => {
    const changed = await mountOnPage(ChangedCertificate, { site: blocked() })
    const press = (words: string) =>
      changed
        .findAll('button')
        .find((button) => button.text() === words)!
        .trigger('click')
    await press('Keep waiting for the old one')
    expect([changed.find('form').exists(), bridge.asked]).toEqual([false, []])
    expect(changed.get('[role=status]').text()).toContain('Waiting for the trusted certificate')
    await press('Compare the new one')
    expect(changed.find('form').exists()).toBe(true)
  })

  it.each<[string, Site, string]>([
    ['in a managed profile', blocked({ managed: true }), 'managed: only your administrator'],
    ['where an authority vouches for the server', blocked({}, 'ca'), 'Ask your administrator'],
  ])('is the administrator’s to replace %s: both ends are there to be read out', async (_where, site, says) => {
    const changed = await mountOnPage(ChangedCertificate, { site })
    expect(changed.find('form').exists()).toBe(false)
    expect(changed.text()).toContain(says)
    expect(changed.text()).toContain('0F6C 38A5')
  })

  it('says why a certificate that is the agreed one may not be used', async () => {
    const site = blocked({ state: { phase: 'blocked', because: { kind: 'unusable-certificate', why: 'expired' } } })
    const changed = await mountOnPage(ChangedCertificate, { site })
    expect(changed.get('[role=alert]').text()).toBe('The certificate of the server has expired.')
    expect([changed.find('table').exists(), changed.find('form').exists()]).toEqual([false, false])
  })

  it('may take the place of one that expired', async () => {
    const state = { phase: 'blocked', because: { kind: 'unusable-certificate', why: 'expired' }, report } as const
    const changed = await mountOnPage(ChangedCertificate, { site: blocked({ state }) })
    expect(changed.find('form').exists()).toBe(true)
  })
})
