// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Capabilities, CameraRights, Fact } from '../../../src-preload/contract/models/capabilities.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Site, SiteOrigin } from '../../../src-preload/contract/models/site.ts'
import OpenSite from '../../../src-renderer/screens/sign-in/OpenSite.vue'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { capabilitiesOf, siteId, siteOf } from '../support/sites.ts'

afterEach(() => document.body.replaceChildren())

const open: Site['state'] = { phase: 'open', user: 'operator', link: { is: 'up' } }

async function show(changes: Partial<Site> = {}, ...others: Site[]) {
  const site = siteOf({ state: open, ...changes })
  const bridge = new FakeBridge()
  usePage(bridge)
  const screen = await mountOnPage(OpenSite, { site }, { server: ({ address }) => `looks at ${address}` })
  const session = useSession()
  session.siteListChanged([site, ...others])
  await flushPromises()
  const part = (title: string) => screen.findAll('section').find((one) => one.get('h3').text() === title)
  const facts = () =>
    Object.fromEntries(screen.findAll('dl > div').map((row) => [row.get('dt').text(), row.get('dd').text()]))
  return { bridge, screen, session, part, facts }
}

const known = <T>(value: T): Fact<T> => ({ is: 'known', value })
const corporate: Partial<Capabilities> = {
  version: known('25.1.1804.0'),
  edition: known({ level: 'corporate', name: 'XProtect Corporate' }),
}
const rights = (told: Partial<Extract<CameraRights, { isAdministrator: false }>>): Fact<CameraRights> =>
  known({ isAdministrator: false, toldApart: [], usual: [], unusual: [], ...told })

const unsure = 'not known, the server decides'
const refused = 'Your user does not have the permission for it.'
async function rightsShown(capabilities: Partial<Capabilities>): Promise<string[]> {
  const { part } = await show({ capabilities: capabilitiesOf(capabilities) })
  return part('What you may do here')!
    .findAll('dd')
    .map((one) => one.text())
}

describe('what you may do on an open site', () => {
  it('is everything for an administrator of a server that has it all', async () => {
    const shown = await rightsShown({ ...corporate, rights: known({ isAdministrator: true }) })
    expect(shown).toEqual(Array(6).fill('yes'))
  })

  it('is a viewer’s looking back, with the reason for every no, and no yes to what the server does not tell', async () => {
    const toldApart = ['playback', 'export', 'ptz'] as const
    const shown = await rightsShown({
      ...corporate,
      rights: rights({ toldApart: [...toldApart], usual: ['playback'] }),
    })
    expect(shown).toEqual(['yes', refused, refused, unsure, unsure, unsure])
  })

  it('says where it holds for some cameras only', async () => {
    const cameraIds = ['00000000-0000-4000-8000-0000000000c1' as CameraId]
    const told = rights({
      toldApart: ['playback', 'export'],
      usual: ['playback'],
      unusual: [{ rights: ['export'], cameraIds }],
    })
    expect((await rightsShown({ ...corporate, rights: told })).slice(0, 2)).toEqual([
      'on some cameras',
      'on some cameras',
    ])
  })

  it('is not known where nothing was told', async () => {
    expect(await rightsShown({})).toEqual(Array(6).fill(unsure))
  })

  it('is a no where the edition is without it, and not known where the edition has no name here', async () => {
    const administrator = known<CameraRights>({ isAdministrator: true })
    const small = { ...corporate, rights: administrator, edition: known({ level: 'essential+' as const, name: 'E' }) }
    const licence = 'The licence of this server does not include it.'
    expect(await rightsShown(small)).toEqual(['yes', 'yes', 'yes', 'yes', licence, licence])
    const other = { ...small, edition: known({ level: 'other' as const, name: 'XProtect Rapid REVIEW' }) }
    expect((await rightsShown(other)).slice(4)).toEqual([unsure, unsure])
  })
})

describe('an open site', () => {
  it('says version, edition and the site above it', async () => {
    const { facts } = await show({ capabilities: capabilitiesOf(corporate), masterAddress: 'https://region.example' })
    expect(facts()).toMatchObject({
      Version: '25.1.1804.0',
      Edition: 'XProtect Corporate',
      Federation: 'below https://region.example',
    })
  })

  it('says why version and edition are not known', async () => {
    const edition = { is: 'unknown', why: 'forbidden' } as const
    const { facts } = await show({ capabilities: capabilitiesOf({ edition }) })
    expect(facts()).toMatchObject({
      Version: 'not known: it has not been asked yet',
      Edition: 'not known: your user may not read it',
    })
    expect(facts()).not.toHaveProperty('Federation')
  })

  it('lists its servers, which gateway is in use where that is not the first, and which is blocked', async () => {
    const { part } = await show({
      origins: [
        { address: 'hq-1.example:443', role: 'gateway', trust: 'pin', blocked: true },
        { address: 'hq-2.example:443', role: 'gateway', trust: 'ca', blocked: false },
        { address: 'hq-2.example:443', role: 'idp', trust: 'ca', blocked: false },
      ],
      gateway: 'hq-2.example:443',
    })
    const said = part('Servers')!
      .findAll('li')
      .map((row) => row.findAll('span').map((cell) => cell.text()))
    expect(said).toEqual([
      ['hq-1.example:443', 'gateway', 'blocked: another certificate'],
      ['hq-2.example:443', 'gateway, in use', 'a private authority'],
      ['hq-2.example:443', 'management server', 'a private authority'],
    ])
  })
})

