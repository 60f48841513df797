import { typedFace, typedTime } from './typed-time.ts'

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** `2026-11-26 14:03:07`, in this computer's zone. */
export const momentText = typedFace(ownZone)

/**
 * What a person typed for a moment, in this computer's zone, as `typedTime` reads it: of a time that was twice the first.
 * Undefined where it is none, as on the 30th of February or in the hour a clock leaps over.
 */
export function typedMoment(text: string, nowMs: number): number | undefined {
  const read = typedTime(text, ownZone, nowMs)
  if (read.is === 'twice') return read.firstMs
  return read.is === 'moment' ? read.atMs : undefined
}
