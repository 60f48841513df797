import type { Commands } from '../commands.ts'
import { sevenDigits } from '../config/dates.ts'
import { Fields, orWrongField, WrongField } from '../config/fields.ts'
import { paged } from '../config/query.ts'
import { jsonObject, type Call } from '../http/call.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Rights } from '../identity/rights.ts'
import type { Site } from '../site/site.ts'
import { alarmChange, writtenAlarm, type SiteAlarm } from './alarm.ts'
import type { AlarmBook } from './book.ts'
import { alarmPriorities, alarmStates, type AlarmSetting } from './settings.ts'

export interface AlarmDeps {
  site: Site
  rights: Rights
  commands: Commands
  /** Kept by the site, whichever gateway is asked. */
  alarms: AlarmBook
}

/**
 * Alarms over REST: beta with 2023 R2, final since 2024 R2, so every release played here has them (xprotect-api.md 8).
 * Calls, envelopes and statuses are [V PROTO]. That the list comes newest first, knows no filter of time, and whose alarms
 * a role sees are [?].
 */
export function alarmRoutes(deps: AlarmDeps): Route[] {
  const route = (method: string, path: string, answer: (call: Call) => Reply): Route => ({
    method,
    path: `/api/rest/v1/${path}`,
    auth: 'bearer',
    answer: (call) =>
      deps.rights.mayAnywhere(call.user, 'ALARM_READ') ? orWrongField(() => answer(call)) : forbidden(),
  })
  return [
    route('GET', 'alarms', (call) => {
      const seen = deps.alarms.list().filter((alarm) => sees(deps, call.user, alarm))
      const page = paged(seen, call.query)
      return Array.isArray(page) ? wide(200, { array: page.map((alarm) => written(alarm, call)) }) : page
    }),
    route('POST', 'alarms', (call) => raise(deps, call)),
    route('GET', 'alarms/:id', (call) => onOne(deps, call, (alarm) => wide(200, { data: written(alarm, call) }))),
    route('PATCH', 'alarms/:id', (call) => onOne(deps, call, (alarm) => change(deps, call, alarm))),
    settings('alarmStates', alarmStates),
    settings('alarmPriorities', alarmPriorities),
  ]
}

/** Everybody may read what states and priorities there are. [?] */
const settings = (path: string, all: readonly AlarmSetting[]): Route => ({
  method: 'GET',
  path: `/api/rest/v1/${path}`,
  auth: 'bearer',
  answer: () => wide(200, { array: all.map((one) => ({ ...one })) }),
})

const written = (alarm: SiteAlarm, { query }: Call) =>
  writtenAlarm(alarm, sevenDigits(alarm.atMs), query.get('include')?.toLowerCase() === 'data')
const forbidden = (): Reply => refusal(403, 'Forbidden, you are not authorized to access this object')

const sees = ({ rights }: AlarmDeps, user: string, { camera }: SiteAlarm): boolean =>
  camera === null || rights.may(user, 'GENERIC_READ', camera)

function onOne(deps: AlarmDeps, call: Call, answer: (alarm: SiteAlarm) => Reply): Reply {
  const alarm = deps.alarms.find(call.params['id']!)
  if (!alarm || !sees(deps, call.user, alarm)) return refusal(404, 'Not Found, the requested id does not exist')
  return answer(alarm)
}

/** `source` is a plain id of a camera. [V PROTO] That it may be absent, and how an unknown one is refused, are [?]. */
function raise(deps: AlarmDeps, call: Call): Reply {
  const fields = new Fields(jsonObject(call.body), ['name', 'message', 'source'])
  const [name, message, source] = [fields.text('name'), fields.text('message'), fields.text('source')]
  if (name === undefined) throw new WrongField('name')
  const camera = source === undefined ? null : cameraFor(deps, call.user, source)
  if (!deps.rights.mayAnywhere(call.user, 'ALARM_EDIT')) return forbidden()
  const alarm = deps.alarms.raise({ name, message: message ?? '', camera })
  deps.commands.carriedOut(call.user, 'POST', `alarms/${alarm.id}`)
  return wide(202, { data: written(alarm, call) })
}

function cameraFor({ site, rights }: AlarmDeps, user: string, id: string) {
  const camera = site.cameras.find((one) => one.id === id.toLowerCase())
  if (!camera || !rights.may(user, 'GENERIC_READ', camera)) throw new WrongField('source')
  return camera
}

function change(deps: AlarmDeps, call: Call, alarm: SiteAlarm): Reply {
  const wish = alarmChange(jsonObject(call.body))
  if (!deps.rights.mayAnywhere(call.user, 'ALARM_EDIT')) return forbidden()
  const changed = deps.alarms.change(alarm, wish)
  deps.commands.carriedOut(call.user, `PATCH ${call.body.toString()}`, `alarms/${alarm.id}`)
  return wide(202, { data: written(changed, call) })
}
