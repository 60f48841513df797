import type { KeepChoice, KeepFor, LockProfile } from '../../../src-preload/contract/models/evidence-lock.ts'

/**
 * What is offered where a server does not say what may be chosen: lengths that rooms keep evidence for. The server decides.
 */
const usual: readonly KeepChoice[] = [
  { type: 'days', units: 7 },
  { type: 'months', units: 1 },
  { type: 'months', units: 6 },
  { type: 'years', units: 1 },
  { type: 'until' },
  { type: 'indefinite' },
]

/** Every choice once. Which of several profiles is the user's the server does not say: what any of them has is offered. */
export function choicesOf(profiles: readonly LockProfile[]): { choices: readonly KeepChoice[]; isTold: boolean } {
  const told = new Map(profiles.flatMap(({ choices }) => choices.map((choice) => [JSON.stringify(choice), choice])))
  return told.size > 0 ? { choices: [...told.values()], isTold: true } : { choices: usual, isTold: false }
}

/** What is asked for, out of a choice and what was typed beside it; undefined while that does not hold. */
export function keepForOf(
  choice: KeepChoice | undefined,
  typed: { units: string; untilMs: number | undefined; nowMs: number },
): KeepFor | undefined {
  if (!choice) return undefined
  if (choice.type === 'indefinite') return { type: 'indefinite' }
  if (choice.type === 'until') {
    const { untilMs, nowMs } = typed
    return untilMs === undefined || untilMs <= nowMs
      ? undefined
      : { type: 'until', until: new Date(untilMs).toISOString() }
  }
  const units = choice.units ?? (/^\d{1,5}$/.test(typed.units.trim()) ? Number(typed.units) : 0)
  return units >= 1 && units <= 10_000 ? { type: choice.type, units } : undefined
}
