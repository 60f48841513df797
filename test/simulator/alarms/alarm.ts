import { Fields, WrongField } from '../config/fields.ts'
import type { Json } from '../http/wide-json.ts'
import type { SiteCamera } from '../site/site.ts'
import { alarmPriorities, alarmStates } from './settings.ts'

/** Something that wants somebody's attention (xprotect-api.md 8). Its time is in ms since 1970, by the server's clock. */
export interface SiteAlarm {
  id: string
  name: string
  message: string
  /** `null`: of the whole site. */
  camera: SiteCamera | null
  atMs: number
  /** Ids out of the lists of settings. */
  stateId: string
  priorityId: string
  comment: string
  assignedTo: string
  reasonForClosing: string
}

/** What a change may say; nothing where it says nothing. */
export type AlarmChange = Partial<
  Pick<SiteAlarm, 'stateId' | 'priorityId' | 'comment' | 'assignedTo' | 'reasonForClosing'>
>

/** [V PROTO] the fields of a change; that any other is refused, and with which words, is [?]. */
const changeFields = ['state', 'priority', 'comment', 'assignedTo.displayName', 'reasonForClosing']

/** Reads the body of a `PATCH`. `null` in it leaves a field as it is: the sample sends that. [V PROTO] Throws WrongField. */
export function alarmChange(body: Record<string, unknown> | undefined): AlarmChange {
  const fields = new Fields(body, changeFields)
  const change = {
    stateId: known(fields, 'state', alarmStates),
    priorityId: known(fields, 'priority', alarmPriorities),
    comment: fields.text('comment'),
    assignedTo: fields.text('assignedTo.displayName'),
    reasonForClosing: fields.text('reasonForClosing'),
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

/** `state` and `priority` take the ids of their lists. [V PROTO] */
function known(fields: Fields, name: string, among: readonly { id: string }[]): string | undefined {
  const id = fields.text(name)?.toLowerCase()
  if (id !== undefined && !among.some((one) => one.id === id)) throw new WrongField(name)
  return id
}

/**
 * As the server writes it: the fields of an alarm were never seen, these are those that can be written, and those of an
 * event. [?] `data` comes where it is asked for. [V PROTO] that it can be, [?] what is in it
 */
export function writtenAlarm(alarm: SiteAlarm, time: string, withData: boolean): { [key: string]: Json | undefined } {
  const { id, name, message, camera, stateId, priorityId, comment, assignedTo, reasonForClosing } = alarm
  return {
    id,
    name,
    message,
    source: camera ? `cameras/${camera.id}` : undefined,
    time,
    state: stateId,
    priority: priorityId,
    data: withData ? { comment, assignedTo: { displayName: assignedTo }, reasonForClosing } : undefined,
  }
}
