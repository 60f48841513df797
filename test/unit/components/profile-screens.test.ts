// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import NewProfile from '../../../src-renderer/screens/profile/NewProfile.vue'
import ProfileScreen from '../../../src-renderer/screens/profile/ProfileScreen.vue'
import ProfileTools from '../../../src-renderer/screens/profile/ProfileTools.vue'
import { useProfiles, type ProfileTask } from '../../../src-renderer/stores/profiles.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { importOf, profileOf, testsOf } from '../support/profiles.ts'
import { siteId, siteOf } from '../support/sites.ts'

type Mounted = Awaited<ReturnType<typeof mountOnPage>>

const forbidding = siteOf({ id: siteId(2), name: 'Depot', managed: true, forbidsAdding: true })
const edit: ProfileTask = { is: 'edit', siteId: siteId(1), name: 'HQ Campus' }

async function show(task: ProfileTask, bridge = new FakeBridge()) {
  bridge.answer('listSites', async () => [siteOf()])
  bridge.answer('readProfile', async () => profileOf())
  usePage(bridge)
  const screen = await mountOnPage(ProfileScreen, {})
  const session = useSession()
  const profiles = useProfiles()
  await session.load()
  profiles.begin(task)
  await flushPromises()
  return { bridge, screen, session, profiles }
}

const press = async (screen: Mounted, words: string) => {
  const button = screen.findAll('button').find((one) => one.text().startsWith(words))
  await button!.trigger('click')
  await flushPromises()
}
const field = (screen: Mounted, place: string) => screen.get<HTMLInputElement>(`[data-place="${place}"] input`)
const key = async (name: string, ctrlKey = false) => {
  const event = new KeyboardEvent('keydown', { key: name, ctrlKey, bubbles: true, cancelable: true })
  document.activeElement!.dispatchEvent(event)
  await flushPromises()
}
const dialog = () => document.querySelector('[role=dialog]')

