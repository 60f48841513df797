// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { CaptureDone } from '../../../src-preload/contract/models/capture.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import CaptureFacts from '../../../src-renderer/screens/sign-in/CaptureFacts.vue'
import { useCapture } from '../../../src-renderer/stores/capture.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { siteId, siteOf } from '../support/sites.ts'

const site = siteOf({ state: { phase: 'open', user: 'operator', link: { is: 'up' } } })
const done: CaptureDone = { folder: '/home/op/watchpost-capture-20261126T130000Z', files: 21 }

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined

async function show(captureFacts: () => Promise<CaptureDone | null> = async () => done, sites: Site[] = [site]) {
  const bridge = new FakeBridge({ listCaptureProbes: async () => ['bookmark', 'video-session'], captureFacts })
  usePage(bridge)
  shown = await mountOnPage(CaptureFacts, {})
  useSession().siteListChanged(sites)
  const again = async () => {
    useCapture().show()
    await flushPromises()
  }
  await again()
  return { bridge, again }
}
const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')
const words = () => dialog()?.textContent ?? ''
const boxes = () => [...dialog()!.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
async function press(name: string) {
  const button = [...dialog()!.querySelectorAll('button')].find((one) => one.textContent.trim() === name)
  button!.click()
  await flushPromises()
}
const capture = () => press('Choose a folder and capture')

describe('capturing server facts', () => {
  afterEach(() => {
    shown?.unmount() // it listens to keys
    document.body.replaceChildren()
  })

  it('says what is written and what each probe would do, and begins with none ticked', async () => {
    const { bridge } = await show()
    expect(words()).toContain('Names, addresses, tokens and ids are replaced')
    expect(words()).toContain('Rules that wait for bookmarks may fire')
    expect(boxes().map(({ checked }) => checked)).toEqual([false, false])
    await capture()
    expect(bridge.asked.at(-1)).toEqual({ name: 'captureFacts', input: { siteId: siteId(1), probes: [] } })
  })

  it('does what was ticked, and says where the files are and how many', async () => {
    const { bridge } = await show()
    boxes()[1]!.click()
    await capture()
    expect(bridge.asked.at(-1)?.input).toEqual({ siteId: siteId(1), probes: ['video-session'] })
    expect(words()).toContain('21 files are written.')
    expect(words()).toContain(done.folder)
  })

  it('says that it runs, also when it was closed and opened meanwhile, and then what came of it', async () => {
    const answer = pending<CaptureDone | null>()
    const { bridge, again } = await show(() => answer.promise)
    await capture()
    expect(words()).toContain('the server is asked')
    await press('Close')
    await again()
    expect(words()).toContain('the server is asked')
    answer.resolve(done)
    await flushPromises()
    expect([words().includes('21 files'), bridge.times('captureFacts')]).toEqual([true, 1])
    await press('Close')
    await again()
    expect(boxes()).toHaveLength(2)
  })

  it('stays as it was, ticks and all, where no folder was chosen', async () => {
    await show(async () => null)
    boxes()[0]!.click()
    await capture()
    expect(boxes().map(({ checked }) => checked)).toEqual([true, false])
    expect(words()).not.toContain('files are written')
  })

  it('says what failed and what to do, for a folder and for a server', async () => {
    const { bridge } = await show(async () => {
      throw new AppError({ kind: 'bad-file', file: '/media/stick', problem: 'was not written: the disk is full' })
    })
    await capture()
    expect(words()).toContain('/media/stick was not written: the disk is full')
    expect(words()).toContain('choose another folder')
    bridge.answer('captureFacts', async () => {
      throw new AppError({ kind: 'signed-out' })
    })
    await capture()
    expect(dialog()!.querySelectorAll('[role=alert]')).toHaveLength(1)
    expect(words()).not.toContain('/media/stick')
  })

  it('tells a failure behind the closed dialog when it is opened again, and only then', async () => {
    const answer = pending<CaptureDone | null>()
    const { again } = await show(() => answer.promise)
    await capture()
    await press('Close')
    answer.reject(new AppError({ kind: 'signed-out' }))
    await flushPromises()
    await again()
    expect([dialog()!.querySelectorAll('[role=alert]').length, boxes().length]).toEqual([1, 2])
    await press('Cancel')
    await again()
    expect(dialog()!.querySelectorAll('[role=alert]')).toHaveLength(0)
  })

  it('asks nothing when it is cancelled', async () => {
    const { bridge } = await show()
    boxes()[0]!.click()
    await press('Cancel')
    expect([dialog(), bridge.times('captureFacts')]).toEqual([null, 0])
  })

  it('is called off by a button, and says so once main has ended it', async () => {
    const answer = pending<CaptureDone | null>()
    const { bridge } = await show(() => answer.promise)
    bridge.answer('callOffCapture', async () => {})
    await capture()
    await press('Call off')
    expect(bridge.asked.at(-1)).toEqual({ name: 'callOffCapture', input: { siteId: siteId(1) } })
    expect(words()).toContain('What was begun at the server is taken back first')
    answer.resolve(null)
    await flushPromises()
    expect(words()).toContain('Called off. No file is left.')
  })

  it('that was called off too late says what was written', async () => {
    const answer = pending<CaptureDone | null>()
    const { bridge } = await show(() => answer.promise)
    bridge.answer('callOffCapture', async () => {})
    await capture()
    await press('Call off')
    answer.resolve(done)
    await flushPromises()
    expect(words()).toContain('21 files are written.')
  })

  it('can be of another site that is open, while that of the first runs on', async () => {
    const second = siteOf({ ...site, id: siteId(2), name: 'Depot South' })
    const { bridge } = await show(() => pending<never>().promise, [site, second, siteOf({ id: siteId(3) })])
    await capture()
    const select = dialog()!.querySelector('select')!
    expect([...select.options].map(({ text }) => text)).toEqual(['HQ Campus', 'Depot South'])
    select.value = siteId(2)
    select.dispatchEvent(new Event('change'))
    await flushPromises()
    expect(words()).toContain('Capture server facts of Depot South')
    await capture()
    expect(bridge.asked.filter(({ name }) => name === 'captureFacts').map(({ input }) => input)).toEqual([
      { siteId: siteId(1), probes: [] },
      { siteId: siteId(2), probes: [] },
    ])
  })

  it('says what it waits for where nobody is signed in', async () => {
    const { bridge } = await show(undefined, [siteOf()])
    expect(words()).toContain('Nobody is signed in at any site.')
    expect([dialog()!.querySelectorAll('button').length, bridge.asked]).toEqual([1, []])
  })

  it('opens by its key too', async () => {
    await show()
    await press('Cancel')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F', ctrlKey: true, shiftKey: true }))
    await flushPromises()
    expect(words()).toContain('Capture server facts of HQ Campus')
  })
})
