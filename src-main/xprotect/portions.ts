import { breathe } from './clock.ts'

/** So many of 10,000 are read within a few milliseconds, also by code that runs for the first time. */
const AT_ONCE = 100

/** Reads a long list without holding up everything else: portion by portion, with room between them. */
export async function inPortions<From, To>(
  items: readonly From[],
  read: (portion: From[]) => readonly To[],
): Promise<To[]> {
  const done: To[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    if (from > 0) await breathe()
    done.push(...read(items.slice(from, from + AT_ONCE)))
  }
  return done
}
