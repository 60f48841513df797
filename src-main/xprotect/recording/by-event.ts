import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Http } from '../http.ts'
import { attempted, beforeSending } from '../outcome.ts'
import { customerEvent, EventMade } from '../wire/recording.ts'
import type { RecordingMethod } from './method.ts'
import { userEventsOf } from './triggers.ts'
import { wayFor, type EventWay } from './ways.ts'

/**
 * Records by user-defined events, for which an administrator made rules. The server says that it has the event (202),
 * not that a camera records: that is seen on the events socket, or not at all.
 */
export function byEvent(http: Http, ways: readonly EventWay[]): RecordingMethod {
  /** The event's guid. Throws before anything is sent where the server has no such event, or more than one. */
  async function eventId(named: string, signal: AbortSignal): Promise<string> {
    const events = await beforeSending(userEventsOf(http, signal))
    const wanted = named.toLowerCase()
    const byId = events.find(({ id }) => id === wanted)
    if (byId) return byId.id
    const [one, other] = events.filter(({ name, displayName }) =>
      [name, displayName].some((text) => text.toLowerCase() === wanted),
    )
    if (one && !other) return one.id
    throw new AppError({ kind: 'not-found', what: named }, { unsent: true })
  }

  async function fire(body: object, signal: AbortSignal): Promise<void> {
    await http.post('events', body, EventMade, { signal })
  }

  return {
    name: 'event',
    confirms: { acts: false, state: false, end: false },

    async check(cameraId, signal) {
      const { start, stop } = wayFor(ways, cameraId, 'event')
      await eventId(start, signal)
      await eventId(stop, signal)
    },

    start: ({ cameraId, seconds, atMostSeconds = seconds }, signal) =>
      attempted(async () => {
        const { start, form } = wayFor(ways, cameraId, 'event')
        const type = await eventId(start, signal)
        await fire(
          form === 'type' ? { type } : customerEvent(type, cameraId, { action: 'start', duration: atMostSeconds }),
          signal,
        )
      }, signal),

    stop: (cameraId, signal) =>
      attempted(async () => {
        const { stop, form } = wayFor(ways, cameraId, 'event')
        const type = await eventId(stop, signal)
        await fire(form === 'type' ? { type } : customerEvent(type, cameraId, { action: 'stop' }), signal)
      }, signal),

    state: () => Promise.resolve('unknown'),
  }
}
