import type { z } from 'zod'
import { failureOf } from '../../../src-preload/contract/failure.ts'
import type { RecordingTriggers } from '../../../src-preload/contract/models/recording.ts'
import type { Http } from '../http.ts'
import type { Log } from '../log.ts'
import { NamedOutputWire, UserEventWire } from '../wire/recording.ts'
import { ListAnswer } from '../wire/tolerant.ts'

/** Built into every server, and not for us (xprotect-api.md 4.2 [V APPC]). */
const BUILT_IN = new Set([
  '85867627-b287-4439-9e55-a63701e1715b',
  '77b1e70d-ba8d-4bb8-9ee8-43b09746d82a',
  '7605f8b0-7f5f-4432-b223-0bb2dc3f1f5c',
])

/** The events administrators of the server made for clients to send. */
export async function userEventsOf(http: Http, signal: AbortSignal): Promise<z.infer<typeof UserEventWire>[]> {
  const items = await http.get('userDefinedEvents', ListAnswer, { signal })
  return items.flatMap((item) => UserEventWire.safeParse(item).data ?? []).filter(({ id }) => !BUILT_IN.has(id))
}

/** What may start and stop recordings there, to be picked from. A list the server does not give is empty. */
export async function triggersOf(
  { http, log }: { http: Http; log: Log },
  signal: AbortSignal,
): Promise<RecordingTriggers> {
  const orNone = <T>(what: string, list: Promise<T[]>): Promise<T[]> =>
    list.catch((error: unknown) => {
      signal.throwIfAborted()
      log.info(`${what} cannot be listed: ${failureOf(error).kind}`)
      return []
    })
  const events = await orNone('user-defined events', userEventsOf(http, signal))
  const outputs = await orNone('outputs', http.get('outputs', ListAnswer, { signal }))
  return {
    events: events.map(({ id, name, displayName }) => ({ id, name: displayName || name || id })),
    outputs: outputs.flatMap((item) => {
      const output = NamedOutputWire.safeParse(item).data
      return output ? [{ id: output.id, name: output.displayName || output.name || output.id }] : []
    }),
  }
}
