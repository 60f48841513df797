import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { ask } from '../api/ask.ts'
import { cameraKey, type CameraKey } from './camera-list.ts'

/** How loud, from 0 to 1, the loudest first. */
const LOUDNESS = [1, 0.5, 0.2] as const

/** Where somebody listens: a tile, by its slot or its index, of a screen. */
export const soundPlace = (screen: 'live' | 'playback', tile: number): string => `${screen} ${tile}`

/** Which one tile is listened to, how loud, and which cameras have a microphone. Nobody listens until a person wants it. */
export const useListening = defineStore('listening', () => {
  const place = shallowRef<string | null>(null)
  const isHeard = shallowRef(false)
  const step = shallowRef(0)
  const microphones = shallowRef<ReadonlyMap<CameraKey, boolean>>(new Map())
  const asked = new Map<CameraKey, Promise<void>>()

  /** Ends where it is that place that is listened to. */
  function end(at: string): void {
    if (place.value === at) place.value = null
  }

  /** Listens there instead of anywhere else, or nowhere any more. */
  function toggle(at: string, camera: CameraRef | null): void {
    if (place.value === at) return end(at)
    if (!camera) return
    isHeard.value = false
    place.value = at
    look(camera)
  }

  /** Asks once whether a camera has a microphone. Where no answer comes it is not known, and may be asked again. */
  function look({ siteId, cameraId }: CameraRef): void {
    const key = cameraKey({ siteId, cameraId })
    if (asked.has(key)) return
    const note = async (): Promise<void> => {
      const found = await ask('listMicrophones', { siteId, cameraIds: [cameraId] })
      microphones.value = new Map(microphones.value).set(key, found.length > 0)
    }
    asked.set(
      key,
      note().catch(() => void asked.delete(key)), // listening finds out by itself
    )
  }

  return {
    place: shallowReadonly(place),
    /** Packets of sound arrive from it. */
    isHeard,
    volume: computed(() => LOUDNESS[step.value] ?? 1),
    toggle,
    end,
    look,
    /** Undefined where it is not known. */
    hasMicrophone: (camera: CameraRef): boolean | undefined => microphones.value.get(cameraKey(camera)),
    /** Softer by a step; after the softest as loud as it goes. */
    nextVolume: () => void (step.value = (step.value + 1) % LOUDNESS.length),
    /** A site's cameras were read anew: an administrator may have set microphones beside them. */
    forget() {
      asked.clear()
    },
  }
})
