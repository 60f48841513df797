// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useCameraTile } from '../../../src-renderer/composables/useCameraTile.ts'
import { provideMedia } from '../../../src-renderer/composables/useMedia.ts'
import type { Media } from '../../../src-renderer/media/media.ts'
import { LINGER_MS, SessionPool } from '../../../src-renderer/media/session-pool.ts'
import { StreamCatalogue } from '../../../src-renderer/media/stream-catalogue.ts'
import { camera, FakePeers, FakeSignalling, settle } from '../media/fakes.ts'

const other = { ...camera, cameraId: '22222222-2222-4222-8222-999999999999' } as CameraRef

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A tile of the wall with the real pool behind it, before a server that has not offered anything yet. */
function tileOn(isShownAtFirst: boolean) {
  const isShown = ref(isShownAtFirst)
  const shows = ref<CameraRef | null>(camera)
  /** Cameras whose streams were asked for, and those a session was opened for. */
  const listed: string[] = []
  const opened: string[] = []
  const roads: FakeSignalling[] = []
  const playable = new Set(['H264'])
  const pool = new SessionPool({
    newSignalling({ cameraId }) {
      opened.push(cameraId)
      const road = new FakeSignalling(new Promise<never>(() => {}))
      roads.push(road)
      return road
    },
    peers: new FakePeers(),
    playable,
    isDrawn: () => true,
    report: () => {},
    random: () => 0.5,
  })
  const catalogue = new StreamCatalogue(async ({ cameraId }) => {
    listed.push(cameraId)
    return []
  }, playable)
  const Tile = defineComponent({
    setup() {
      const { video, state } = useCameraTile({
        camera: () => shows.value,
        size: () => ({ widthPx: 640, heightPx: 360 }),
        soundPlace: () => 'live 1',
        isShown: () => isShown.value,
      })
      return { video, state }
    },
    render() {
      return h('section', [h('video', { ref: 'video' }), this.state.phase])
    },
  })
  const media = { pool, catalogue } as unknown as Media
  const plugin = { install: (app: Parameters<typeof provideMedia>[0]) => provideMedia(app, media) }
  const wrapper = mount(Tile, { attachTo: document.body, global: { plugins: [plugin, createPinia()] } })
  return { wrapper, isShown, shows, listed, opened, roads }
}

/** Longer than a tile waits for anything. */
const muchLater = () => vi.advanceTimersByTimeAsync(60_000)

describe('a tile of a screen that is away', () => {
  it('asks for nothing and opens nothing, and opens its camera once when the screen is shown', async () => {
    const tile = tileOn(false)
    await muchLater()
    expect({ listed: tile.listed, opened: tile.opened }).toEqual({ listed: [], opened: [] })
    expect(tile.wrapper.text()).toBe('hidden')

    tile.isShown.value = true
    await settle()
    expect(tile.wrapper.text()).toBe('opening')
    expect({ listed: tile.listed, opened: tile.opened }).toEqual({
      listed: [camera.cameraId],
      opened: [camera.cameraId],
    })
    tile.wrapper.unmount()
  })

  it('opens nothing for another camera either, and later only the last of them', async () => {
    const tile = tileOn(false)
    tile.shows.value = null
    await nextTick()
    tile.shows.value = other
    await muchLater()
    expect(tile.opened).toEqual([])

    tile.isShown.value = true
    await settle()
    expect(tile.opened).toEqual([other.cameraId])
    tile.wrapper.unmount()
  })

  it('opens its camera at once where the screen is the present one, and gives it back when that goes', async () => {
    const tile = tileOn(true)
    await settle()
    expect(tile.opened).toEqual([camera.cameraId])
    tile.isShown.value = false
    await vi.advanceTimersByTimeAsync(LINGER_MS + 1_000)
    expect(tile.wrapper.text()).toBe('hidden')
    expect(tile.roads.map(({ said }) => said)).toEqual([['open', 'close']])
    await muchLater()
    expect(tile.opened).toEqual([camera.cameraId])
    tile.wrapper.unmount()
  })
})
