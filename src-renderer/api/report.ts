import { ask } from './ask.ts'

/** What the door lets through (security.md 4.7). */
const LINE_LIMIT = 8192
const SCOPE_LIMIT = 40

/** Writes a line into main's log. A line that cannot be delivered is dropped: there is nowhere else to say so. */
export function report(level: 'error' | 'warn' | 'info', scope: string, line: string): void {
  ask('report', { level, scope: scope.slice(0, SCOPE_LIMIT), line: line.slice(0, LINE_LIMIT) }).catch(() => {})
}
