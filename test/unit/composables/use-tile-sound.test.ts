// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent, nextTick, ref, shallowRef } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { provideMedia } from '../../../src-renderer/composables/useMedia.ts'
import { useListeningEnds, useTileSound, type SoundFace } from '../../../src-renderer/composables/useTileSound.ts'
import type { Media } from '../../../src-renderer/media/media.ts'
import type { TileSound } from '../../../src-renderer/media/sound/ear.ts'
import { useListening } from '../../../src-renderer/stores/listening.ts'
import { camera, settle } from '../media/fakes.ts'
import { FakeBridge } from '../support/fake-bridge.ts'

const other = { ...camera, cameraId: '22222222-2222-4222-8222-999999999999' } as CameraRef
const pinia = () => {
  const made = createPinia()
  setActivePinia(made)
  return made
}
let app = pinia()
let bridge: FakeBridge
beforeEach(() => {
  app = pinia()
  bridge = new FakeBridge({ listMicrophones: async () => [{ id: 'm', name: '', cameraIds: [camera.cameraId] }] })
  Object.assign(window, { bridge })
})

/** A tile whose picture brings what the test says, before a loudspeaker that writes down what it plays. */
function tileAt(place: string) {
  const asked: boolean[] = []
  const plays: unknown[] = []
  const shows = shallowRef<CameraRef | null>(camera)
  const isSeen = ref(true)
  const hush = shallowRef<SoundFace | null>(null)
  let brings: TileSound = { is: 'off' }
  let told: (isHeard: boolean) => void = () => {}
  const media = {
    speaker: {
      setVolume: () => {},
      play(receiver: unknown, onHeard: typeof told) {
        plays.push(receiver)
        told = onHeard
        return () => plays.push('stop')
      },
    },
  } as unknown as Media
  let sound: ReturnType<typeof useTileSound> | undefined
  const Tile = defineComponent({
    setup() {
      sound = useTileSound({
        place: () => place,
        camera: () => shows.value,
        listen: (on) => asked.push(on),
        sound: () => brings,
        hush: () => hush.value,
      })
      useListeningEnds(
        () => place,
        () => shows.value,
        () => isSeen.value,
      )
      return () => null
    },
  })
  const plugin = { install: (page: Parameters<typeof provideMedia>[0]) => provideMedia(page, media) }
  const wrapper = mount(Tile, { global: { plugins: [plugin, app] } })
  const bring = (now: TileSound) => {
    brings = now
    sound!.update()
  }
  return {
    wrapper,
    asked,
    plays,
    shows,
    isSeen,
    hush,
    bring,
    hear: (on: boolean) => told(on),
    face: () => sound!.face.value,
  }
}
const there = (name: string): TileSound => ({ is: 'there', receiver: { name } as unknown as RTCRtpReceiver })

it('says that it listens only while packets arrive, and nothing where nobody listens', async () => {
  const { bring, hear, face, plays } = tileAt('live 1')
  const listening = useListening()
  expect(face()).toBeNull()
  listening.toggle('live 1', camera)
  await settle()
  bring({ is: 'coming' })
  expect(face()).toEqual({ is: 'waiting' })
  bring(there('gate'))
  expect([face(), plays]).toEqual([{ is: 'waiting' }, [{ name: 'gate' }]])
  hear(true)
  expect(face()).toEqual({ is: 'heard' })
  hear(false)
  expect(face()).toEqual({ is: 'waiting' })
  listening.toggle('live 1', camera)
  expect([face(), plays.at(-1)]).toEqual([null, 'stop'])
})

it('one tile alone is listened to', async () => {
  const [one, two] = [tileAt('live 1'), tileAt('live 2')]
  const listening = useListening()
  listening.toggle('live 1', camera)
  await settle()
  listening.toggle('live 2', camera)
  await settle()
  expect([one.asked, two.asked, one.face(), two.face()]).toEqual([
    [false, true, false],
    [false, true],
    null,
    { is: 'waiting' },
  ])
})

it('ends with its tile, with its camera, and when its screen is away', async () => {
  const listening = useListening()
  const ends: (string | null)[] = []
  for (const end of [
    (tile: ReturnType<typeof tileAt>) => tile.wrapper.unmount(),
    (tile: ReturnType<typeof tileAt>) => (tile.shows.value = other),
    (tile: ReturnType<typeof tileAt>) => (tile.isSeen.value = false),
  ]) {
    const tile = tileAt('live 1')
    listening.toggle('live 1', camera)
    await settle()
    tile.bring(there('gate'))
    end(tile)
    await nextTick()
    ends.push(listening.place, String(tile.plays.at(-1)))
    tile.wrapper.unmount()
  }
  expect(ends).toEqual([null, 'stop', null, 'stop', null, 'stop'])
})

it('a camera without a microphone is not asked for with sound, and says so; an answer that does not come says nothing', async () => {
  const listening = useListening()
  bridge.answer('listMicrophones', async () => [])
  const { asked, face } = tileAt('live 1')
  listening.toggle('live 1', camera)
  await settle()
  expect([face(), asked.at(-1), listening.hasMicrophone(camera)]).toEqual([{ is: 'no-microphone' }, false, false])

  bridge.answer('listMicrophones', async () => {
    throw new AppError({ kind: 'unreachable', what: 'server' })
  })
  const second = tileAt('live 2')
  second.shows.value = other
  listening.toggle('live 2', other)
  await settle()
  expect([second.face(), second.asked.at(-1), listening.hasMicrophone(other)]).toEqual([
    { is: 'waiting' },
    true,
    undefined,
  ])
})

it('a recording that stands or runs at another speed says why it is silent', async () => {
  const { bring, hush, face } = tileAt('playback 0')
  useListening().toggle('playback 0', camera)
  await settle()
  hush.value = { is: 'speed', speed: 4 }
  expect(face()).toEqual({ is: 'speed', speed: 4 })
  hush.value = null
  bring({ is: 'none' })
  expect(face()).toEqual({ is: 'none' })
})

it('is asked about once, until the cameras are read anew; gets softer in steps, and loud again', async () => {
  const listening = useListening()
  listening.look(camera)
  listening.look(camera)
  await settle()
  expect([bridge.times('listMicrophones'), listening.hasMicrophone(camera)]).toEqual([1, true])
  listening.forget()
  listening.look(camera)
  await settle()
  expect(bridge.times('listMicrophones')).toBe(2)
  const heard = [0, 1, 2, 3].map(() => {
    listening.nextVolume()
    return listening.volume
  })
  expect(heard).toEqual([0.5, 0.2, 1, 0.5])
})
