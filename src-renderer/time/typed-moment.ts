/** Swedish writes moments as ISO does, with a space between. */
const face = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })

/** `2026-11-26 14:03:07`, in this computer's zone. */
export const momentText = (atMs: number): string => face.format(atMs)

/** A time without a day may lie so far ahead before it is taken for yesterday's. */
const AHEAD_MS = 3_600_000

const shape = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/**
 * What a person typed for a moment, in this computer's zone: `2026-11-26 14:03:07`, without its seconds, or only a time,
 * which is the last such time. Undefined where it is none, as on the 30th of February or in the hour a clock leaps over.
 */
export function typedMoment(text: string, nowMs: number): number | undefined {
  const [, year, month, day, hour, minute, second = '0'] = shape.exec(text.trim()) ?? []
  if (hour === undefined || minute === undefined) return undefined
  const time = [Number(hour), Number(minute), Number(second)] as const
  if (year !== undefined) return moment([Number(year), Number(month), Number(day)], time)
  const now = new Date(nowMs)
  const at = (days: number) => moment([now.getFullYear(), now.getMonth() + 1, now.getDate() + days], time)
  const today = at(0)
  return today !== undefined && today > nowMs + AHEAD_MS ? at(-1) : today
}

type Three = readonly [number, number, number]

function moment([year, month, day]: Three, [hour, minute, second]: Three): number | undefined {
  const at = new Date(year, month - 1, day, hour, minute, second)
  // A day before the first is one of the month before: that is meant. A time that is not kept was none.
  const isKept = at.getHours() === hour && at.getMinutes() === minute && at.getSeconds() === second
  const isDay = day < 1 || at.getDate() === day
  return isKept && isDay && month >= 1 && month <= 12 ? at.getTime() : undefined
}
