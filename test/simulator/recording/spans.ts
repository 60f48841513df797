/** A stretch of time, in ms since 1970; the end is not in it. */
export interface Span {
  beginMs: number
  endMs: number
}

/** What of each lies within the bounds, in their order; what lies outside is left out. */
export const within = <T extends Span>(spans: readonly T[], beginMs: number, endMs: number): T[] =>
  spans
    .map((span) => ({ ...span, beginMs: Math.max(span.beginMs, beginMs), endMs: Math.min(span.endMs, endMs) }))
    .filter((span) => span.endMs > span.beginMs)

/** The same time said in the fewest stretches, oldest first: those that touch are one, and the first one's facts stay. */
export function joined<T extends Span>(spans: readonly T[]): T[] {
  const whole: T[] = []
  for (const span of spans.toSorted((one, other) => one.beginMs - other.beginMs)) {
    const last = whole.at(-1)
    if (last && span.beginMs <= last.endMs) last.endMs = Math.max(last.endMs, span.endMs)
    else whole.push({ ...span })
  }
  return whole
}

/** What of the first lies within the second; both are in order and apart from each other. One pass through both. */
export function common<T extends Span>(spans: readonly T[], others: readonly Span[]): T[] {
  const found: T[] = []
  let first = 0
  for (const span of spans) {
    while (first < others.length && others[first]!.endMs <= span.beginMs) first++
    for (let at = first; at < others.length && others[at]!.beginMs < span.endMs; at++) {
      found.push(...within([span], others[at]!.beginMs, others[at]!.endMs))
    }
  }
  return found
}
