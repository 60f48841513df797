// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
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

  it('pins the certificate that was shown when its end is typed', async () => {
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
  beforeEach(() => usePage(new FakeBridge()))
  afterEach(() => document.body.replaceChildren())

  const because = { kind: 'untrusted-certificate', fingerprint: OTHER_FINGERPRINT, expected: [FINGERPRINT] } as const

  it('shows trusted and offered side by side, says that nothing was sent, and offers no button', async () => {
    const site = siteOf({ state: { phase: 'blocked', because: { ...because, expected: [FINGERPRINT] } } })
    const changed = await mountOnPage(ChangedCertificate, { site })
    expect(changed.findAll('.fingerprint').map((print) => bare(print.text()))).toEqual([FINGERPRINT, OTHER_FINGERPRINT])
    expect(changed.text()).toContain('Nothing has been sent to it.')
    expect(changed.text()).toContain('0F6C 38A5')
    expect(changed.find('button').exists()).toBe(false)
  })

  it('says why a certificate that is the agreed one may not be used', async () => {
    const site = siteOf({ state: { phase: 'blocked', because: { kind: 'unusable-certificate', why: 'expired' } } })
    const changed = await mountOnPage(ChangedCertificate, { site })
    expect(changed.get('[role=alert]').text()).toBe('The certificate of the server has expired.')
    expect(changed.find('.prints').exists()).toBe(false)
  })
})
