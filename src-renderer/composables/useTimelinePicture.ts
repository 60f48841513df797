import { onScopeDispose, shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { ask } from '../api/ask.ts'
import { cameraKey, type CameraKey } from '../stores/camera-list.ts'

/** The last picture of a camera up to a moment, epoch milliseconds by the server's clock. */
export interface MomentWish {
  camera: CameraRef
  atMs: number
}

/** What there is to show for it. */
export type TimelinePicture =
  | { is: 'looking' }
  /** It stays until the next one is there: `atMs` is its own moment, whatever is asked for meanwhile. */
  | { is: 'shown'; address: string; atMs: number }
  /** Nothing is recorded up to this moment. */
  | { is: 'none'; upToMs: number }
  | { is: 'failed'; because: Failure }

/** One is on its way, and one is asked for where the pointer is by now. */
const AT_ONCE = 2
/** A camera whose recorder does not answer is not asked again before. */
const REST_MS = 10_000

interface Asking {
  wishId: string
  key: CameraKey
}

/**
 * Follows a moving wish with pictures. Wishes that cannot be asked at once collapse to the newest; what an answer has
 * passed by, and what nobody points at any more, is called off.
 */
export function useTimelinePicture(wish: () => MomentWish | null): Readonly<ShallowRef<TimelinePicture>> {
  const shown = shallowRef<TimelinePicture>({ is: 'looking' })
  const resting = new Map<CameraKey, { untilMs: number; because: Failure }>()
  /** Oldest first. */
  let asking: Asking[] = []
  let newest: MomentWish | null = null
  let camera: CameraKey | null = null

  function want(wanted: MomentWish | null): void {
    const key = wanted && cameraKey(wanted.camera)
    if (key !== camera) {
      camera = key
      leave(asking)
      shown.value = { is: 'looking' }
    }
    newest = wanted
    if (wanted && shown.value.is === 'none' && wanted.atMs > shown.value.upToMs) shown.value = { is: 'looking' }
    const rest = key && resting.get(key)
    if (rest && rest.untilMs > Date.now()) {
      newest = null
      shown.value = { is: 'failed', because: rest.because }
    }
    next()
  }

  function next(): void {
    if (!newest || asking.length >= AT_ONCE) return
    const wanted = newest
    newest = null
    void read(wanted) // never rejects
  }

  async function read({ camera: { siteId, cameraId }, atMs }: MomentWish): Promise<void> {
    const mine: Asking = { wishId: crypto.randomUUID(), key: cameraKey({ siteId, cameraId }) }
    asking = [...asking, mine]
    const isLeft = (): boolean => !asking.includes(mine)
    try {
      const camera = { siteId, cameraId }
      const picture = await ask('findPicture', { wishId: mine.wishId, camera, at: new Date(atMs).toISOString() })
      if (picture && !isLeft()) await canBeSeen(picture.address)
      if (isLeft()) return
      leave(asking.slice(0, asking.indexOf(mine)))
      shown.value = picture
        ? { is: 'shown', address: picture.address, atMs: Date.parse(picture.at) }
        : { is: 'none', upToMs: atMs }
    } catch (error) {
      if (isLeft()) return
      const because = failureOf(error)
      resting.set(mine.key, { untilMs: Date.now() + REST_MS, because })
      newest = null
      leave(asking.filter((one) => one !== mine))
      shown.value = { is: 'failed', because }
    } finally {
      asking = asking.filter((one) => one !== mine)
      next()
    }
  }

  function leave(passed: readonly Asking[]): void {
    asking = asking.filter((one) => !passed.includes(one))
    for (const { wishId } of passed) ask('leavePicture', { wishId }).catch(() => {}) // it only ends a little later
  }

  watch(
    () => {
      const wanted = wish()
      return wanted && `${cameraKey(wanted.camera)} ${wanted.atMs}`
    },
    () => want(wish()),
    { immediate: true },
  )
  onScopeDispose(() => want(null))
  return shallowReadonly(shown)
}

/** The picture is decoded before its time is told, so that the one before never stands under it. */
async function canBeSeen(address: string): Promise<void> {
  const image = new Image()
  image.src = address
  try {
    await image.decode()
  } catch (cause) {
    throw new AppError({ kind: 'bad-answer', call: 'JPEGGetAtOrBefore', what: 'shape' }, { cause })
  }
}
