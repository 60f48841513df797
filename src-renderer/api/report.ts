import { ask } from './ask.ts'

/** What the door lets through (security.md 4.7). */
const LINE_LIMIT = 8192
const SCOPE_LIMIT = 40

/** Lines that tell of nothing wrong wait so long: the calls that a picture waits for go first. */
const SOON_MS = 250

interface Line {
  level: 'error' | 'warn' | 'info'
  scope: string
  line: string
}
let waiting: Line[] = []

/**
 * Writes a line into main's log, in the order of the calls. A line that cannot be delivered is dropped: there is nowhere
 * else to say so.
 */
export function report(level: Line['level'], scope: string, line: string): void {
  waiting.push({ level, scope: scope.slice(0, SCOPE_LIMIT), line: line.slice(0, LINE_LIMIT) })
  if (level !== 'info') send()
  else if (waiting.length === 1) setTimeout(send, SOON_MS)
}

function send(): void {
  const lines = waiting
  waiting = []
  for (const line of lines) ask('report', line).catch(() => {})
}
