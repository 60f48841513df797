import { z } from 'zod'
import { Instant } from './sequence.ts'

/** A JPEG begins with these (ITU-T T.81 B.1.1.3): the page is handed nothing that says to be something else. */
const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** `{Time, Data base64}` (xprotect-api.md 10.2 [V PROTO]). */
const Picture = z
  .object({
    Time: Instant,
    Data: z
      .string()
      .transform((text) => Buffer.from(text, 'base64'))
      .refine(isJpeg),
  })
  .transform(({ Time, Data }) => ({ atMs: Time, jpeg: Data }))

const None = z.literal('').transform(() => null)

/** Of `JPEGGetAtOrBefore`. How a recorder says that there is none is [?]: no result and an empty one are both taken for that. */
export const PictureBeforeWire = z
  .object({
    JPEGGetAtOrBeforeResponse: z.union([
      None,
      z.object({ JPEGGetAtOrBeforeResult: z.union([None, Picture]).optional() }),
    ]),
  })
  .transform(({ JPEGGetAtOrBeforeResponse: response }) => response?.JPEGGetAtOrBeforeResult ?? null)
