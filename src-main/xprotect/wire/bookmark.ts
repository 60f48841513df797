import { z } from 'zod'
import type { Bookmark, BookmarkChange, BookmarkWish } from '../bookmark.ts'
import { Moment, toServer } from './moment.ts'
import { CameraGuid, Guid, Text, Words } from './tolerant.ts'

/**
 * How a server names the fields of a bookmark. `present` is the documentation's [D], with `devicePath` and without
 * `cameraId` [V]; `older` are the words of SOAP and of the report this program began with, tried where a server refuses
 * `devicePath` by name [?].
 */
export type BookmarkNames = 'present' | 'older'

const Device = z.object({ id: CameraGuid }).transform(({ id }) => id)

const Fields = z.object({
  id: Guid.optional().catch(undefined),
  relations: z
    .object({ self: z.object({ id: Guid }) })
    .optional()
    .catch(undefined),
  header: Text,
  description: Text,
  reference: Words,
  user: Words,
  timeBegin: Moment,
  timeTriggered: Moment,
  /** SOAP's spelling [V REAL of sequences, ? here]. */
  timeTrigged: Moment,
  timeEnd: Moment,
  devicePath: Device.optional().catch(undefined),
  cameraId: CameraGuid.optional().catch(undefined),
  deviceId: CameraGuid.optional().catch(undefined),
})

/** One bookmark (xprotect-api.md 6 [D]). Without an id or a device it is none. */
export const BookmarkWire = Fields.transform((wire, context): Bookmark => {
  const id = wire.id ?? wire.relations?.self.id
  const cameraId = wire.devicePath ?? wire.cameraId ?? wire.deviceId
  if (id === undefined || cameraId === undefined) {
    context.addIssue({ code: 'custom', message: 'no bookmark' })
    return z.NEVER
  }
  return {
    id,
    cameraId,
    reference: wire.reference,
    headline: wire.header,
    description: wire.description,
    begin: wire.timeBegin,
    triggered: wire.timeTriggered || wire.timeTrigged,
    end: wire.timeEnd,
    user: wire.user,
  }
})

/** `GET /bookmarks/{id}`, 200 `{data}` [D]. */
export const BookmarkAnswer = z.object({ data: BookmarkWire }).transform(({ data }) => data)

/** What a bookmark is made of or changed by, as the server wants to read it; what is not said is left out. */
export function bookmarkBody(names: BookmarkNames, wish: BookmarkWish | BookmarkChange): Record<string, unknown> {
  const { cameraId, reference, headline, description, begin, triggered, end } = wish as Partial<BookmarkWish>
  return said({
    ...(names === 'present' ? { devicePath: { type: 'cameras', id: cameraId } } : { deviceId: cameraId }),
    header: headline,
    description,
    reference,
    timeBegin: begin && toServer(begin),
    [names === 'present' ? 'timeTriggered' : 'timeTrigged']: triggered && toServer(triggered),
    timeEnd: end && toServer(end),
  })
}

const said = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
