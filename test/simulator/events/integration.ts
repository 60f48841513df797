import { jsonObject, property, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import { manual, type Recordings } from '../recording/recordings.ts'
import type { EventLog } from './event-log.ts'
import { isUserDefined } from './definitions.ts'

/**
 * The form the customer's own integration listens to and no XProtect knows: `{eventType, deviceId, eventData: {action,
 * duration}}`, with `action` start or stop and `duration` in seconds. Everything about it is assumed. [?]
 */
export interface IntegrationEvent {
  eventType: string
  deviceId: string
  action: 'start' | 'stop'
  durationSeconds?: number | undefined
}

/** Undefined where the body has another form; the usual answer is then the right one. */
export function integrationEventIn(call: Call): IntegrationEvent | undefined {
  const body = jsonObject(call.body) ?? {}
  const [eventType, deviceId, data] = ['eventType', 'deviceId', 'eventData'].map((name) => property(body, name))
  if (typeof eventType !== 'string' || typeof deviceId !== 'string') return undefined
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  const action = property(data as Record<string, unknown>, 'action')
  const duration = property(data as Record<string, unknown>, 'duration')
  if (action !== 'start' && action !== 'stop') return undefined
  if (duration !== undefined && !(typeof duration === 'number' && duration > 0)) return undefined
  return { eventType, deviceId: deviceId.toLowerCase(), action, durationSeconds: duration }
}

export function integrate(log: EventLog, recordings: Recordings, user: string, event: IntegrationEvent): Reply {
  const type = log.typeOf(event.eventType)
  if (!type || !isUserDefined(type)) {
    return refusal(400, `Bad request: Unknown event type ${event.eventType}`, 'eventType')
  }
  if (recordings.recorderOf(event.deviceId) === undefined) {
    return refusal(400, `Bad request: Unknown device ${event.deviceId}`, 'deviceId')
  }
  const fired = log.fire(type, `cameras/${event.deviceId}`)
  const forMs = event.durationSeconds === undefined ? undefined : event.durationSeconds * 1000
  if (event.action === 'start') recordings.start(event.deviceId, manual('integration', user, forMs))
  else recordings.stop(event.deviceId, 'manual', user)
  return wide(202, { data: fired })
}
