/** A span of time, epoch milliseconds. */
export interface Span {
  fromMs: number
  toMs: number
}

const MINUTE_MS = 60_000

/** What is offered for a bookmark, around the moment it is about. */
export function bookmarkSpans(atMs: number): Record<'around' | 'minute' | 'five' | 'quarter', Span> {
  const back = (minutes: number): Span => ({ fromMs: atMs - minutes * MINUTE_MS, toMs: atMs })
  return { around: { fromMs: atMs - 10_000, toMs: atMs + 30_000 }, minute: back(1), five: back(5), quarter: back(15) }
}

/** What is offered for an evidence lock, up to a moment. */
export function lockSpans(toMs: number): Record<'five' | 'quarter' | 'hour', Span> {
  const back = (minutes: number): Span => ({ fromMs: toMs - minutes * MINUTE_MS, toMs })
  return { five: back(5), quarter: back(15), hour: back(60) }
}

/** The name of the offered span that a form has, or `own`: fields know whole seconds only. */
export function nameOfSpan<Name extends string>(
  spans: Partial<Record<Name, Span>>,
  { fromMs, toMs }: Partial<Span>,
): Name | 'own' {
  const second = (ms: number | undefined) => ms !== undefined && Math.floor(ms / 1000)
  const found = (Object.entries(spans) as [Name, Span][]).find(
    ([, span]) => second(span.fromMs) === second(fromMs) && second(span.toMs) === second(toMs),
  )
  return found?.[0] ?? 'own'
}

export const keysOf = <Name extends string>(spans: Partial<Record<Name, Span>>): Name[] => Object.keys(spans) as Name[]
