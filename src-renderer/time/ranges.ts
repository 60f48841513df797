/** From when to when, epoch milliseconds: the first is in it, the last is not. */
export interface Span {
  readonly beginMs: number
  readonly endMs: number
}

/** Spans in order of time that neither touch nor overlap, none of them empty: what `merge` makes. */
export type Spans = readonly Span[]

/** All that is in any of these, in whatever order they come and however they overlap. */
export function merge(spans: Iterable<Span>): Span[] {
  const sorted = [...spans].filter(({ beginMs, endMs }) => endMs > beginMs).sort((a, b) => a.beginMs - b.beginMs)
  const merged: Span[] = []
  for (const span of sorted) {
    const last = merged.at(-1)
    if (!last || span.beginMs > last.endMs) merged.push(span)
    else if (span.endMs > last.endMs) merged[merged.length - 1] = { beginMs: last.beginMs, endMs: span.endMs }
  }
  return merged
}

/** What of these lies within one span. */
export function clip(spans: Spans, { beginMs, endMs }: Span): Span[] {
  const clipped: Span[] = []
  for (let at = firstEndingAfter(spans, beginMs); at < spans.length; at++) {
    const span = spans[at]!
    if (span.beginMs >= endMs) break
    const part = { beginMs: Math.max(span.beginMs, beginMs), endMs: Math.min(span.endMs, endMs) }
    if (part.endMs > part.beginMs) clipped.push(part)
  }
  return clipped
}

/** What is in both. */
export const intersect = (some: Spans, others: Spans): Span[] => others.flatMap((other) => clip(some, other))

/** What of one span is in none of these. */
export function holes(spans: Spans, { beginMs, endMs }: Span): Span[] {
  const found: Span[] = []
  let fromMs = beginMs
  for (const part of clip(spans, { beginMs, endMs })) {
    if (part.beginMs > fromMs) found.push({ beginMs: fromMs, endMs: part.beginMs })
    fromMs = part.endMs
  }
  if (endMs > fromMs) found.push({ beginMs: fromMs, endMs })
  return found
}

/** What is in the first and not in the second. */
export const subtract = (some: Spans, others: Spans): Span[] => some.flatMap((span) => holes(others, span))

/** The place of the first span that is not over at a moment; their number where all are. */
export function firstEndingAfter(spans: Spans, atMs: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.endMs <= atMs) low = middle + 1
    else high = middle
  }
  return low
}

/** The span a moment is in. */
export function spanAt(spans: Spans, atMs: number): Span | undefined {
  const span = spans[firstEndingAfter(spans, atMs)]
  return span && span.beginMs <= atMs ? span : undefined
}
