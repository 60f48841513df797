import { Fields } from '../config/fields.ts'
import type { EvidenceLock } from './evidence-lock.ts'

/** Names of the underlying service's search in camel case; the task, its body and its reply are assumed. [?] */
export const searchFields = [
  'deviceIds',
  'searchText',
  'users',
  'createdFrom',
  'createdTo',
  'tagTimeFrom',
  'tagTimeTo',
  'eventFrom',
  'eventTo',
  'retentionExpireFrom',
  'retentionExpireTo',
  'pageIndex',
  'pageSize',
  'sortBy',
  'ascending',
] as const

const sortKeys: Record<string, (lock: EvidenceLock) => string> = {
  createtime: ({ created }) => created,
  description: ({ description }) => description,
  endtime: ({ endTime }) => endTime,
  header: ({ header }) => header,
  retentionexpiretime: ({ retentionExpire }) => retentionExpire,
  size: ({ sizeBytes }) => String(sizeBytes ?? 0).padStart(20, '0'),
  starttime: ({ startTime }) => startTime,
  tagtime: ({ tagTime }) => tagTime,
  username: ({ user }) => user,
}

export function searchLocks(all: readonly EvidenceLock[], body: Record<string, unknown>): EvidenceLock[] {
  const fields = new Fields(body, searchFields)
  const lower = (name: string): string[] => fields.texts(name).map((text) => text.toLowerCase())
  const [deviceIds, users, text] = [lower('deviceIds'), lower('users'), fields.text('searchText')?.toLowerCase() ?? '']
  const within = (from: string, to: string, first: string, last = first): boolean =>
    (fields.time(from) ?? '') <= last && first <= (fields.time(to) ?? '9999-13')
  const found = all.filter(
    (lock) =>
      (deviceIds.length === 0 || [...lock.cameras, ...lock.microphones].some(({ id }) => deviceIds.includes(id))) &&
      (users.length === 0 || users.includes(lock.user.toLowerCase())) &&
      `${lock.header}\n${lock.description}\n${lock.reference}`.toLowerCase().includes(text) &&
      within('createdFrom', 'createdTo', lock.created) &&
      within('tagTimeFrom', 'tagTimeTo', lock.tagTime) &&
      within('eventFrom', 'eventTo', lock.startTime, lock.endTime) &&
      within('retentionExpireFrom', 'retentionExpireTo', lock.retentionExpire),
  )
  const key = sortKeys[fields.text('sortBy')?.toLowerCase() ?? 'createtime'] ?? sortKeys['createtime']!
  const direction = fields.yes('ascending') === false ? -1 : 1
  const [page, size] = [fields.whole('pageIndex') ?? 0, fields.whole('pageSize') ?? Infinity]
  const sorted = found.toSorted((one, other) => direction * key(one).localeCompare(key(other)))
  return size === Infinity ? sorted : sorted.slice(page * size, (page + 1) * size)
}
