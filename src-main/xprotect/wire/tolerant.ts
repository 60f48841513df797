import { z } from 'zod'
import { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { cleanText } from '../clean-text.ts'

/** A text for people. What is not a text reads as empty, because a name is never worth a camera. */
export const Words = z
  .string()
  .transform((text) => cleanText(text))
  .catch('')

/** Longest description kept, in characters. */
export const TEXT_LENGTH = 4000

/** A description: as a name, and longer. */
export const Text = z
  .string()
  .transform((text) => cleanText(text, TEXT_LENGTH))
  .catch('')

/** A boolean; quoted before 2022 R2 (xprotect-api.md 1.4 [V]). */
export const flag = (otherwise: boolean): z.ZodType<boolean> =>
  z
    .union([
      z.boolean(),
      z
        .string()
        .toLowerCase()
        .pipe(z.enum(['true', 'false']))
        .transform((word) => word === 'true'),
    ])
    .catch(otherwise)

/** A guid, in lower case whatever the server wrote: ids are compared as text (xprotect-api.md 1.2 [V]). */
export const Guid = z.string().max(36).toLowerCase().pipe(z.guid())

/** A camera's guid in the form the page may name. */
export const CameraGuid = z.string().max(36).toLowerCase().pipe(CameraId)

/** `{"type":"cameras","id":"…"}`, the server's way to point at things (xprotect-api.md 1.2 [V]). */
const Ref = z.object({ type: z.string().max(64), id: Guid })

const Relations = z.object({ parent: Ref.optional().catch(undefined) })
/** Where an object hangs. Missing or broken, it hangs nowhere. */
export const Parent = Relations.catch({ parent: undefined }).transform(({ parent }) => parent)

/** `GET` of a list: 200 `{"array":[…]}`, items still unread (xprotect-api.md 1.2 [V]). */
export const ListAnswer = z.object({ array: z.array(z.unknown()) }).transform(({ array }) => array)
