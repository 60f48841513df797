// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { PictureWish } from '../../../src-preload/contract/models/recorded-picture.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'
import TimelinePicture from '../../../src-renderer/screens/playback/TimelinePicture.vue'
import { cameraKey } from '../../../src-renderer/stores/camera-list.ts'
import { FakeBridge } from '../support/fake-bridge.ts'

const nowMs = Date.parse('2026-11-23T14:00:00Z')
const cameras = ['gate', 'yard'].map((name) => ({
  camera: { siteId: 'north' as SiteId, cameraId: name as CameraId },
  name: name.toUpperCase(),
}))
let asked: PictureWish[]
let found: { at: string } | null
beforeEach(() => {
  asked = []
  found = { at: '2026-11-23T13:02:30.000Z' }
  const bridge = new FakeBridge({
    async findPicture(wish) {
      asked.push(wish)
      return found && { address: 'snapshot://desk/a', ...found }
    },
    leavePicture: async () => undefined,
  })
  vi.stubGlobal('bridge', bridge)
  vi.spyOn(HTMLImageElement.prototype, 'decode').mockResolvedValue(undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function show(at: string, lane: string | null = cameraKey(cameras[1]!.camera)) {
  const shown = mount(TimelinePicture, {
    props: { hover: { atMs: Date.parse(at), msPerPx: 250, lane }, cameras, nowMs, zone: 'Europe/Berlin' },
    global: { plugins: [createWords()] },
  })
  await vi.waitFor(() => expect(shown.find('[data-state=looking]').exists()).toBe(false))
  return shown
}

it('a picture says the moment it is of in the site’s time, and how much earlier that is', async () => {
  const shown = await show('2026-11-23T13:03:40.500Z')
  expect(asked.map(({ camera, at }) => [camera.cameraId, at])).toEqual([['yard', '2026-11-23T13:03:40.000Z']])
  expect([shown.get('img').attributes('src'), shown.get('time').attributes('datetime')]).toEqual([
    'snapshot://desk/a',
    '2026-11-23T13:02:30.000Z',
  ])
  expect(shown.text()).toContain('YARD')
  expect(shown.text()).toContain('Mon 23 Nov 2026 14:02:30')
  expect(shown.text()).toContain('71 s earlier')
})

it('a picture of that very moment is not called earlier', async () => {
  expect((await show('2026-11-23T13:02:30.900Z')).text()).not.toContain('earlier')
})

it('where nothing is recorded it says so', async () => {
  found = null
  const shown = await show('2026-11-23T13:02:30Z')
  expect([shown.find('img').exists(), shown.text()]).toEqual([false, 'Nothing is recorded up to hereYARD'])
})

it('a lane of several cameras shows the first', async () => {
  await show('2026-11-23T13:02:30Z', 'merged')
  expect(asked.map(({ camera }) => camera.cameraId)).toEqual(['gate'])
})

it('of what has not happened yet there is no picture, and none is asked for', async () => {
  const shown = await show('2026-11-23T14:00:01Z')
  expect([shown.find('figure').exists(), asked]).toEqual([false, []])
})
