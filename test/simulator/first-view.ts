import type { Picture } from './media/index.ts'
import type { Site, SiteCamera } from './start.ts'

/** As many tiles as a newcomer's first view has at most. */
const FIRST_VIEW_CAMERAS = 16

/** The small streams of the first cameras: what a client shows first. Nobody waits for more than these. */
export function firstView(site: Site): Picture[] {
  return picturesOf(site.cameras.slice(0, FIRST_VIEW_CAMERAS)).filter(({ stream }) => stream.name === 'Sub')
}

/** Everything a session can ask for; small streams first: they are quicker to make and the more wanted. */
export function allPictures(site: Site): Picture[] {
  return picturesOf(site.cameras).toSorted((one, other) => one.stream.widthPx - other.stream.widthPx)
}

/** Cameras with the same view have the same pictures: each once. */
function picturesOf(cameras: readonly SiteCamera[]) {
  const plain = cameras.filter(({ purpose }) => purpose === 'plain')
  const pictures = plain.flatMap((camera) => camera.streams.map((stream) => ({ camera, stream })))
  const keyed = pictures.map((picture) => {
    const { camera, stream } = picture
    return [`${camera.scene} ${camera.variant} ${stream.widthPx} ${stream.codec}`, picture] as const
  })
  return [...new Map(keyed).values()]
}
