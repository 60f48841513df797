import { z } from 'zod'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { Moment } from './moment.ts'
import { CameraGuid, Guid, Words } from './tolerant.ts'

/** `alarmStates/<guid>`, a bare id or a number: how an alarm names its state and priority was not seen [?]. */
const SettingId = z
  .union([
    z.string().max(100),
    z.number().transform(String),
    z.object({ id: z.string().max(100) }).transform((o) => o.id),
  ])
  .transform((id) => id.split('/').at(-1)!.toLowerCase())
  .catch('')

/** What an alarm is of: one camera · no camera · one thing, which may be a camera. */
type Source = { is: 'camera' | 'thing'; id: CameraId } | { is: 'other' }

/**
 * `cameras/<guid>` as in events, or a plain id as an alarm is made with [V PROTO]; which of them an alarm is read with was not
 * seen [?].
 */
const SourceText = z
  .string()
  .max(200)
  .transform((text): Source => {
    const parts = text.toLowerCase().split('/')
    const id = CameraGuid.safeParse(parts.at(-1)).data
    if (!id || (parts.length > 1 && parts.at(-2) !== 'cameras')) return { is: 'other' }
    return { is: parts.length > 1 ? 'camera' : 'thing', id }
  })
const SourcePath = z
  .object({ type: z.string().max(64), id: CameraGuid })
  .transform(({ type, id }): Source => (type.toLowerCase() === 'cameras' ? { is: 'camera', id } : { is: 'other' }))

/**
 * One alarm (xprotect-api.md 8). That it has an id is [V PROTO], as are the names of what can be written of it; `time` is
 * that of events, the others are assumed [?]. Without an id or a time it is none.
 */
export const AlarmWire = z
  .object({
    id: Guid,
    name: Words,
    message: Words,
    time: Moment,
    timestamp: Moment,
    source: z.union([SourceText, SourcePath]).catch({ is: 'other' }),
    state: SettingId,
    priority: SettingId,
  })
  .transform(({ time, timestamp, ...alarm }, context) => {
    const atMs = Date.parse(time || timestamp)
    if (!Number.isNaN(atMs)) return { ...alarm, atMs }
    context.addIssue({ code: 'custom', message: 'no alarm' })
    return z.NEVER
  })
export type AlarmWire = z.output<typeof AlarmWire>

/** One of `GET /alarmStates` or `/alarmPriorities`: that they have an id is [V PROTO], what their name is called [?]. */
export const AlarmSettingWire = z
  .object({ id: SettingId, name: Words, displayName: Words })
  .transform(({ id, name, displayName }) => ({ id, name: name || displayName }))
