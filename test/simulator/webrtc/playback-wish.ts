import { serverTime } from '../config/dates.ts'

/** From which moment on, how fast and with or without gaps a recording is wanted. */
export interface PlaybackWish {
  startAtMs: number
  speed: number
  skipGaps: boolean
}

/** The server plays no faster (xprotect-api.md 3.2). [D] that 0 and less are refused is [V PROTO], the words are [?] */
const FASTEST = 32

/** What a client said of playback; live where it named no time. Values of the wrong kind are refused, as .NET does. [?] */
export function readPlayback(said: {
  time: unknown
  speed: unknown
  skipGaps: unknown
}): PlaybackWish | 'live' | { wrong: string } {
  const { time, speed, skipGaps } = { ...said, speed: said.speed ?? 1, skipGaps: said.skipGaps ?? false }
  if (time === undefined || time === null || time === '') return 'live'
  const written = serverTime(time)
  if (written === undefined) return { wrong: 'The playback time could not be parsed.' }
  if (typeof speed !== 'number' || typeof skipGaps !== 'boolean') {
    return { wrong: 'The JSON value could not be converted.' }
  }
  if (!(speed > 0 && speed <= FASTEST)) return { wrong: `The playback speed must be above 0 and at most ${FASTEST}.` }
  return { startAtMs: Date.parse(written), speed, skipGaps }
}