describe('a server of an open site that nobody agreed on', () => {
  const gateway: SiteOrigin = { address: 'hq-1.example:443', role: 'gateway', trust: 'pin', blocked: false }
  const recorder: SiteOrigin = { address: 'rec-4.example:7563', role: 'recorder', trust: 'none', blocked: false }
  const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')

  it('is looked at when a person asks for it, and the question ends once it was agreed on', async () => {
    const { screen } = await show({ origins: [gateway, recorder] })
    const buttons = () => screen.findAll('[aria-label^="Compare the certificate"]')
    expect([buttons().length, dialog()]).toEqual([1, null])
    await buttons()[0]!.trigger('click')
    await flushPromises()
    expect(dialog()!.textContent).toContain('The management server named this recording server.')
    expect(dialog()!.textContent).toContain('looks at rec-4.example:7563')

    const origins = [gateway, { ...recorder, trust: 'pin' as const }]
    await screen.setProps({ site: siteOf({ state: open, origins }) })
    await flushPromises()
    expect([buttons().length, dialog()]).toEqual([0, null])
    expect(document.activeElement?.textContent).toContain('rec-4.example:7563')
  })

  it('is the administrator’s to add in a managed profile', async () => {
    const { screen, part } = await show({ managed: true, origins: [gateway, recorder] })
    expect(screen.find('[aria-label^="Compare the certificate"]').exists()).toBe(false)
    expect(part('Servers')!.text()).toContain('your administrator must add the certificates')
  })
})

describe('the sites below an open one', () => {
  const guid = '5d1f0c3e-1111-4222-8333-944455556666'
  const silent = { id: guid, name: 'Harbour', address: '' }
  const added = siteOf({ id: siteId(9), name: 'Harbour' })

  it('are not spoken of where there are none', async () => {
    expect((await show()).part('Sites below this one')).toBeUndefined()
  })

  it('are added in one click where their address is known, and shown', async () => {
    const { bridge, screen, session } = await show(
      { children: [{ ...silent, address: 'http://harbour.example/' }] },
      added,
    )
    bridge.answer('addChildSite', async () => ({ siteId: added.id, restartNeeded: false }))
    expect(screen.find('input').exists()).toBe(false)
    await screen.get('form').trigger('submit')
    await flushPromises()
    expect(bridge.asked).toContainEqual({ name: 'addChildSite', input: { siteId: siteId(1), childId: guid } })
    expect([session.selected?.id, session.screen]).toEqual([added.id, 'sign-in'])
  })

  it('are added at the address that is typed where none is known', async () => {
    const { bridge, screen } = await show({ children: [silent] })
    bridge.answer('addChildSite', async () => ({ siteId: added.id, restartNeeded: false }))
    expect(screen.get('label').text()).toBe('Address of Harbour')
    await screen.get('input').setValue(' harbour.example ')
    await screen.get('form').trigger('submit')
    await flushPromises()
    const input = { siteId: siteId(1), childId: guid, address: 'harbour.example' }
    expect(bridge.asked).toContainEqual({ name: 'addChildSite', input })
  })

  it('are not added at a bad address, which is said beside the field and can be corrected', async () => {
    const { bridge, screen, session } = await show({ children: [{ ...silent, address: 'ftp://harbour' }] })
    const problem = 'must be https://host or https://host:port'
    bridge.answer('addChildSite', async () => {
      throw new AppError({ kind: 'bad-field', field: 'address', problem })
    })
    await screen.get('form').trigger('submit')
    await flushPromises()
    const input = screen.get('input')
    expect([input.element.value, input.attributes('aria-invalid')]).toEqual(['ftp://harbour', 'true'])
    expect(document.activeElement).toBe(input.element)
    expect(screen.get('.hint').text()).toContain(problem)
    expect(session.selected?.id).toBe(siteId(1))
  })

  it('say what else kept them from being added', async () => {
    const { bridge, screen } = await show({ children: [silent] })
    const rule = 'sites are not added, changed or removed here'
    bridge.answer('addChildSite', async () => {
      throw new AppError({ kind: 'managed', file: 'north.watchpost.json', rule })
    })
    await screen.get('form').trigger('submit')
    await flushPromises()
    expect(screen.get('[role=alert]').text()).toContain(rule)
  })

  it.each<[string, Partial<Site>, string]>([
    ['their guid', { id: guid as Site['id'] }, ''],
    [
      'their address',
      { origins: [{ address: 'harbour.example:443', role: 'gateway', trust: 'none', blocked: false }] },
      'http://HARBOUR.example:80/x',
    ],
  ])('are marked where they are sites here already, by %s', async (_what, changes, address) => {
    const { screen, part } = await show(
      { children: [{ ...silent, id: guid.toUpperCase(), address }] },
      siteOf({ ...added, ...changes }),
    )
    expect(part('Sites below this one')!.text()).toContain('already a site here')
    expect(screen.find('form').exists()).toBe(false)
  })
})
