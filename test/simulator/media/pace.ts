import { GROUP_LENGTH } from './clips/encode.ts'

/** Faster than this only key pictures are sent: no client decodes 32 times 15 pictures a second. */
const FASTEST_WHOLE = 2

/** How a stream passes through its clip. */
export interface Pace {
  /** Between pictures, by the wall clock. */
  everyMs: number
  /** Only pictures that need no other. */
  isKeysOnly: boolean
}

/** At `speed` 1 each picture in its time; what the real server leaves out at higher speeds is not known [?]. */
export function paceOf(framesPerSecond: number, speed: number): Pace {
  const isKeysOnly = speed > FASTEST_WHOLE
  const mediaStepMs = (1000 / framesPerSecond) * (isKeysOnly ? GROUP_LENGTH : 1)
  return { everyMs: mediaStepMs / speed, isKeysOnly }
}
