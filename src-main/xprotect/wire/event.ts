import { z } from 'zod'
import { Moment } from './moment.ts'
import { CameraGuid, Guid, Words } from './tolerant.ts'

/** Cursor of the session: goes back to the server as it came. */
const Cursor = z.string().max(100)

/** One event on the socket, names in lower case (xprotect-api.md 4.4 [V PROTO]). */
export const EventWire = z
  .object({
    id: Cursor,
    type: Guid,
    /** `cameras/<guid>`. */
    source: z.string().max(200).toLowerCase(),
    time: Moment,
  })
  .transform(({ id, type, source, time }) => {
    const [resource, of] = source.split('/')
    return { id, type, time, cameraId: resource === 'cameras' ? CameraGuid.safeParse(of).data : undefined }
  })
export type ServerEvent = z.output<typeof EventWire>

/** The events among these; what is none costs itself. */
export const eventsOf = (items: unknown[]): ServerEvent[] =>
  items.flatMap((item) => EventWire.safeParse(item).data ?? [])

/** What the server pushes: no `commandId` (xprotect-api.md 4.4 [V PROTO]). */
export const EventsPushed = z.object({ events: z.array(z.unknown()) }).transform(({ events }) => eventsOf(events))

/** Reply to a command, in whatever order with pushed events [V PROTO]. */
export const CommandReply = z.looseObject({
  commandId: z.number().int(),
  status: z.number().int().catch(0),
  error: z.object({ errorText: Words }).optional().catch(undefined),
})
export type CommandReply = z.infer<typeof CommandReply>

/** Reply to `startSession`: 201 is a new one, 200 the one asked for [V PROTO]. */
export const SessionStarted = z.object({ status: z.number().int(), sessionId: Cursor })

/** Reply to `getState` [V PROTO], events still unread: one of each camera. */
export const StateReply = z.object({ states: z.array(z.unknown()) }).transform(({ states }) => states)
