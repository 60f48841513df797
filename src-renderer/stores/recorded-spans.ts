/** From when to when, epoch milliseconds: the first is in it, the last is not. */
export interface Span {
  readonly beginMs: number
  readonly endMs: number
}

/** Spans in order of time that neither touch nor overlap. */
export type Spans = readonly Span[]

/** All that is in one, the other, or both. */
export function together(a: Spans, b: Spans): Span[] {
  const merged: Span[] = []
  for (const span of [...a, ...b].sort((one, other) => one.beginMs - other.beginMs)) {
    const last = merged.at(-1)
    if (last && span.beginMs <= last.endMs)
      merged[merged.length - 1] = { beginMs: last.beginMs, endMs: Math.max(last.endMs, span.endMs) }
    else if (span.endMs > span.beginMs) merged.push(span)
  }
  return merged
}

/** The span a moment is in. */
export function spanAt(spans: Spans, atMs: number): Span | undefined {
  const after = firstAfter(spans, atMs)
  const span = spans[after - 1]
  return span && atMs < span.endMs ? span : undefined
}

/** The place of the first span that begins after a moment. */
export function firstAfter(spans: Spans, atMs: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.beginMs <= atMs) low = middle + 1
    else high = middle
  }
  return low
}

/** What of a span is in none of the others. */
export function without(span: Span, others: Spans): Span[] {
  const rest: Span[] = []
  let beginMs = span.beginMs
  for (const other of others) {
    if (other.endMs <= beginMs || other.beginMs >= span.endMs) continue
    if (other.beginMs > beginMs) rest.push({ beginMs, endMs: other.beginMs })
    beginMs = other.endMs
  }
  if (beginMs < span.endMs) rest.push({ beginMs, endMs: span.endMs })
  return rest
}
