import type { Say } from '../../locales/words.ts'

/** A guess from above: few cameras send more than 8 megabits a second. */
const BYTES_PER_MS = 1_000

/** What a span of so many cameras may need of a disk, bytes. */
export const needOf = ({ fromMs, toMs }: { fromMs: number; toMs: number }, cameras: number): number =>
  Math.ceil((toMs - fromMs) * BYTES_PER_MS * cameras)

const MEGABYTE = 1_000_000
const GIGABYTE = 1_000 * MEGABYTE

/** `12 MB`, `3.4 GB`. */
export function sizeText(t: Say, bytes: number): string {
  if (bytes < GIGABYTE) return t('takeAway.megabytes', { count: Math.max(1, Math.round(bytes / MEGABYTE)) })
  return t('takeAway.gigabytes', { count: (bytes / GIGABYTE).toFixed(1) })
}
