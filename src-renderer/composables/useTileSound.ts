import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { TileSound } from '../media/sound/ear.ts'
import { cameraKey } from '../stores/camera-list.ts'
import { useListening } from '../stores/listening.ts'
import { useMedia } from './useMedia.ts'

/** What a tile that is listened to says of its sound. */
export type SoundFace =
  | { is: 'heard' }
  /** Asked for, or nothing arrives. */
  | { is: 'waiting' }
  /** The server sends none. */
  | { is: 'none' }
  | { is: 'no-microphone' }
  /** A recording that does not play makes no sound, and at another speed the server sends none. */
  | { is: 'paused' }
  | { is: 'speed'; speed: number }

interface Wish {
  /** As `soundPlace` says. */
  place: () => string
  camera: () => CameraRef | null
  /** The picture is to be asked for with sound, or without. */
  listen: (on: boolean) => void
  /** What the picture brings. Not reactive: `update` says when to ask again. */
  sound: () => TileSound
  /** Why there is none now; `null` where there may be. */
  hush?: () => SoundFace | null
}

/** The sound of one tile, where it is the one that is listened to. Call `update` whenever its picture has something new. */
export function useTileSound(wish: Wish): { face: ComputedRef<SoundFace | null>; update: () => void } {
  const { place, camera, listen, hush = () => null } = wish
  const listening = useListening()
  const { speaker } = useMedia()
  const isListened = computed(() => camera() !== null && listening.place === place())
  const isDeaf = computed(() => {
    const now = camera()
    return now !== null && listening.hasMicrophone(now) === false
  })
  const sound = shallowRef<TileSound>({ is: 'off' })
  const update = (): void => {
    const now = wish.sound()
    if (!isSame(now, sound.value)) sound.value = now
  }

  watch(
    () => isListened.value && !isDeaf.value,
    (on) => {
      listen(on)
      update()
    },
    { immediate: true },
  )
  const receiver = computed(() => (isListened.value && sound.value.is === 'there' ? sound.value.receiver : null))
  watch(
    receiver,
    (now, _before, onCleanup) => {
      if (!now) return
      onCleanup(speaker.play(now, (isHeard) => (listening.isHeard = isHeard)))
      onCleanup(() => (listening.isHeard = false))
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => listening.volume,
    (now) => speaker.setVolume(now),
  )

  const face = computed((): SoundFace | null => {
    if (!isListened.value) return null
    if (isDeaf.value) return { is: 'no-microphone' }
    const quiet = hush()
    if (quiet) return quiet
    if (sound.value.is === 'none') return { is: 'none' }
    return { is: receiver.value && listening.isHeard ? 'heard' : 'waiting' }
  })
  return { face, update }
}

const isSame = (one: TileSound, other: TileSound): boolean =>
  one.is === other.is && (one.is !== 'there' || other.is !== 'there' || one.receiver === other.receiver)

/** Nobody goes on listening to what is not seen: ends it with the tile, with its camera, and when it is away. */
export function useListeningEnds(place: () => string, camera: () => CameraRef | null, isSeen: () => boolean): void {
  const listening = useListening()
  watch(
    () => {
      const now = camera()
      return now && isSeen() ? `${place()} ${cameraKey(now)}` : null
    },
    () => listening.end(place()),
    { flush: 'sync' },
  )
  onScopeDispose(() => listening.end(place()))
}
