import type { SiteEvent } from './event-log.ts'

/** One rule of a subscription: lists hold guids or names, `*` means any (xprotect-api.md 4.4). [V PROTO] */
export interface Filter {
  include: boolean
  resourceTypes: string[]
  sourceIds: string[]
  eventTypes: string[]
}

/** The filters of an `addSubscription` command, or undefined where one is malformed. */
export function filtersOf(value: unknown): Filter[] | undefined {
  if (!Array.isArray(value)) return undefined
  const filters = value.map(filterOf)
  return filters.every((filter) => filter !== undefined) ? filters : undefined
}

function filterOf(value: unknown): Filter | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { modifier, resourceTypes, sourceIds, eventTypes } = value as Record<string, unknown>
  const word = typeof modifier === 'string' ? modifier.toLowerCase() : ''
  if (word !== 'include' && word !== 'exclude') return undefined
  if (!isTextList(resourceTypes) || !isTextList(sourceIds) || !isTextList(eventTypes)) return undefined
  return {
    include: word === 'include',
    resourceTypes: resourceTypes.map(lower),
    sourceIds: sourceIds.map(lower),
    eventTypes: eventTypes.map(lower),
  }
}

const lower = (text: string): string => text.toLowerCase()
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** Whether a subscription wants this event: some include takes it in and no exclude puts it out. */
export function wants(filters: Filter[], event: SiteEvent): boolean {
  const [resourceType = '', sourceId = ''] = event.source.toLowerCase().split('/')
  const hit = (list: string[], value: string): boolean => list.includes('*') || list.includes(value)
  const matching = filters.filter(
    (filter) =>
      hit(filter.resourceTypes, resourceType) && hit(filter.sourceIds, sourceId) && hit(filter.eventTypes, event.type),
  )
  return matching.some(({ include }) => include) && matching.every(({ include }) => include)
}
