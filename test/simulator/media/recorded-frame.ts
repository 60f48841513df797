/** Recordings have this rate, whatever the stream's: a recorded picture then has one number, whoever plays it. */
export const RECORDED_FRAMES_PER_SECOND = 15

/**
 * A recorded picture, as its strip names it. `counter`: the camera's number modulo 64 in the upper 6 bits, the picture's
 * number since 1970 modulo 1024 (68 s) in the lower 10. The strip's clock is `recordedMs` modulo 2^28, not the time of
 * sending. Knows no Node: tests may use it in a page.
 */
export interface RecordedFrame {
  counter: number
  /** When it was recorded, in whole ms since 1970. */
  recordedMs: number
}

/** When the picture of that number was recorded, in whole ms since 1970. */
export const timeOfFrame = (frame: number): number => Math.round((frame * 1000) / RECORDED_FRAMES_PER_SECOND)

/** The camera's picture of that number, counted from 1970. */
export const recordedFrame = (cameraNumber: number, frame: number): RecordedFrame => ({
  counter: ((cameraNumber & 63) << 10) | (frame % 1024),
  recordedMs: timeOfFrame(frame),
})

/** What a camera's strip says in the picture recorded at a moment, or last before it: camera and time alone decide. */
export const recordedFrameAt = (cameraNumber: number, atMs: number): RecordedFrame =>
  recordedFrame(cameraNumber, frameAt(atMs))

/** Number of the picture that stands at a moment; a picture's own time, rounded to whole ms, is in it. */
export const frameAt = (atMs: number): number => Math.floor(((atMs + 0.5) * RECORDED_FRAMES_PER_SECOND) / 1000)

/** Number of the first picture from a moment on. */
export const frameFrom = (atMs: number): number => Math.ceil(((atMs - 0.5) * RECORDED_FRAMES_PER_SECOND) / 1000)

/** Which camera (modulo 64) and which picture (modulo 1024) a counter out of a strip means. */
export const readCounter = (counter: number): { cameraNumber: number; frame: number } => ({
  cameraNumber: counter >> 10,
  frame: counter & 1023,
})
