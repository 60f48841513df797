import { z } from 'zod'
import { listOf, resultOf } from './soap.ts'

/** Kinds of sequences a recorder tells apart (xprotect-api.md 10.2 [V REAL]). */
export const SEQUENCE_TYPES = {
  recording: 'f9c62604-d0c5-4050-ae25-72de51639b14',
  motion: '53cb5e33-2183-44bd-9491-8364d2457480',
} as const

/** Epoch milliseconds; a recorder writes up to seven digits after the point. */
export const Instant = z
  .string()
  .max(40)
  .transform((text) => Date.parse(text))
  .pipe(z.number().int())

/** One whose end is before its beginning makes no sense and costs itself. */
const Entry = z
  .object({ TimeBegin: Instant, TimeEnd: Instant })
  .transform(({ TimeBegin, TimeEnd }) => ({ beginMs: TimeBegin, endMs: TimeEnd }))
  .refine(({ beginMs, endMs }) => endMs >= beginMs)

/** Of `SequencesGet`: an empty element where there are none [V REAL]. */
export const SequencesWire = resultOf(
  'SequencesGet',
  z.union([
    z.literal('').transform(() => []),
    z
      .object({ SequenceEntry: listOf(z.unknown()) })
      .transform(({ SequenceEntry: list }) => list.flatMap((entry) => Entry.safeParse(entry).data ?? [])),
  ]),
)
