// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Site, SiteState } from '../../../src-preload/contract/models/site.ts'
import SignInScreen from '../../../src-renderer/screens/sign-in/SignInScreen.vue'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { siteId, siteOf } from '../support/sites.ts'

const open: SiteState = { phase: 'open', user: 'operator', link: { is: 'up' } }
const depot = siteOf({ id: siteId(2), name: 'Depot South', managed: true })

async function show(...sites: Site[]) {
  const bridge = new FakeBridge({ listSites: async () => sites, signOut: async () => {} })
  usePage(bridge)
  const screen = await mountOnPage(SignInScreen, {})
  const session = useSession()
  await session.load()
  await flushPromises()
  return { bridge, screen, session }
}

describe('the Sites screen', () => {
  afterEach(() => document.body.replaceChildren())

  it('says where a profile goes where there is none', async () => {
    const { screen } = await show()
    expect(screen.text()).toContain('No site profile on this computer')
    expect(screen.text()).toContain('.watchpost.json')
  })

  it('says why the profiles cannot be read, and reads them again', async () => {
    const { bridge, screen, session } = await show()
    bridge.answer('listSites', async () => {
      throw new AppError({ kind: 'bad-file', file: 'hq.watchpost.json', problem: 'is empty' })
    })
    await session.load()
    await flushPromises()
    expect(screen.get('[role=alert]').text()).toContain('hq.watchpost.json cannot be used: it is empty')

    bridge.answer('listSites', async () => [depot])
    const again = screen.findAll('button').find((button) => button.text() === 'Try again')
    await again!.trigger('click')
    await flushPromises()
    expect(screen.get('h2').text()).toBe('Depot South')
  })

  it('lists name, address and state, and marks what an administrator manages', async () => {
    const { screen } = await show(siteOf(), depot)
    const said = screen
      .findAll('[role=option]')
      .map((option) => [...option.element.children].map((part) => part.textContent.trim()))
    expect(said).toEqual([
      ['HQ Campus', 'hq-vms.example:443', 'signed out'],
      ['Depot South', 'Managed', 'hq-vms.example:443', 'signed out'],
    ])
  })

  it('keeps the form while the server is asked, and what was typed in it', async () => {
    const { screen, session } = await show(siteOf())
    const user = screen.get<HTMLInputElement>('[autocomplete=username]')
    await user.setValue('night shift')
    session.siteChanged(siteOf({ state: { phase: 'signing-in', user: 'night shift' } }))
    session.siteChanged(siteOf({ state: { phase: 'signed-out', problem: { kind: 'wrong-password' } } }))
    await flushPromises()
    expect(screen.get<HTMLInputElement>('[autocomplete=username]').element).toBe(user.element)
    expect(user.element.value).toBe('night shift')
  })

  it('asks before it signs out', async () => {
    const { bridge, screen } = await show(siteOf({ state: open }))
    const signOut = screen.findAll('button').find((button) => button.text() === 'Sign out')
    await signOut!.trigger('click')
    await flushPromises()
    expect(bridge.times('signOut')).toBe(0)

    const dialog = document.querySelector('[role=dialog]')
    expect(dialog?.textContent).toContain('Sign out of HQ Campus?')
    const yes = [...dialog!.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Sign out')
    yes!.click()
    await flushPromises()
    expect(bridge.asked.at(-1)).toEqual({ name: 'signOut', input: { siteId: siteId(1) } })
  })

  it('says how many cameras there are and how many could not be read', async () => {
    const { screen } = await show(siteOf({ state: open, cameras: { phase: 'ready', total: 9999, skipped: 1 } }))
    expect(screen.text()).toContain('9999, one could not be read')
  })
})
