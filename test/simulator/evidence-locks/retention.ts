import { sevenDigits } from '../config/dates.ts'
import { WrongField, type Fields } from '../config/fields.ts'

/** How long a lock holds (xprotect-api.md 7). [D] the types are those of the underlying service */
export interface Retention {
  retentionType: RetentionType
  /** -1 where the type has no units. [D] for `Indefinite` */
  retentionUnits: number
}

const types = ['Indefinite', 'UserDefined', 'Hours', 'Days', 'Weeks', 'Months', 'Years'] as const
export type RetentionType = (typeof types)[number]

/** How a lock says that it never ends. [D] */
export const NEVER = '9999-12-31T22:59:59.9999999Z'

/** What the one profile of the site lets its roles choose. The form is assumed. [?] */
export const PROFILE_CHOICES = 'Indefinite;UserDefined;Hours;Days;Weeks;Months'

/** Undefined where the client said nothing. Throws WrongField for a type that does not exist or is not allowed. */
export function retentionIn(fields: Fields): Retention | undefined {
  const option = fields.object('retentionOption')
  if (!option) return undefined
  const retentionType = types.find((type) => type === option['retentionType'])
  if (!retentionType) throw new WrongField('retentionOption')
  if (!PROFILE_CHOICES.split(';').includes(retentionType)) {
    throw new WrongField('retentionOption', 'The retention is not among those of the evidence lock profile') // [?]
  }
  if (retentionType === 'Indefinite' || retentionType === 'UserDefined') return { retentionType, retentionUnits: -1 }
  const units = option['retentionUnits']
  if (!Number.isSafeInteger(units) || (units as number) < 1) throw new WrongField('retentionOption')
  return { retentionType, retentionUnits: units as number }
}

/** When the lock ends, counted from its creation. `wished` is the client's own date. Throws WrongField. */
export function expiryOf({ retentionType, retentionUnits }: Retention, fromMs: number, wished?: string): string {
  if (retentionType === 'Indefinite') return NEVER
  if (retentionType === 'UserDefined') {
    if (wished === undefined || Date.parse(wished) <= fromMs) throw new WrongField('retentionExpire')
    return wished
  }
  const at = new Date(fromMs)
  if (retentionType === 'Months') at.setUTCMonth(at.getUTCMonth() + retentionUnits)
  else if (retentionType === 'Years') at.setUTCFullYear(at.getUTCFullYear() + retentionUnits)
  else at.setTime(fromMs + retentionUnits * HOURS[retentionType] * 3_600_000)
  return sevenDigits(at.getTime())
}

const HOURS = { Hours: 1, Days: 24, Weeks: 168 }
