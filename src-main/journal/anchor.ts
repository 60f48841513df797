import { z } from 'zod'
import type { Entry } from './chain.ts'

/** Where the head of a trail is kept beside the trail: another file, a sealed record. */
export interface SecondPlace {
  /** Undefined where nothing was ever kept. */
  read: () => Promise<string | undefined>
  write: (text: string) => Promise<void>
}

/** A line the trail is known to hold. A chain alone does not show that its end was cut off (security.md 4.4). */
const Anchor = z.object({ line: z.int().positive(), hash: z.string(), at: z.string() })

export const anchorText = (line: number, hash: string, nowMs: number): string =>
  JSON.stringify({ line, hash, at: new Date(nowMs).toISOString() })

/** Its first line and that of the first start: a program that was killed this early had kept no anchor yet. */
const LINES_OF_A_FIRST_START = 2

/** What is wrong with a trail as its anchor knows it; undefined where nothing is. */
export function anchorProblem(text: string | undefined, entries: readonly Entry[], lines: number): string | undefined {
  if (text === undefined)
    return lines > LINES_OF_A_FIRST_START ? 'what it was last known to hold is not there to compare it with' : undefined
  const anchor = anchorIn(text)
  if (!anchor) return 'what it was last known to hold cannot be read'
  if (lines < anchor.line) return `of the ${anchor.line} lines it had at ${anchor.at} there are ${lines}`
  const held = entries.find(({ line }) => line === anchor.line)
  return held?.hash === anchor.hash ? undefined : `its line ${anchor.line} is not the one it had at ${anchor.at}`
}

function anchorIn(text: string): z.infer<typeof Anchor> | undefined {
  try {
    return Anchor.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
