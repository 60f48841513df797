import { z } from 'zod'
import { resultOf } from './soap.ts'

/** `RecordedDataAvailable` (xprotect-api.md 10.2 [V PROTO]). */
export const RECORDED_DATA = '78289503-cbf4-43be-9dc3-9f34a8b60e6d'

/** One bitmap: a bit for each interval, the first in the lowest bit of the first byte, as .NET packs bits [?]. */
const Bitmap = z.object({
  Type: z.string().toLowerCase(),
  Data: z.string().transform((text) => Buffer.from(text, 'base64')),
})

/** Of `TimeLineInformationGet`: the bitmap of what is recorded; `null` where there is none, as a customer saw [V REAL]. */
export const TimeLineWire = resultOf(
  'TimeLineInformationGet',
  z.union([
    z.literal('').transform(() => null),
    z
      .object({ TimeLineInformationData: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]) })
      .transform(({ TimeLineInformationData: list }) => {
        const bitmaps = list.flatMap((one) => Bitmap.safeParse(one).data ?? [])
        return bitmaps.find(({ Type }) => Type === RECORDED_DATA)?.Data ?? null
      }),
  ]),
)
