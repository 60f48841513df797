import { scaleLinear } from 'd3-scale'
import { utcTickInterval } from 'd3-time'
import { Temporal } from 'temporal-polyfill'
import type { Span } from './ranges.ts'

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
/** The least and the most a timeline shows. */
export const LEAST_MS = 60_000
export const MOST_MS = 366 * DAY_MS

/** A piece of time laid over so many pixels. */
export interface Scale {
  readonly span: Span
  readonly widthPx: number
  /** Where a moment lies. */
  x: (atMs: number) => number
  /** Which moment lies there. */
  at: (px: number) => number
}

export function scaleOf(span: Span, widthPx: number): Scale {
  const scale = scaleLinear([span.beginMs, span.endMs], [0, widthPx])
  return { span, widthPx, x: (atMs) => scale(atMs), at: (px) => scale.invert(px) }
}

/** Shows `factor` times as much time, between a minute and a year, and leaves the moment at a pixel where it is. */
export function zoomed({ span, widthPx, at }: Scale, factor: number, aboutPx: number): Span {
  const lengthMs = span.endMs - span.beginMs
  const newLengthMs = Math.min(Math.max(lengthMs * factor, LEAST_MS), MOST_MS)
  const beginMs = at(aboutPx) - newLengthMs * (aboutPx / widthPx)
  return { beginMs, endMs: beginMs + newLengthMs }
}

/** Moved by so many pixels; more than nothing is later. */
export function panned({ span, widthPx }: Scale, byPx: number): Span {
  const byMs = (byPx * (span.endMs - span.beginMs)) / widthPx
  return { beginMs: span.beginMs + byMs, endMs: span.endMs + byMs }
}

/** As much time as before, with a moment in the middle. */
export function centred({ beginMs, endMs }: Span, atMs: number): Span {
  const half = (endMs - beginMs) / 2
  return { beginMs: atMs - half, endMs: atMs + half }
}

/** Moments to write a time at, `apartPx` or so from each other, where clocks of the zone show something round. */
export function ticksOf({ span, widthPx }: Scale, zone: string, apartPx: number): number[] {
  const interval = utcTickInterval(new Date(span.beginMs), new Date(span.endMs), Math.max(1, widthPx / apartPx))!
  const ticks: number[] = []
  let untilWallMs = Infinity
  for (const { beginMs, endMs, offsetMs } of evenParts(span, zone)) {
    const wallMs = beginMs + offsetMs
    // A round time that clocks leapt over is shown where they went on: a day may begin at 01:00.
    if (interval.range(new Date(untilWallMs), new Date(wallMs)).length > 0) ticks.push(beginMs)
    const round = interval.range(new Date(wallMs), new Date(endMs + offsetMs)).map((date) => date.getTime() - offsetMs)
    ticks.push(...(round[0] === ticks.at(-1) ? round.slice(1) : round))
    untilWallMs = endMs + offsetMs
  }
  return ticks
}

/** A span cut where clocks are put forward or back; `offsetMs`: what they show minus UTC. */
export function evenParts(span: Span, zone: string): (Span & { offsetMs: number })[] {
  const parts: (Span & { offsetMs: number })[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(Math.floor(span.beginMs)).toZonedDateTimeISO(zone)
  let beginMs = span.beginMs
  while (beginMs < span.endMs) {
    const change = at.getTimeZoneTransition('next')
    const endMs = Math.min(change?.epochMilliseconds ?? Infinity, span.endMs)
    parts.push({ beginMs, endMs, offsetMs: at.offsetNanoseconds / 1e6 })
    if (!change) break
    beginMs = endMs
    at = change
  }
  return parts
}
