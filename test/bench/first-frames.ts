import type { Page } from '@playwright/test'

/** What the page is asked to time: from an input event to so many pictures painted. */
export interface FirstFrames {
  event: 'keydown' | 'click' | 'dblclick'
  pictures: number
  /** Only a picture that arrived since counts: the video was showing another, and may be called for that once more. */
  isArriving?: boolean
}

interface WatchedPage {
  firstFrames: { arm: (wish: FirstFrames) => void; painted: Promise<number[]> }
}

/** Puts the watcher into the page. Once per page, before anything is timed. */
export const watchFirstFrames = (page: Page): Promise<void> => page.evaluate(watcher)

/**
 * Acts as a person does, and gives for each picture the milliseconds from the input event to its first painted frame, in
 * the order they were painted. Both instants are the page's own, so nothing of the tools between is counted.
 */
export async function framesAfter(page: Page, wish: FirstFrames, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate((now) => (window as unknown as WatchedPage).firstFrames.arm(now), wish)
  await act()
  return page.evaluate(() => (window as unknown as WatchedPage).firstFrames.painted)
}

/** Runs inside the page: it may use nothing from this file. */
function watcher(): void {
  const patienceMs = 10_000
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')!
  /** False where that picture is not what is waited for. */
  let onPainted: (video: HTMLVideoElement, receivedAtMs: number | undefined) => boolean = () => true

  function watch(video: HTMLVideoElement, stream: MediaStream): void {
    video.requestVideoFrameCallback((_now, { receiveTime }) => {
      if (!onPainted(video, receiveTime) && video.srcObject === stream) watch(video, stream)
    })
  }

  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(this: HTMLVideoElement, stream: MediaStream | null) {
      source.set!.call(this, stream)
      if (stream) watch(this, stream)
    },
  })

  const firstFrames = {
    painted: Promise.resolve([] as number[]),
    arm({ event, pictures, isArriving = false }: FirstFrames): void {
      let beganMs: number | null = null
      const began = ({ isTrusted, timeStamp }: Event): void => {
        if (isTrusted) beganMs = timeStamp
      }
      window.addEventListener(event, began, { capture: true, once: true })
      firstFrames.painted = new Promise((resolve, reject) => {
        const times = new Map<HTMLVideoElement, number>()
        const tooLong = () => reject(new Error(`${times.size} of ${pictures} pictures were painted`))
        const timer = setTimeout(tooLong, patienceMs)
        onPainted = (video, receivedAtMs) => {
          if (beganMs === null) return true
          if (isArriving && (receivedAtMs === undefined || receivedAtMs < beganMs)) return false
          times.set(video, performance.now() - beganMs)
          if (times.size < pictures) return true
          clearTimeout(timer)
          resolve([...times.values()])
          return true
        }
      })
      firstFrames.painted.catch(() => undefined) // it may fail before anybody asks
    },
  }
  Object.assign(window, { firstFrames })
}
