import { refusal, type Reply } from '../http/reply.ts'
import type { Json } from '../http/wide-json.ts'
import type { ConfigObject } from './object.ts'

/** Query words that are not filters (xprotect-api.md 1.4). */
const reserved = new Set([
  'disabled',
  'resources',
  'tasks',
  'task',
  'nodata',
  'definitions',
  'includechildren',
  'language',
  'page',
  'size',
])

type Query = Map<string, string>
type Test = (value: Json | undefined, wanted: string) => boolean

const asText = (value: Json | undefined): string =>
  typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value ?? null).toLowerCase()

/** Negative, zero, positive; numbers as numbers, everything else as text. */
function compared(value: Json | undefined, wanted: string): number {
  if (typeof value === 'number') return value - Number(wanted)
  const text = asText(value)
  const other = wanted.toLowerCase()
  if (text === other) return 0
  return text < other ? -1 : 1
}

/** The operators of the documentation, and `gt`, which stands in its examples. [V CFG] */
const operators: Record<string, Test> = {
  lt: (value, wanted) => compared(value, wanted) < 0,
  gt: (value, wanted) => compared(value, wanted) > 0,
  notequals: (value, wanted) => compared(value, wanted) !== 0,
  startswith: (value, wanted) => asText(value).startsWith(wanted.toLowerCase()),
  contains: (value, wanted) => asText(value).includes(wanted.toLowerCase()),
}

/** `'value'` or `op:'value'`. Anything else is refused; with which words is not known. [?] */
const FILTER = /^(?:(\w+):)?'(.*)'$/s

/** What of a collection a request asks for: disabled ones hidden, filters, then the page. */
export function selected(objects: ConfigObject[], query: Query): ConfigObject[] | Reply {
  let kept = query.has('disabled') ? objects : objects.filter((object) => object.enabled)
  for (const [field, condition] of query) {
    if (reserved.has(field)) continue
    const [, operator, wanted] = FILTER.exec(condition) ?? []
    const test =
      operator === undefined
        ? (v: Json | undefined, w: string) => compared(v, w) === 0
        : operators[operator.toLowerCase()]
    if (wanted === undefined || !test) return refusal(400, `Bad request: Invalid filter ${field}`)
    kept = kept.filter((object) => test(fieldOf(object, field), wanted))
  }
  return paged(kept, query)
}

function fieldOf(object: ConfigObject, lowerCaseName: string): Json | undefined {
  const key = Object.keys(object.fields).find((candidate) => candidate.toLowerCase() === lowerCaseName)
  return key === undefined ? undefined : object.fields[key]
}

/** Pages are asked from 0 with `size` each; without both words the whole list comes (xprotect-api.md 1.4). [V CFG] */
export function paged<T>(list: T[], query: Query): T[] | Reply {
  const page = query.get('page')
  const size = query.get('size')
  if (page === undefined && size === undefined) return list
  const first = wholeNumber(page ?? '0')
  const length = wholeNumber(size ?? '100') // [?] which length a page has when only its number is given
  if (first === undefined || !length) return refusal(400, 'Bad request: Invalid paging')
  return list.slice(first * length, (first + 1) * length)
}

const wholeNumber = (digits: string): number | undefined => (/^\d{1,9}$/.test(digits) ? Number(digits) : undefined)
