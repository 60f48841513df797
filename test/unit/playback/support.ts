import { createPinia, setActivePinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { defineComponent, shallowRef } from 'vue'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import type { Playing } from '../../../src-renderer/composables/usePlayer.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'
import type { PlayerState } from '../../../src-renderer/media/playback/player.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { camerasOf } from '../live/support.ts'
import type { FakeBridge } from '../support/fake-bridge.ts'
import { siteOf } from '../support/sites.ts'

/** A site that is open, with cameras called `Camera 1` and on. */
export const openSite = (changes: Partial<Site> = {}): Site =>
  siteOf({
    state: { phase: 'open', user: 'operator', link: { is: 'up' } },
    cameras: { phase: 'ready', total: 16, skipped: 0 },
    ...changes,
  })

/** Answers for the lists of cameras of any site. */
export const cameraAnswers = (cameras: Camera[] = camerasOf(16)) => ({
  listCameras: async () => ({ cameras, total: cameras.length }),
  listCameraGroups: async () => [],
  savePreferences: async () => {},
  listRecordings: async ({ siteId }: { siteId: Site['id'] }) => ({ siteId, isKnown: true, cameras: [] }),
})

/** Runs a composable as a component of the page would, with stores, words and an open site. */
export function onPage<T>(bridge: FakeBridge, use: () => T, site: Site = openSite()) {
  Object.assign(window, { bridge })
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().siteListChanged([site])
  let used: T | undefined
  const wrapper = mount(
    defineComponent({
      setup() {
        used = use()
        return () => null
      },
    }),
    { global: { plugins: [pinia, createWords()] } },
  )
  return { used: used!, wrapper }
}

/** A player that does at once what it is told, and writes it down. */
export function fakePlaying(mediaMs: number) {
  const did: string[] = []
  const state = shallowRef<PlayerState>({
    clock: { mediaMs, atMs: 0, speed: 1, runs: false },
    isPlaying: false,
    isSeeking: false,
    isReversing: false,
    edge: null,
    skipGaps: true,
  })
  const become = (change: Partial<PlayerState>) => (state.value = { ...state.value, ...change })
  const player = {
    get mediaMs() {
      return state.value.clock.mediaMs
    },
    seek(ms: number) {
      did.push(`seek ${ms}`)
      become({ clock: { ...state.value.clock, mediaMs: ms } })
    },
    jump(byMs: number) {
      player.seek(player.mediaMs + byMs)
    },
    play() {
      did.push('play')
      become({ isPlaying: true })
    },
    pause() {
      did.push('pause')
      become({ isPlaying: false })
    },
    setSpeed(speed: number) {
      did.push(`speed ${speed}`)
      become({ clock: { ...state.value.clock, speed } })
    },
    setSkipGaps(skipGaps: boolean) {
      become({ skipGaps })
    },
  }
  return { playing: { player, state } as unknown as Playing, did, become }
}
