import type { RecordingLimits } from '../../../src-preload/contract/models/recording.ts'

const USUAL_MINUTES = [1, 2, 5, 10, 15, 30, 60, 90, 120]

/** The lengths offered, seconds, shortest first: round ones within the limits, the usual one, and the longest there is. */
export function recordLengths({ defaultSeconds, minSeconds, maxSeconds }: RecordingLimits): number[] {
  const round = USUAL_MINUTES.map((minutes) => minutes * 60).filter((s) => s >= minSeconds && s <= maxSeconds)
  return [...new Set([...round, defaultSeconds, maxSeconds])].sort((a, b) => a - b)
}
