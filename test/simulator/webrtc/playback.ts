import { property } from '../http/call.ts'

/** What a session of a recording was asked with. */
export interface PlaybackWish {
  startAtMs: number
  /** Above 0 and up to 32; 1 if nothing is said. [V PROTO] */
  speed: number
  skipGaps: boolean
}

interface Names {
  time: string
  speed: string
}

const byRest: Names = { time: 'playbackTime', speed: 'speed' }
const bySocket: Names = { time: 'playbackTime', speed: 'playbackSpeed' }

/** From `playbackTimeNode` of a REST session; `null` is live: absent, or with an empty time. [V PROTO] */
export const playbackOfNode = (node: unknown): PlaybackWish | 'malformed' | null =>
  typeof node === 'object' && node !== null ? playbackIn(node as Record<string, unknown>, byRest) : null

/** From the params of `connect` on the socket. [V PROTO] */
export const playbackOfParams = (params: Record<string, unknown>): PlaybackWish | 'malformed' | null =>
  playbackIn(params, bySocket)

function playbackIn(object: Record<string, unknown>, names: Names): PlaybackWish | 'malformed' | null {
  const time = property(object, names.time)
  if (time === undefined || time === null || time === '') return null
  const startAtMs = typeof time === 'string' ? Date.parse(time) : Number.NaN
  const speed = property(object, names.speed) ?? 1
  if (Number.isNaN(startAtMs) || typeof speed !== 'number' || !(speed > 0 && speed <= 32)) return 'malformed'
  return { startAtMs, speed, skipGaps: property(object, 'skipGaps') === true }
}
