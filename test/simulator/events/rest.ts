import { jsonObject, property, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import { paged } from '../config/query.ts'
import type { Commands } from '../commands.ts'
import type { Rights } from '../identity/rights.ts'
import type { Ledger } from '../ledger.ts'
import type { Recordings } from '../recording/recordings.ts'
import { isUserDefined } from './definitions.ts'
import type { EventLog, SiteEvent } from './event-log.ts'
import { integrate, integrationEventIn } from './integration.ts'

export interface EventsRestDeps {
  log: EventLog
  ledger: Ledger
  rights: Rights
  commands: Commands
  recordings: Recordings
  /** What an event is done to: the rule it starts or stops, else its source. */
  targetOf: (event: SiteEvent) => string
  /** Whether something on the site understands the customer's own form of event. */
  integration: boolean
}

/** Events over REST (xprotect-api.md 4.1). Statuses and envelopes are [V PROTO]; texts of refusals are [?]. */
export const eventsRoutes = (deps: EventsRestDeps): Route[] => [
  {
    method: 'POST',
    path: '/api/rest/v1/events',
    auth: 'bearer',
    answer: (call) => {
      const reply = fired(deps, call)
      if (reply.status === 202) deps.ledger.eventsFired++
      return reply
    },
  },
  {
    method: 'GET',
    path: '/api/rest/v1/events',
    auth: 'bearer',
    answer: (call) => {
      const page = paged(deps.log.list(), call.query)
      return Array.isArray(page) ? wide(200, { array: page }) : page
    },
  },
  {
    method: 'GET',
    path: '/api/rest/v1/events/:id',
    auth: 'bearer',
    answer: ({ params }) => {
      const event = deps.log.find(params['id']!)
      return event ? wide(200, { data: event }) : refusal(404, 'Not Found, the requested id does not exist')
    },
  },
]

function fired(deps: EventsRestDeps, call: Call): Reply {
  const { log, rights, commands } = deps
  const asked = deps.integration ? integrationEventIn(call) : undefined
  if (asked) {
    const reply = integrate(log, deps.recordings, call.user, asked)
    if (reply.status === 202)
      commands.carriedOut(call.user, `POST /events ${asked.action}`, `cameras/${asked.deviceId}`)
    return reply
  }
  const body = jsonObject(call.body)
  if (!body) return refusal(400, 'Incorrect formatted JSON')
  const typeId = property(body, 'type')
  const source = property(body, 'source')
  if (typeof typeId !== 'string' || (source !== undefined && typeof source !== 'string')) {
    return refusal(400, 'Bad request: type is missing', 'type')
  }
  const type = log.types.get(typeId.toLowerCase())
  if (!type) return refusal(400, `Bad request: Unknown event type ${typeId}`, 'type')
  // [D] a user's token may fire user-defined and analytics events only, and no generic ones.
  const allowed = type.generatorType === 'External' || type.generatorType === 'MIPDevice'
  if (!allowed || type.generatorSubtype === 'Generic' || !rights.mayAnywhere(call.user, 'TRIGGER')) {
    return refusal(403, 'Forbidden, you are not authorized to access this object')
  }
  if (source === undefined && !isUserDefined(type)) return refusal(400, 'Bad request: source is missing', 'source')
  // [D] without a source, a user-defined event is both type and source.
  const event: SiteEvent = log.fire(type, source ?? `userDefinedEvents/${type.id}`)
  commands.carriedOut(call.user, `POST /events ${type.name}`, deps.targetOf(event))
  return wide(202, { data: event })
}
