import { createSharedComposable } from '@vueuse/core'
import { computed } from 'vue'
import { mayDo, type May } from '../../../src-preload/contract/may-do.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { cameraKey, type CameraKey } from '../../stores/camera-list.ts'
import { useCameras } from '../../stores/cameras.ts'
import type { RecordingFace } from '../../stores/recording-face.ts'
import { useRecordings } from '../../stores/recordings.ts'
import { useSession } from '../../stores/session.ts'

/** A key hammered by a nervous hand must not end what it has just begun; a button says what it does, and is clicked twice. */
const SAME_PRESS_MS = { key: 3_000, button: 700 }

/** The same camera has a button in the top bar, one on its tile and a key: a press of one is a press of all. */
const usePresses = createSharedComposable(() => new Map<CameraKey, number>())

/** Recording a camera: whether it may be, what a press does now, and doing it. */
export function useRecordAction(of: () => CameraRef | null) {
  const cameras = useCameras()
  const session = useSession()
  const recordings = useRecordings()
  const pressedAtMs = usePresses()

  const camera = computed(of)
  const face = computed(() => (camera.value ? recordings.faces.get(cameraKey(camera.value)) : undefined))
  const may = computed((): May => (camera.value ? mayRecord(camera.value) : { ok: true }))

  function mayRecord(ref: CameraRef): May {
    const site = session.sites.find(({ id }) => id === ref.siteId)
    return site ? mayDo(site.capabilities, 'record', cameras.find(ref)?.camera) : { ok: true }
  }

  /** Only what was asked for here is stopped by the key: a rule's or a colleague's recording is not ours to end. */
  const stops = computed(() => isStoppable(face.value))

  function press(by: keyof typeof SAME_PRESS_MS): void {
    const ref = camera.value
    if (!ref || isSamePress(cameraKey(ref), SAME_PRESS_MS[by])) return
    if (stops.value) return void recordings.stop(ref) // that it could not be asked for is said in the status line
    start([ref])
  }

  /** Each camera says for itself what becomes of it. */
  function start(refs: readonly CameraRef[], seconds?: number): void {
    for (const ref of refs) {
      const allowed = mayRecord(ref)
      if (allowed.ok)
        void recordings.start(ref, seconds) // says itself what fails
      else recordings.refuse(ref, allowed.why)
    }
  }

  function isSamePress(key: CameraKey, withinMs: number): boolean {
    const nowMs = performance.now()
    const isSame = nowMs - (pressedAtMs.get(key) ?? -Infinity) < withinMs
    if (!isSame) pressedAtMs.set(key, nowMs)
    return isSame
  }

  return { camera, face, may, stops, press, start }
}

const isStoppable = (face: RecordingFace | undefined): boolean =>
  (face?.is === 'recording' && face.isOurs) || face?.is === 'requested' || face?.is === 'not-ended'