describe('editing a profile', () => {
  afterEach(() => document.body.replaceChildren())

  it('saves what was typed by Ctrl+S, goes to that site and says so', async () => {
    const { bridge, screen, session, profiles } = await show(edit)
    bridge.answer('saveProfile', async () => ({ siteId: siteId(1), restartNeeded: true }))
    expect(document.activeElement).toBe(field(screen, 'name').element)
    await field(screen, 'name').setValue('HQ')
    await key('s', true)
    expect(bridge.asked.at(-1)).toEqual({
      name: 'saveProfile',
      input: { siteId: siteId(1), draft: profileOf({ name: 'HQ' }).draft },
    })
    expect(session.screen).toBe('sign-in')
    expect(profiles.news).toEqual({ is: 'saved', name: 'HQ', restartNeeded: true })
  })

  it('puts what does not hold beside its field, and the cursor there', async () => {
    const { bridge, screen } = await show(edit)
    bridge.answer('saveProfile', async () => {
      throw new AppError({ kind: 'bad-field', field: 'gateway.1', problem: 'must be https://host' })
    })
    await press(screen, 'Save')
    expect(screen.get('[data-place="gateway.1"]').text()).toContain('Must be https://host.')
    expect(document.activeElement).toBe(field(screen, 'gateway.1').element)
    expect(screen.find('[role=alert]').exists()).toBe(false)
  })

  it('asks main nothing while a length is no number', async () => {
    const { bridge, screen } = await show(edit)
    await field(screen, 'recording.minSeconds').setValue('soon')
    await press(screen, 'Save')
    expect(bridge.times('saveProfile')).toBe(0)
    expect(document.activeElement).toBe(field(screen, 'recording.minSeconds').element)
  })

  it('has a bookmark made at the end of a recording where that is chosen', async () => {
    const { bridge, screen } = await show(edit)
    bridge.answer('saveProfile', async () => ({ siteId: siteId(1), restartNeeded: false }))
    const atEnd = screen.get<HTMLSelectElement>('[data-place="recording.bookmarkAtEnd"] select')
    expect([...atEnd.element.options].map(({ value }) => value)).toEqual(['offer', 'make'])
    await atEnd.setValue('make')
    await press(screen, 'Save')
    const { recording } = profileOf().draft
    expect(bridge.asked.at(-1)!.input).toMatchObject({ draft: { recording: { ...recording, bookmarkAtEnd: 'make' } } })
  })

  it('leaves at once where nothing was changed, and asks where something was', async () => {
    const first = await show(edit)
    await key('Escape')
    expect(first.session.screen).toBe('sign-in')
    first.screen.unmount()

    const { screen, session, profiles } = await show(edit)
    await field(screen, 'name').setValue('HQ')
    await key('Escape')
    expect(dialog()!.textContent).toContain('The changes to HQ Campus have not been saved.')
    expect(session.screen).toBe('profile')
    ;[...dialog()!.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Discard')!.click()
    await flushPromises()
    expect(profiles.task).toBeUndefined()
  })

  it('keeps what was typed, and the screen, whatever main announces', async () => {
    const { screen, session } = await show(edit)
    await field(screen, 'name').setValue('half a na')
    session.siteChanged(siteOf({ state: { phase: 'signing-in', user: 'operator' } }))
    session.siteChanged(siteOf({ state: { phase: 'open', user: 'operator', link: { is: 'up' } } }))
    session.siteListChanged([siteOf({ name: 'Renamed' })])
    await flushPromises()
    expect(session.screen).toBe('profile')
    expect(field(screen, 'name').element.value).toBe('half a na')
  })

  it('shows a managed profile without a way to change it', async () => {
    const bridge = new FakeBridge()
    const { screen, profiles } = await show({ is: 'add' }, bridge)
    bridge.answer('readProfile', async () => ({ ...profileOf(), managed: true }))
    profiles.begin(edit)
    await flushPromises()
    expect(screen.text()).toContain('Managed')
    expect(screen.findAll('button').some((button) => button.text().startsWith('Save'))).toBe(false)
    expect(
      screen.findAll<HTMLInputElement>('input:not([type=checkbox])').every(({ element }) => element.readOnly),
    ).toBe(true)
    expect(screen.findAll<HTMLSelectElement>('select').every(({ element }) => element.disabled)).toBe(true)
  })

  it('shows an own profile to be read where the administrator’s rule forbids changing, and says whose rule it is', async () => {
    const { screen, session, profiles } = await show({ is: 'add' })
    session.siteListChanged([siteOf(), forbidding])
    profiles.begin(edit)
    await flushPromises()
    expect(screen.text()).toContain('The administrator’s profile of Depot allows no adding, changing or removing')
    expect(field(screen, 'gateway.0').element.readOnly).toBe(true)
    expect(screen.findAll('button').some((button) => button.text().startsWith('Save'))).toBe(false)
  })

  it('offers the events of an open site, and takes cameras by name or id only where it is sure of them', async () => {
    const bridge = new FakeBridge({
      listRecordingTriggers: async () => ({ events: [{ id: 'x', name: 'Record dock' }], outputs: [] }),
      saveProfile: async () => ({ siteId: siteId(1), restartNeeded: false }),
    })
    const { screen, session, profiles } = await show({ is: 'add' }, bridge)
    session.siteChanged(siteOf({ state: { phase: 'open', user: 'operator', link: { is: 'up' } } }))
    profiles.begin(edit)
    await flushPromises()
    await press(screen, 'Add a pair of events')
    const start = field(screen, 'recordingWays.events.0.start')
    expect(screen.get(`#${start.element.getAttribute('list')}`).html()).toContain('value="Record dock"')
    await start.setValue('Record dock')
    await field(screen, 'recordingWays.events.0.stop').setValue('Stop dock')

    const camera = 'ABCDEF01-2345-4789-8BCD-EF0123456789'
    const tray = field(screen, 'tray')
    await tray.setValue('Loading dock')
    await tray.trigger('keydown', { key: 'Enter' })
    expect(screen.get('[data-place=tray]').text()).toContain('No camera, or more than one')
    await tray.setValue(camera)
    await tray.trigger('keydown', { key: 'Enter' })
    await press(screen, 'Save')
    expect(bridge.asked.at(-1)!.input).toMatchObject({
      draft: {
        tray: [camera.toLowerCase()],
        recordingWays: {
          events: [{ cameras: [], start: 'Record dock', stop: 'Stop dock', form: 'type' }],
          outputs: [],
        },
      },
    })
  })

  it('moves, adds and drops addresses and keeps the cursor with them', async () => {
    const { screen } = await show(edit)
    await screen.get('[aria-label="Move https://hq-vms.example down"]').trigger('click')
    await flushPromises()
    expect(field(screen, 'gateway.1').element.value).toBe('https://hq-vms.example')
    expect(document.activeElement).toBe(field(screen, 'gateway.1').element)
    await press(screen, 'Add a gateway address')
    expect(document.activeElement).toBe(field(screen, 'gateway.2').element)
  })

  it('says what becomes of a pin before it is given up', async () => {
    const { bridge, screen } = await show(edit)
    bridge.answer('saveProfile', async () => ({ siteId: siteId(1), restartNeeded: false }))
    await screen.get('[data-place=trustModes] select').setValue('system')
    expect(screen.text()).toContain('The pin is dropped when you save.')
    await press(screen, 'Save')
    expect(bridge.asked.at(-1)!.input).toMatchObject({ draft: { trustModes: { 'https://hq-vms.example': 'system' } } })
  })
})

describe('importing a profile', () => {
  afterEach(() => document.body.replaceChildren())

  it('shows what would change, marks trust by a word, and does it only when told to', async () => {
    const { bridge, screen } = await show({ is: 'import', found: importOf() })
    bridge.answer('confirmImport', async () => ({ siteId: siteId(1), restartNeeded: false }))
    expect(screen.text()).toContain('Changes the site HQ Campus, which is here already.')
    expect(screen.text()).toContain('The file holds a password.')
    expect(screen.text()).toContain('Depot South is at hq-vms.example:443 as well')
    expect(screen.findAll('tr.pin').map((row) => row.text())).toEqual([expect.stringMatching(/^Trust/)])
    expect(bridge.times('confirmImport')).toBe(0)
    await press(screen, 'Change this site')
    expect(bridge.asked.at(-1)).toEqual({ name: 'confirmImport', input: { importId: importOf().importId } })
  })

  it('says why a file cannot be used, and writes nothing', async () => {
    const because = { kind: 'bad-file', file: 'x.json', problem: 'is empty' } as const
    const { bridge, screen } = await show({ is: 'import-failed', because })
    expect(screen.get('[role=alert]').text()).toContain('x.json cannot be used: it is empty.')
    expect(bridge.times('confirmImport')).toBe(0)
  })
})

describe('testing a connection', () => {
  afterEach(() => document.body.replaceChildren())

  it('names the part that fails and the next step, and what was not tried after it', async () => {
    const answer = pending<ReturnType<typeof testsOf>>()
    const bridge = new FakeBridge({ testSite: () => answer.promise })
    const { screen } = await show({ is: 'test', siteId: siteId(1), name: 'HQ Campus' }, bridge)
    expect(screen.text()).toContain('Trying every address.')
    answer.resolve(testsOf())
    await flushPromises()
    expect(screen.text()).toContain('1 address does not answer as it should.')
    const recorder = screen.get('[aria-label="hq-recorder-04.example:7563"]')
    expect(recorder.text()).toContain('did not answer in time')
    expect(recorder.text()).toContain('Check the network or the VPN')
    expect(recorder.findAll('li').map((part) => part.text().split(' ')[0])).toHaveLength(4)
    expect(recorder.text()).toContain('not tried')
  })
})

describe('the ways to another site', () => {
  it('are off where the administrator’s rule forbids them, each read with the reason, and on again without it', async () => {
    const bridge = new FakeBridge()
    usePage(bridge)
    const ways = await mountOnPage(NewProfile, {})
    const buttons = () =>
      ways.findAll<HTMLButtonElement>('button').map(({ element }) => {
        const why = document.getElementById(element.getAttribute('aria-describedby') ?? '')
        return [element.textContent.trim(), element.disabled, why?.textContent]
      })
    useSession().siteListChanged([siteOf(), forbidding])
    await flushPromises()
    const why = 'The administrator’s profile of Depot allows no adding, changing or removing of sites at this computer.'
    expect(buttons()).toEqual([
      ['Add site', true, why],
      ['Import…', true, why],
    ])
    await press(ways, 'Add site')
    await press(ways, 'Import')
    expect([useProfiles().task, bridge.times('chooseImport')]).toEqual([undefined, 0])
    useSession().siteListChanged([siteOf()])
    await flushPromises()
    expect(buttons()).toEqual([
      ['Add site', false, undefined],
      ['Import…', false, undefined],
    ])
  })
})

describe('the tools of a site', () => {
  afterEach(() => document.body.replaceChildren())

  const removalId = '33333333-3333-4333-8333-333333333333'
  async function tools(site = siteOf()) {
    const bridge = new FakeBridge({ removeProfile: async () => ({ keptAs: 'hq.removed', removalId }) })
    usePage(bridge)
    return { bridge, bar: await mountOnPage(ProfileTools, { site }), profiles: useProfiles() }
  }

  it('remove a site only after asking by its name, and say where the file is', async () => {
    const { bridge, bar, profiles } = await tools()
    await press(bar, 'Remove')
    expect(dialog()!.textContent).toContain('Remove the site HQ Campus?')
    expect(bridge.times('removeProfile')).toBe(0)
    ;[...dialog()!.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Remove')!.click()
    await flushPromises()
    expect(profiles.removed).toEqual([{ name: 'HQ Campus', keptAs: 'hq.removed', removalId }])
  })

  it('offer nothing that the administrator’s rule would refuse, and say whose rule it is', async () => {
    const { bar } = await tools()
    useSession().siteListChanged([siteOf(), forbidding])
    await flushPromises()
    const off = bar.findAll<HTMLButtonElement>('button').filter(({ element }) => element.disabled)
    expect(off.map((one) => one.text())).toEqual(['Duplicate', 'Remove'])
    expect(bar.findAll('button').map((one) => one.text())).toContain('View profile')
    expect(bar.text()).toContain('The administrator’s profile of Depot allows no adding, changing or removing')
  })

  it('offer nothing that cannot be done with a managed or an unusable profile', async () => {
    const disabled = (bar: Mounted) =>
      bar.findAll<HTMLButtonElement>('button').flatMap((one) => (one.element.disabled ? [one.text()] : []))
    const managed = await tools(siteOf({ managed: true }))
    expect(disabled(managed.bar)).toEqual(['Duplicate', 'Remove'])
    const unusable = await tools(siteOf({ origins: [], address: '' }))
    expect(disabled(unusable.bar)).toEqual(['Test connection', 'Edit', 'Duplicate', 'Export…'])
  })

  it('say what main objects to', async () => {
    const { bridge, bar } = await tools()
    bridge.answer('duplicateProfile', async () => {
      throw new AppError({ kind: 'managed', file: '/etc/a.json', rule: 'sites are not added, changed or removed here' })
    })
    await press(bar, 'Duplicate')
    expect(bar.get('[role=alert]').text()).toContain('sites are not added, changed or removed here')
  })
})
