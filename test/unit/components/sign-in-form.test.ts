// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import SignInForm from '../../../src-renderer/screens/sign-in/SignInForm.vue'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { siteOf } from '../support/sites.ts'

describe('the sign-in form', () => {
  let bridge: FakeBridge
  beforeEach(() => {
    bridge = new FakeBridge()
    usePage(bridge)
  })
  afterEach(() => document.body.replaceChildren())

  const open = async (site = siteOf()) => {
    const form = await mountOnPage(SignInForm, { site })
    return {
      form,
      user: form.get<HTMLInputElement>('[autocomplete=username]'),
      password: form.get<HTMLInputElement>('[autocomplete=current-password]'),
      submit: form.get<HTMLButtonElement>('[type=submit]'),
      stay: form.get<HTMLInputElement>('[type=checkbox]'),
    }
  }

  it('puts the cursor where typing goes on', async () => {
    const known = await open()
    expect(document.activeElement).toBe(known.password.element)
    known.form.unmount()
    const fresh = await open(siteOf({ user: '' }))
    expect(document.activeElement).toBe(fresh.user.element)
  })

  it('asks once with what was typed, and forgets the password', async () => {
    bridge.answer('signIn', async () => {})
    const { form, user, password } = await open()
    await user.setValue('  night shift ')
    await password.setValue(' s3cret ')
    await form.trigger('submit')
    await flushPromises()
    expect(bridge.asked).toEqual([
      { name: 'signIn', input: { siteId: siteOf().id, user: 'night shift', password: ' s3cret ', stay: false } },
    ])
    expect(password.element.value).toBe('')
  })

  /** Signs in, and says what was sent about staying. */
  const sent = async ({ form, password }: Awaited<ReturnType<typeof open>>) => {
    bridge.answer('signIn', async () => {})
    await password.setValue('s3cret')
    await form.trigger('submit')
    await flushPromises()
    const { input } = bridge.asked.findLast(({ name }) => name === 'signIn')!
    return 'stay' in (input as object) ? (input as { stay: boolean }).stay : 'nothing'
  }

  it.for([
    { why: 'policy', says: 'administrator does not allow it' },
    { why: 'no-keyring', says: 'nowhere safe to keep it. Set up a keyring' },
    { why: 'unavailable', says: 'vault does not answer. Unlock it' },
  ] as const)('offers nobody to stay where they may not, says why ($why), and sends nothing of it', async (row) => {
    const opened = await open(siteOf({ staySignedIn: { may: false, why: row.why } }))
    const { form, stay } = opened
    expect(stay.element).toMatchObject({ disabled: true, checked: false })
    expect(form.get(`[id="${stay.attributes('aria-describedby')}"]`).text()).toContain(row.says)
    expect(await sent(opened)).toBe('nothing')
  })

  it.for([
    { isOn: true, tick: undefined, stays: true },
    { isOn: false, tick: true, stays: true },
    { isOn: true, tick: false, stays: false },
  ])('stays as last time ($isOn) unless ticked anew ($tick)', async ({ isOn, tick, stays }) => {
    const opened = await open(siteOf({ staySignedIn: { may: true, isOn } }))
    expect(opened.stay.element).toMatchObject({ disabled: false, checked: isOn })
    if (tick !== undefined) await opened.stay.setValue(tick)
    expect(await sent(opened)).toBe(stays)
  })

  it('lets somebody stay as soon as it turns out that they may, and no longer', async () => {
    const opened = await open(siteOf({ staySignedIn: { may: false, why: 'unavailable' } }))
    const { form, stay } = opened
    await form.setProps({ site: siteOf({ staySignedIn: { may: true, isOn: true } }) })
    expect(stay.element).toMatchObject({ disabled: false, checked: true })
    await form.setProps({ site: siteOf({ staySignedIn: { may: false, why: 'policy' } }) })
    expect(stay.element).toMatchObject({ disabled: true, checked: false })
    expect(await sent(opened)).toBe('nothing')
  })

  it('does not ask while a name or a password is missing', async () => {
    const { form, submit } = await open()
    expect(submit.element.disabled).toBe(true)
    await form.trigger('submit')
    expect(bridge.asked).toEqual([])
  })

  it('asks no second time while the first is being checked', async () => {
    bridge.answer('signIn', () => pending<void>().promise)
    const { form, password, submit } = await open()
    await password.setValue('s3cret')
    await form.trigger('submit')
    await form.trigger('submit')
    expect(bridge.times('signIn')).toBe(1)
    expect(submit.element.disabled).toBe(true)
    expect(form.text()).toContain('Signing in as operator')
  })

  it('says that the password is wrong, empties it and puts the cursor there', async () => {
    bridge.answer('signIn', async () => {
      throw new AppError({ kind: 'wrong-password' })
    })
    const { form, password } = await open()
    await password.setValue('wrong')
    await form.trigger('submit')
    await flushPromises()
    expect(form.get('[role=alert]').text()).toContain('The user name or the password is wrong.')
    expect(password.element.value).toBe('')
    expect(document.activeElement).toBe(password.element)
    expect(bridge.times('signIn')).toBe(1)
  })

  it('keeps the password where only the network failed', async () => {
    bridge.answer('signIn', async () => {
      throw new AppError({ kind: 'unreachable', what: 'server', how: 'timeout' })
    })
    const { form, password } = await open()
    await password.setValue('right')
    await form.trigger('submit')
    await flushPromises()
    expect(form.get('[role=alert]').text()).toContain('did not answer in time')
    expect(password.element.value).toBe('right')
  })

  it('shows what main knows of an earlier try', async () => {
    const { form } = await open(siteOf({ state: { phase: 'signed-out', problem: { kind: 'locked-out' } } }))
    expect(form.get('[role=alert]').text()).toContain('locked this account')
  })

  it('takes no password before a certificate is agreed on, and is ready the moment it is', async () => {
    const { form, password } = await open(siteOf({ state: { phase: 'unpinned' } }))
    expect(password.element.disabled).toBe(true)
    await form.setProps({ site: siteOf() })
    await flushPromises()
    expect(password.element.disabled).toBe(false)
    expect(document.activeElement).toBe(password.element)
  })

  it('shows and hides the password, and warns of Caps Lock', async () => {
    const { form, password } = await open()
    await form.get('button[aria-label="Show the password"]').trigger('click')
    expect(password.element.type).toBe('text')
    await form.get('button[aria-label="Hide the password"]').trigger('click')
    expect(password.element.type).toBe('password')

    const key = new KeyboardEvent('keydown', { key: 'A', bubbles: true })
    Object.assign(key, { getModifierState: (name: string) => name === 'CapsLock' })
    password.element.dispatchEvent(key)
    await flushPromises()
    expect(form.text()).toContain('Caps Lock is on')
  })

  it('draws markup in names and answers as text', async () => {
    const problem = { kind: 'refused', call: 'POST /x', status: 400, text: '<img src=x onerror=alert(1)>' } as const
    const { form } = await open(siteOf({ state: { phase: 'signed-out', problem } }))
    expect(form.find('img').exists()).toBe(false)
    expect(form.text()).toContain('<img src=x onerror=alert(1)>')
  })
})
