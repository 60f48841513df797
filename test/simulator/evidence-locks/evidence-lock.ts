import { Fields, WrongField } from '../config/fields.ts'
import type { Json } from '../http/wide-json.ts'
import type { SiteMicrophone } from '../site/microphones.ts'
import type { SiteCamera } from '../site/site.ts'
import { retentionIn, type Retention } from './retention.ts'

/** Video that nothing deletes (xprotect-api.md 7). [D] Times as the server writes them. */
export interface EvidenceLock {
  id: string
  header: string
  description: string
  reference: string
  user: string
  created: string
  lastModified: string
  startTime: string
  tagTime: string
  endTime: string
  retentionExpire: string
  retention: Retention
  cameras: SiteCamera[]
  microphones: SiteMicrophone[]
  /** Recorders that have not been told yet. */
  pending: Set<string>
  /** Known once every recorder has locked its part. */
  sizeBytes: number | null
}

export const lockFields = [
  'header',
  'description',
  'reference',
  'startTime',
  'tagTime',
  'endTime',
  'retentionExpire',
  'retentionOption',
  'devicePaths',
] as const

export type LockWish = Partial<
  Pick<
    EvidenceLock,
    | 'header'
    | 'description'
    | 'reference'
    | 'startTime'
    | 'tagTime'
    | 'endTime'
    | 'retention'
    | 'cameras'
    | 'microphones'
  >
> & { retentionExpire?: string }

/** How the devices a client names are found; undefined where the user may not see one. */
export interface LockDevices {
  camera: (id: string) => SiteCamera | undefined
  microphone: (id: string) => SiteMicrophone | undefined
}

/** Metadata may be locked too; this site has none. */
export function lockWish(body: Record<string, unknown> | undefined, devices: LockDevices): LockWish {
  const fields = new Fields(body, lockFields)
  const paths = fields.references('devicePaths')
  const [cameras, microphones] = [new Set<SiteCamera>(), new Set<SiteMicrophone>()]
  for (const { type, id } of paths ?? []) {
    const camera = type === 'cameras' ? devices.camera(id) : undefined
    const microphone = type === 'microphones' ? devices.microphone(id) : undefined
    if (camera) cameras.add(camera)
    else if (microphone) microphones.add(microphone)
    else throw new WrongField('devicePaths', 'Not Found, the requested id does not exist') // [?]
  }
  const wish = {
    header: fields.text('header'),
    description: fields.text('description'),
    reference: fields.text('reference'),
    startTime: fields.time('startTime'),
    tagTime: fields.time('tagTime'),
    endTime: fields.time('endTime'),
    retentionExpire: fields.time('retentionExpire'),
    retention: retentionIn(fields),
    cameras: paths && [...cameras],
    microphones: paths && [...microphones],
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

/** [?] that the order is enforced. A lock of no device is none. [?] */
export function checkLock({ startTime, tagTime, endTime, cameras, microphones }: EvidenceLock): void {
  if (startTime > tagTime) throw new WrongField('tagTime', 'tagTime is before startTime')
  if (tagTime > endTime) throw new WrongField('endTime', 'endTime is before tagTime')
  if (cameras.length + microphones.length === 0) throw new WrongField('devicePaths')
}

const HOUR_MS = 3_600_000

/** Whole database blocks of an hour are locked, so the span is longer than what was asked for. [D] */
export function protectedSpan({ startTime, endTime }: EvidenceLock): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.floor(Date.parse(startTime) / HOUR_MS) * HOUR_MS,
    toMs: Math.ceil(Date.parse(endTime) / HOUR_MS) * HOUR_MS,
  }
}

/** What an hour takes: 2 Mbit/s of a camera, 64 kbit/s of a microphone. */
const CAMERA_BYTES_PER_HOUR = 900_000_000
const MICROPHONE_BYTES_PER_HOUR = 28_800_000

/** Of the devices with `isHere`. */
export function sizeOf(lock: EvidenceLock, isHere: (device: { hardwareId: string }) => boolean = () => true): number {
  const { fromMs, toMs } = protectedSpan(lock)
  const perHour =
    lock.cameras.filter(isHere).length * CAMERA_BYTES_PER_HOUR +
    lock.microphones.filter(isHere).length * MICROPHONE_BYTES_PER_HOUR
  return ((toMs - fromMs) / HOUR_MS) * perHour
}

/** As the server writes it. [?] that the size is 0 until it is known, and that its unit is the byte */
export function writtenLock(lock: EvidenceLock): { [key: string]: Json | undefined } {
  const { id, header, description, reference, user, created, lastModified, startTime, tagTime, endTime } = lock
  return {
    id,
    header,
    description,
    reference,
    user,
    created,
    lastModified,
    startTime,
    tagTime,
    endTime,
    retentionExpire: lock.retentionExpire,
    retentionSize: lock.sizeBytes ?? 0,
    retentionOption: { ...lock.retention },
    devicePaths: [...pathsTo('cameras', lock.cameras), ...pathsTo('microphones', lock.microphones)],
    relations: { self: { type: 'evidenceLocks', id } },
  }
}

const pathsTo = (type: string, devices: readonly { id: string }[]) => devices.map(({ id }) => ({ type, id }))
