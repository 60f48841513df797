// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { PictureWish, RecordedPicture } from '../../../src-preload/contract/models/recorded-picture.ts'
import { useTimelinePicture, type MomentWish } from '../../../src-renderer/composables/useTimelinePicture.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'

const T0 = Date.parse('2026-11-26T12:00:00Z')
const camera = { siteId: 'north' as SiteId, cameraId: 'gate' as CameraId }
const other = { siteId: 'north' as SiteId, cameraId: 'yard' as CameraId }

interface Asked extends PictureWish {
  resolve: (picture: RecordedPicture | null) => void
  reject: (error: unknown) => void
}

let asked: Asked[]
let left: string[]
let scope: EffectScope
let undecodable: string[]
beforeEach(() => {
  asked = []
  left = []
  undecodable = []
  const bridge = new FakeBridge({
    findPicture(wish) {
      const { promise, resolve, reject } = pending<RecordedPicture | null>()
      asked.push({ ...wish, resolve, reject })
      return promise
    },
    leavePicture: async ({ wishId }) => void left.push(wishId),
  })
  vi.stubGlobal('bridge', bridge)
  vi.spyOn(HTMLImageElement.prototype, 'decode').mockImplementation(async function (this: HTMLImageElement) {
    if (undecodable.some((part) => this.src.includes(part))) throw new DOMException('no picture', 'EncodingError')
  })
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A pointer over a timeline. */
function pointer() {
  const wish = shallowRef<MomentWish | null>(null)
  scope = effectScope()
  const picture = scope.run(() => useTimelinePicture(() => wish.value))!
  const move = async (seconds: number | null, of = camera) => {
    wish.value = seconds === null ? null : { camera: of, atMs: T0 + seconds * 1_000 }
    await nextTick()
    await settled()
  }
  return { picture, move }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))
const moments = (): number[] => asked.map(({ at }) => (Date.parse(at) - T0) / 1_000)
const answerOf = (seconds: number): RecordedPicture => ({
  address: `snapshot://desk/${seconds}`,
  at: new Date(T0 + seconds * 1_000).toISOString(),
})
const shownAt = (seconds: number) => ({
  is: 'shown',
  address: `snapshot://desk/${seconds}`,
  atMs: T0 + seconds * 1_000,
})

async function answer(index: number, seconds: number | null): Promise<void> {
  asked[index]!.resolve(seconds === null ? null : answerOf(seconds))
  await settled()
}

describe('a picture for the pointer', () => {
  it('is looked for, and shown with its own moment', async () => {
    const { picture, move } = pointer()
    await move(10)
    expect([picture.value, moments()]).toEqual([{ is: 'looking' }, [10]])
    await answer(0, 7)
    expect(picture.value).toEqual(shownAt(7))
  })

  it('stays with its own moment until the next one is there', async () => {
    const { picture, move } = pointer()
    await move(10)
    await answer(0, 10)
    await move(20)
    expect(picture.value).toEqual(shownAt(10))
    await answer(1, 20)
    expect(picture.value).toEqual(shownAt(20))
  })

  it('while it moves two are asked for, and of the others only where it is by then', async () => {
    const { picture, move } = pointer()
    for (const seconds of [1, 2, 3, 4, 5]) await move(seconds)
    expect(moments()).toEqual([1, 2])
    await answer(0, 1)
    expect([picture.value, moments()]).toEqual([shownAt(1), [1, 2, 5]])
  })

  it('passed by a newer answer is called off, and changes nothing when it comes all the same', async () => {
    const { picture, move } = pointer()
    await move(1)
    await move(2)
    await answer(1, 2)
    expect(left).toEqual([asked[0]!.wishId])
    await answer(0, 1)
    expect(picture.value).toEqual(shownAt(2))
  })

  it('of another camera never stands for this one', async () => {
    const { picture, move } = pointer()
    await move(1)
    await answer(0, 1)
    await move(1, other)
    expect(picture.value).toEqual({ is: 'looking' })
    await move(2)
    expect(left).toEqual([asked[1]!.wishId])
  })

  it('is called off when the pointer leaves', async () => {
    const { picture, move } = pointer()
    await move(1)
    await move(null)
    await answer(0, 1)
    expect([left, picture.value]).toEqual([[asked[0]!.wishId], { is: 'looking' }])
  })

  it('that is none says up to when, and is looked for again further on', async () => {
    const { picture, move } = pointer()
    await move(10)
    await answer(0, null)
    await move(5)
    expect(picture.value).toEqual({ is: 'none', upToMs: T0 + 10_000 })
    await move(15)
    expect(picture.value).toEqual({ is: 'looking' })
  })

  it('that cannot be decoded is a failure, and not the one before it', async () => {
    const { picture, move } = pointer()
    await move(1)
    await answer(0, 1)
    undecodable = ['/2']
    await move(2)
    await answer(1, 2)
    expect(picture.value).toMatchObject({ is: 'failed', because: { kind: 'bad-answer' } })
  })

  it('of a recorder that does not answer is not asked for again at once, of another is', async () => {
    const { picture, move } = pointer()
    const because: Failure = { kind: 'not-pinned' }
    await move(1)
    asked[0]!.reject(new AppError(because))
    await settled()
    await move(2)
    expect([picture.value, moments()]).toEqual([{ is: 'failed', because }, [1]])
    await move(2, other)
    expect(moments()).toEqual([1, 2])
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 11_000)
    await move(3)
    expect(moments()).toEqual([1, 2, 3])
  })
})
