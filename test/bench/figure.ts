/** One measured number, judged against its limit. `limit: null` means it is shown and not judged. */
export interface Figure {
  name: string
  value: number
  unit: string
  limit: number | null
  ok: boolean
}

/** One thing `npm run bench` can measure; `npm run bench -- NAME` runs it alone. */
export interface Bench {
  name: string
  what: string
  run: (say: (line: string) => void) => Promise<Figure[]>
}

/** A number that has to stay at or below its limit. */
export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value: rounded(value), unit, limit, ok: value <= limit }
}

/** A number that explains another. */
export function shown(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, limit: null, ok: true }
}

/** The middle of a list; of two middles their mean. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) throw new Error('no values to take a median of')
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Three significant digits at most: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
