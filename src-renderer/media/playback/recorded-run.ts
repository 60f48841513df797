import { nowMs } from '../clock.ts'
import type { RecordedSession, RecordedWish } from './recorded-session.ts'

/** From which moment on a session stays on its frame, epoch milliseconds; `null` plays on. */
export type StayFrom = number | null

/** Stays on whatever frame comes first. */
export const ON_FIRST = -Infinity

/** A session that is shown or about to be, and what came of it so far. Instants are `nowMs()`. */
export interface Run {
  readonly session: RecordedSession
  /** To the object what was asked for: one made ahead was asked for by another. */
  readonly wish: RecordedWish
  stayFromMs: StayFrom
  readonly askedAtMs: number
  /** Since when it has its media. */
  mediaAtMs: number | null
  /** When its newest frame came, seen or only kept. */
  paintedAtMs: number | null
  isSeen: boolean
}

export const beginRun = (session: RecordedSession, wish: RecordedWish, stayFromMs: StayFrom): Run => ({
  session,
  wish,
  stayFromMs,
  askedAtMs: nowMs(),
  mediaAtMs: null,
  paintedAtMs: null,
  isSeen: false,
})

/** It runs behind the frame that is seen, to be stepped through. */
export const isFetching = ({ stayFromMs }: Run): boolean => stayFromMs !== null && stayFromMs !== ON_FIRST

/** A wish that was overtaken is not waited for longer. */
const OVERTAKEN_MS = 3_000

/** It took so long that what was asked for after it need not wait. */
export const isOverdue = ({ askedAtMs }: Run, now: number): boolean => now - askedAtMs > OVERTAKEN_MS

/** A session that has its media and sends no frame so long sends none for now: nothing may be recorded there. */
const SILENT_MS = 2_000
/** A step waits so long for its first frame, before it says that none came. */
const FETCH_MS = 10_000

/** Since when no frame comes; `null` where that is not long yet, or no media is there. */
export function silentSince(run: Run, now: number): number | null {
  const { mediaAtMs, paintedAtMs } = run
  if (mediaAtMs === null) return null
  const quietSinceMs = Math.max(mediaAtMs, paintedAtMs ?? 0)
  const patienceMs = isFetching(run) && paintedAtMs === null ? FETCH_MS : SILENT_MS
  return now - quietSinceMs < patienceMs ? null : quietSinceMs
}
