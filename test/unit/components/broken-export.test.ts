// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BrokenExport as Broken, ExportId } from '../../../src-preload/contract/models/export.ts'
import BrokenExport from '../../../src-renderer/screens/take-away/BrokenExport.vue'
import { useExports } from '../../../src-renderer/stores/exports.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraRef } from '../live/support.ts'
import { cameraAnswers, openSite } from '../playback/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage } from '../support/page.ts'

const folder = 'D:\\Video\\HQ 2026-11-26 14-02-30 to 14-05-00 viewing copy'
const brokenOf = (changes: Partial<Broken> = {}): Broken => ({
  id: '00000000-0000-4000-b000-000000000077' as ExportId,
  folder,
  from: '2026-11-26T14:02:30.000Z',
  to: '2026-11-26T14:05:00.000Z',
  complete: 1,
  missing: [cameraRef(2)],
  file: { id: '00000000-0000-4000-b000-000000000078', fileName: 'manifest.json', folder },
  problem: null,
  ...changes,
})

let shown: Awaited<ReturnType<typeof mountOnPage>>
async function show(broken: Broken[], isOpen = true): Promise<FakeBridge> {
  // happy-dom has no peers; an engine that hands out encoded frames has this.
  vi.stubGlobal('RTCRtpReceiver', class { createEncodedStreams() {} }) // prettier-ignore
  const bridge = new FakeBridge({
    ...cameraAnswers(),
    listBrokenExports: async () => broken,
    dismissBrokenExport: async () => undefined,
    showSaved: async () => undefined,
    listLockProgress: async () => [],
  })
  Object.assign(window, { bridge })
  shown = await mountOnPage(BrokenExport, {})
  if (isOpen) useSession().siteListChanged([openSite()])
  await useExports().load()
  await flushPromises()
  return bridge
}
const button = (name: string) => shown.findAll('button').find((one) => one.text() === name)

describe('an export that was broken off', () => {
  afterEach(() => {
    shown.unmount()
    vi.unstubAllGlobals()
  })

  it('is told of, and its rest is offered to be exported again with its cameras and span', async () => {
    await show([brokenOf()])
    expect(shown.text()).toContain('1 of 2 cameras are complete')
    expect(shown.get('.says').attributes('title')).toContain(folder)
    await button('Export the rest again…')!.trigger('click')
    const [fromMs, toMs] = [Date.parse(brokenOf().from), Date.parse(brokenOf().to)]
    expect(useExports().draft).toMatchObject({ offered: [cameraRef(2)], picked: [cameraRef(2)], fromMs, toMs })
    expect(useExports().isOpen).toBe(true)
  })

  it('shows where it is, and is gone when it is dismissed', async () => {
    const bridge = await show([brokenOf()])
    await button('Show in folder')!.trigger('click')
    expect(bridge.asked.at(-1)).toEqual({ name: 'showSaved', input: { id: brokenOf().file!.id } })
    await button('Dismiss')!.trigger('click')
    expect(bridge.asked.at(-1)).toEqual({ name: 'dismissBrokenExport', input: { id: brokenOf().id } })
    expect(shown.text()).toBe('')
  })

  it('of which nothing is left says so; where nobody is signed in it cannot be exported again', async () => {
    await show([brokenOf({ complete: 0, file: null })], false)
    expect(shown.text()).toContain('nothing of it is left')
    expect([button('Export the rest again…'), button('Show in folder')]).toEqual([undefined, undefined])
  })

  it('whose half files are in the way says why', async () => {
    await show([brokenOf({ file: null, problem: 'it is not there' })])
    expect(shown.text()).toContain('could not be removed, it is not there.')
  })

  it('is not there where none was broken off', async () => {
    await show([])
    expect(shown.text()).toBe('')
  })
})
