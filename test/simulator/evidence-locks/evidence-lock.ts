import { Fields, WrongField } from '../config/fields.ts'
import type { Json } from '../http/wide-json.ts'
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
    'header' | 'description' | 'reference' | 'startTime' | 'tagTime' | 'endTime' | 'retention' | 'cameras'
  >
> & { retentionExpire?: string }

/** Microphones and metadata may be locked too; this site has none. */
export function lockWish(
  body: Record<string, unknown> | undefined,
  cameraOf: (id: string) => SiteCamera | undefined,
): LockWish {
  const fields = new Fields(body, lockFields)
  const cameras = fields.references('devicePaths')?.map(({ type, id }) => {
    const camera = type === 'cameras' ? cameraOf(id) : undefined
    if (!camera) throw new WrongField('devicePaths', 'Not Found, the requested id does not exist') // [?]
    return camera
  })
  const wish = {
    header: fields.text('header'),
    description: fields.text('description'),
    reference: fields.text('reference'),
    startTime: fields.time('startTime'),
    tagTime: fields.time('tagTime'),
    endTime: fields.time('endTime'),
    retentionExpire: fields.time('retentionExpire'),
    retention: retentionIn(fields),
    cameras: cameras && [...new Set(cameras)],
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

/** [?] that the order is enforced. A lock of no device is none. [?] */
export function checkLock({ startTime, tagTime, endTime, cameras }: EvidenceLock): void {
  if (startTime > tagTime) throw new WrongField('tagTime', 'tagTime is before startTime')
  if (tagTime > endTime) throw new WrongField('endTime', 'endTime is before tagTime')
  if (cameras.length === 0) throw new WrongField('devicePaths')
}

const HOUR_MS = 3_600_000

/** Whole database blocks of an hour are locked, so the span is longer than what was asked for. [D] */
export function protectedSpan({ startTime, endTime }: EvidenceLock): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.floor(Date.parse(startTime) / HOUR_MS) * HOUR_MS,
    toMs: Math.ceil(Date.parse(endTime) / HOUR_MS) * HOUR_MS,
  }
}

/** What an hour of one of our cameras takes: 2 Mbit/s. */
const BYTES_PER_HOUR = 900_000_000

export function sizeOf(lock: EvidenceLock): number {
  const { fromMs, toMs } = protectedSpan(lock)
  return ((toMs - fromMs) / HOUR_MS) * BYTES_PER_HOUR * lock.cameras.length
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
    devicePaths: lock.cameras.map((camera) => ({ type: 'cameras', id: camera.id })),
    relations: { self: { type: 'evidenceLocks', id } },
  }
}
