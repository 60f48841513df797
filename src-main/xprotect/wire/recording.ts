import { z } from 'zod'
import type { RecordingFacts } from '../recording/facts.ts'
import { flag, Guid, Parent, Words } from './tolerant.ts'

const Count = z.coerce.number().nonnegative().max(1_000_000).catch(0)

/** What `GET /cameras/{id}` says of recording (xprotect-api.md 9.2 [V REAL]). */
export const RecordingFactsWire = z
  .object({
    data: z.object({
      recordingEnabled: flag(false),
      prebufferEnabled: flag(false),
      prebufferSeconds: Count,
      manualRecordingTimeoutEnabled: flag(false),
      manualRecordingTimeoutMinutes: Count,
      relations: Parent,
    }),
  })
  .transform(({ data }) => ({
    facts: {
      recordingEnabled: data.recordingEnabled,
      preBufferSeconds: data.prebufferEnabled ? data.prebufferSeconds : 0,
      // Of no minutes nothing is said; that it would mean at once is not believed [?].
      stopsAfterSeconds:
        data.manualRecordingTimeoutEnabled && data.manualRecordingTimeoutMinutes > 0
          ? data.manualRecordingTimeoutMinutes * 60
          : null,
    } satisfies RecordingFacts,
    hardwareId: data.relations?.id,
  }))

/** `GET /hardware/{id}`: the recorder it hangs on (xprotect-api.md 9.2 [V CFG]). */
export const HardwareParentWire = z
  .object({ data: z.object({ relations: Parent }) })
  .transform(({ data }) => data.relations?.id)

/** One of `GET /userDefinedEvents` (xprotect-api.md 4.2 [V APPC]). */
export const UserEventWire = z.object({ id: Guid, name: Words, displayName: Words })

/** One of `GET /outputs`, to be picked from by its name (xprotect-api.md 9.2 [V CFG]). */
export const NamedOutputWire = z.object({ id: Guid, name: Words, displayName: Words })

/** `POST /events`, 202 `{data}` [V PROTO]. */
export const EventMade = z
  .object({ data: z.object({ id: z.string().max(100).catch('') }) })
  .transform(({ data }) => data.id)

/**
 * The customer's form of an event, from the report this program began with [?]: the real server is known to take
 * `{"type"}` (xprotect-api.md 13).
 */
export const customerEvent = (
  eventType: string,
  deviceId: string,
  eventData: { action: 'start' | 'stop'; duration?: number },
) => ({
  eventType,
  deviceId,
  eventData,
})

/** `POST …?task=X` (xprotect-api.md 1.2 [V CFG]): done at once, or queued, or failed. */
export const TaskAnswer = z
  .object({ result: z.object({ state: Words, errorText: Words }) })
  .transform(({ result }) => result)
