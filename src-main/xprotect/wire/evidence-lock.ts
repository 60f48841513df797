import { z } from 'zod'
import { protectedSpan } from '../../../src-preload/contract/protected-span.ts'
import type { EvidenceLock, LockChange, LockProfile, LockWish, Retention, RetentionType } from '../evidence-lock.ts'
import { Moment, toServer } from './moment.ts'
import { CameraGuid, Guid, Text, Words } from './tolerant.ts'

/** Types of the service underneath (xprotect-api.md 7 [D]); the first was seen in the REST documentation. */
const TYPES = ['Indefinite', 'UserDefined', 'Hours', 'Days', 'Weeks', 'Months', 'Years'] as const

const ours: Record<(typeof TYPES)[number], RetentionType> = {
  Indefinite: 'indefinite',
  UserDefined: 'until',
  Hours: 'hours',
  Days: 'days',
  Weeks: 'weeks',
  Months: 'months',
  Years: 'years',
}
const theirs = Object.fromEntries(Object.entries(ours).map(([name, type]) => [type, name])) as Record<
  RetentionType,
  string
>

const TypeWire = z
  .string()
  .transform((text) => TYPES.find((type) => type.toLowerCase() === text.toLowerCase()))
  .pipe(z.enum(TYPES))
  .transform((type) => ours[type])

const RetentionWire = z
  .object({ retentionType: TypeWire, retentionUnits: z.coerce.number().catch(-1) })
  .transform(({ retentionType: type, retentionUnits: units }): Retention => ({ type, units: Math.max(0, units) }))

/** `9999-12-31…` is never (xprotect-api.md 7 [D]). */
const Expire = Moment.transform((text) => (text.startsWith('9999-') ? 'never' : text))

/** −1 and 0 stand for not known yet, as for storages (xprotect-api.md 9.2 [V CFG]; here [?]). Its unit is not documented. */
const Size = z.coerce
  .number()
  .transform((size) => (size > 0 ? size : null))
  .catch(null)

const Devices = z
  .array(z.object({ type: Words, id: Guid }).nullable().catch(null))
  .transform((list) => list.filter((device) => device !== null))

/** One evidence lock (xprotect-api.md 7 [D]). Without an id or devices it is none. */
export const LockWire = z
  .object({
    id: Guid,
    header: Text,
    description: Text,
    reference: Words,
    user: Words,
    created: Moment,
    startTime: Moment,
    tagTime: Moment,
    endTime: Moment,
    retentionExpire: Expire,
    retentionSize: Size,
    retentionOption: RetentionWire.nullable().catch(null),
    devicePaths: Devices,
  })
  .transform((wire): EvidenceLock => ({
    id: wire.id,
    reference: wire.reference,
    headline: wire.header,
    description: wire.description,
    user: wire.user,
    created: wire.created,
    begin: wire.startTime,
    triggered: wire.tagTime,
    end: wire.endTime,
    protects: wire.startTime && wire.endTime ? protectedSpan(wire.startTime, wire.endTime) : null,
    expires: wire.retentionExpire,
    retention: wire.retentionOption,
    size: wire.retentionSize,
    cameraIds: wire.devicePaths.flatMap(({ type, id }) =>
      type === 'cameras' ? (CameraGuid.safeParse(id).data ?? []) : [],
    ),
    otherDevices: wire.devicePaths.filter(({ type }) => type !== 'cameras').length,
  }))

/** `GET /evidenceLocks/{id}`, 200 `{data}` [D]. */
export const LockAnswer = z.object({ data: LockWire }).transform(({ data }) => data)

/**
 * Devices a lock could not be put on. SOAP says `FaultDevices[{DeviceId,Message}]` [V]; what REST makes of it is [?], so
 * the list is looked for under that name, whatever its case, beside and inside `result` and `data`.
 */
export const FaultDevices = z.unknown().transform((answer) => {
  const bodies = [answer, valueOf(answer, 'result'), valueOf(answer, 'data')]
  const list = bodies.map((body) => valueOf(body, 'faultDevices')).find(Array.isArray)
  return ((list ?? []) as unknown[]).flatMap((fault) => FaultDevice.safeParse(fault).data ?? [])
})

const FaultDevice = z.unknown().transform((fault, context) => {
  const path = valueOf(fault, 'devicePath')
  const id = Guid.safeParse(valueOf(fault, 'deviceId') ?? valueOf(path, 'id') ?? valueOf(fault, 'id')).data
  if (id !== undefined) return { id, message: Words.parse(valueOf(fault, 'message') ?? valueOf(fault, 'errorText')) }
  context.addIssue({ code: 'custom', message: 'names no device' })
  return z.NEVER
})

function valueOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined
  return Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] as unknown
}

/** What a lock is made of or changed by, as the server wants to read it; what is not said is left out. */
export function lockBody(wish: Partial<LockWish> | LockChange): Record<string, unknown> {
  const { cameraIds, otherDevices, reference, headline, description, begin, triggered, end, retention } =
    wish as Partial<LockWish>
  const fields = {
    header: headline,
    description,
    reference,
    startTime: begin && toServer(begin),
    tagTime: triggered && toServer(triggered),
    endTime: end && toServer(end),
    ...(retention && retentionBody(retention)),
    devicePaths: cameraIds && [...cameraIds.map((id) => ({ type: 'cameras', id })), ...(otherDevices ?? [])],
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** −1 is what the documentation shows beside `Indefinite` [D]; beside `UserDefined` it is assumed [?]. */
function retentionBody({ type, units, expires }: LockWish['retention']): Record<string, unknown> {
  const isCounted = type !== 'indefinite' && type !== 'until'
  return {
    retentionOption: { retentionType: theirs[type], retentionUnits: isCounted ? units : -1 },
    ...(type === 'until' && expires !== undefined && { retentionExpire: toServer(expires) }),
  }
}

/** `Days`, or `Days 7` in whatever spelling. */
const OptionText = z
  .string()
  .max(40)
  .transform((text) => text.split(/[\s,:=]+/).filter((word) => word !== ''))
  .transform(([retentionType = '', retentionUnits = '-1']): unknown => ({ retentionType, retentionUnits }))
  .pipe(RetentionWire)

const OptionWire = z.union([RetentionWire, OptionText])

/** A list, or one text with semicolons between, as the server's other lists (xprotect-api.md 4.3). */
const Options = z
  .union([
    z.array(z.unknown()),
    z
      .string()
      .max(2000)
      .transform((text): unknown[] => text.split(';')),
  ])
  .catch([])
  .transform((options) => options.flatMap((option) => OptionWire.safeParse(option).data ?? []))

/** One of `GET /evidenceLockProfiles`. That there are `retentionTimeOptions` is [V CFG]; what they look like is [?]. */
export const LockProfileWire = z
  .object({ id: Guid, name: Words, displayName: Words, retentionTimeOptions: Options })
  .transform(({ id, name, displayName, retentionTimeOptions: retentions }): LockProfile => ({
    id,
    name: name || displayName,
    retentions,
  }))
