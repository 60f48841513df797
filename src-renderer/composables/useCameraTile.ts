import { useDevicePixelRatio, useIntersectionObserver } from '@vueuse/core'
import { onScopeDispose, shallowReadonly, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { TileSize } from '../media/choose-stream.ts'
import type { Priority } from '../media/site-gate.ts'
import type { SessionStats } from '../media/stats.ts'
import { TilePicture } from '../media/tile-picture.ts'
import type { TileState } from '../media/tile-state.ts'
import { useMedia } from './useMedia.ts'
import { useTileSound, type SoundFace } from './useTileSound.ts'

export type { TileState } from '../media/tile-state.ts'

/** What a tile gets to draw its camera. */
export interface CameraTile {
  /** Goes to the `<video>` of the template, which fills a positioned element and has no background of its own. */
  video: Ref<HTMLVideoElement | null>
  state: Readonly<ShallowRef<TileState>>
  /** When a frame was last seen, by `nowMs()` of `media/clock.ts`. Not reactive: ask when you draw. */
  lastFrameAtMs: () => number | null
  /** The video whose picture is seen. Not reactive. */
  seenVideo: () => HTMLVideoElement | null
  /** Filled while the sampler runs. Not reactive either. */
  stats: () => SessionStats | null
  /** What it says of its sound; `null` where nobody listens. */
  sound: ComputedRef<SoundFace | null>
  /** The operator asks again. */
  retry: () => void
}

/** The word "live" may come so much after the picture. Drawn with each first frame, it would hold up those of the others. */
const LIVE_AFTER_MS = 50
const inAMoment = together(LIVE_AFTER_MS)

/** Does what is wished within this time in one go at its end. */
function together(delayMs: number): (act: () => void) => void {
  let wishes: (() => void)[] = []
  const actOnAll = () => {
    const due = wishes
    wishes = []
    for (const act of due) act()
  }
  return (act) => {
    if (wishes.length === 0) setTimeout(actOnAll, delayMs)
    wishes.push(act)
  }
}

/** What a tile says of itself. */
export interface TileWish {
  camera: () => CameraRef | null
  /** CSS pixels. */
  size: () => TileSize
  priority?: () => Priority
  /** What the log calls the camera. */
  name?: () => string
  /** Where it is listened to, as `soundPlace` says. */
  soundPlace: () => string
  /** The screen it stands on is the present one. */
  isShown?: () => boolean
}

/**
 * The picture of one tile.
 *
 * A tile that is on no screen holds no session; another stream is taken without a black moment when the size asks for it.
 */
export function useCameraTile({
  camera,
  size,
  priority = () => 'visible',
  name = () => camera()?.cameraId ?? '',
  soundPlace,
  isShown = () => true,
}: TileWish): CameraTile {
  const { pool, catalogue } = useMedia()
  const video = shallowRef<HTMLVideoElement | null>(null)
  const state = shallowRef<TileState>({ phase: 'empty' })
  let latest = state.value
  let heard: ReturnType<typeof useTileSound> | null = null
  const tell = (now: TileState): void => {
    heard?.update()
    // A session says more than its tile shows: what looks the same is not drawn anew.
    if (JSON.stringify(now) === JSON.stringify(latest)) return
    latest = now
    if (now.phase !== 'live') state.value = now
    else inAMoment(() => latest === now && (state.value = now))
  }
  const picture = new TilePicture({ pool, catalogue, onState: tell })
  heard = useTileSound({
    place: soundPlace,
    // While its screen is away, or it plays back, the sound is not this picture's.
    camera: () => (isShown() ? camera() : null),
    listen: (on) => picture.listen(on),
    sound: () => picture.sound,
  })
  const { pixelRatio } = useDevicePixelRatio()

  watch(
    () => {
      const { widthPx, heightPx } = size()
      return { widthPx: widthPx * pixelRatio.value, heightPx: heightPx * pixelRatio.value }
    },
    (now) => picture.resize(now),
    { immediate: true },
  )
  // Before the camera: a tile made while its screen is away opens nothing. One that comes back is believed at once, as the
  // observer below looks only after the next layout.
  watch(isShown, (now) => picture.setVisible(now), { immediate: true })
  watch(priority, (now) => picture.prioritise(now), { immediate: true })
  watch(
    camera,
    (now) => picture.show(now && { camera: { siteId: now.siteId, cameraId: now.cameraId }, name: name() }),
    { immediate: true },
  )
  watch(video, (now) => picture.bind(now), { flush: 'sync' })
  useIntersectionObserver(
    () => video.value?.parentElement,
    (entries) => picture.setVisible(isShown() && (entries.at(-1)?.isIntersecting ?? true)),
  )
  onScopeDispose(() => picture.dispose())

  return {
    video,
    state: shallowReadonly(state),
    lastFrameAtMs: () => picture.lastFrameAtMs,
    seenVideo: () => picture.seenVideo,
    stats: () => picture.stats,
    sound: heard.face,
    retry: () => picture.retry(),
  }
}
