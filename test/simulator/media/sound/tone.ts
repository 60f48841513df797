/** What a session sounds like: two tones, one for the camera and one for the second. Both have whole periods in a block. */
interface Tone {
  cameraHz: number
  secondHz: number
}

/** Which camera (modulo 16) and which second since 1970 (modulo 20) a sound tells of. */
export interface HeardTone {
  camera: number
  second: number
}

const CAMERAS = 16
const SECONDS = 20
/** All of it below 3400 Hz, and all multiples of 50 Hz: a block of 20 ms then begins as the one before did. */
const cameraHz = (camera: number): number => 400 + 50 * camera
const secondHz = (second: number): number => 1_400 + 100 * second

/** What is heard of a camera at a moment, in ms since 1970: camera and time alone decide. */
export const heardAt = (cameraNumber: number, atMs: number): HeardTone => ({
  camera: cameraNumber % CAMERAS,
  second: Math.floor(atMs / 1000) % SECONDS,
})

export const toneOf = ({ camera, second }: HeardTone): Tone => ({
  cameraHz: cameraHz(camera),
  secondHz: secondHz(second),
})

/** A tone stands so far above all others of its kind, in decibels: at the turn of a second there are two, and none is read. */
const ABOVE_OTHERS_DB = 12
/** Nothing below it is a sound, in decibels of the loudest. */
const FAINTEST_DB = -60

/**
 * Reads a spectrum, decibels by bin, as an AnalyserNode gives it; `null` where it holds no tone, or no clear one. Knows no
 * Node: tests may use it in a page.
 */
export function readTone(decibels: ArrayLike<number>, binHz: number): HeardTone | null {
  const level = (hz: number): number => {
    const bin = Math.round(hz / binHz)
    return Math.max(decibels[bin - 1] ?? -Infinity, decibels[bin] ?? -Infinity, decibels[bin + 1] ?? -Infinity)
  }
  const camera = clearest(Array.from({ length: CAMERAS }, (_, at) => level(cameraHz(at))))
  const second = clearest(Array.from({ length: SECONDS }, (_, at) => level(secondHz(at))))
  return camera === null || second === null ? null : { camera, second }
}

function clearest(levels: readonly number[]): number | null {
  const [first, second] = levels.map((level, at) => ({ level, at })).sort((one, other) => other.level - one.level)
  if (!first || first.level < FAINTEST_DB) return null
  return first.level - (second?.level ?? -Infinity) >= ABOVE_OTHERS_DB ? first.at : null
}
