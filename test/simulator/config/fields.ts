import { wide, type Reply } from '../http/reply.ts'
import { serverTime } from './dates.ts'
import type { Reference } from './object.ts'

/** What is wrong with a field, in the words of the documentation (xprotect-api.md 6). [D] */
export class WrongField extends Error {
  readonly property: string | undefined

  constructor(property?: string, words = 'Incorrect formatted JSON') {
    super(words)
    this.property = property
  }
}

/** `httpCode` is text here, a number elsewhere [D]; that `error` is around it here too, and the text id, are [?]. */
const wrongField = ({ message, property }: WrongField): Reply =>
  wide(400, {
    error: {
      httpCode: '400',
      details: [{ errorText: message, property, errorTextId: property && 'IncorrectFormattedJsonTextId' }],
    },
  })

/** Reads the fields of a body by name, and knows which nobody asked for. Each reader throws WrongField. */
export class Fields {
  readonly #body: Record<string, unknown>

  /** Throws WrongField for a body that is no object or has a field not among `known`. */
  constructor(body: Record<string, unknown> | undefined, known: readonly string[]) {
    if (!body) throw new WrongField()
    const stranger = Object.keys(body).find((name) => !known.includes(name))
    if (stranger !== undefined) throw new WrongField(stranger)
    this.#body = body
  }

  has(name: string): boolean {
    return this.#body[name] !== undefined && this.#body[name] !== null
  }

  text(name: string): string | undefined {
    if (!this.has(name)) return undefined
    const value = this.#body[name]
    if (typeof value !== 'string') throw new WrongField(name)
    return value
  }

  time(name: string): string | undefined {
    if (!this.has(name)) return undefined
    const time = serverTime(this.#body[name])
    if (time === undefined) throw new WrongField(name)
    return time
  }

  whole(name: string): number | undefined {
    if (!this.has(name)) return undefined
    const value = this.#body[name]
    if (!Number.isSafeInteger(value)) throw new WrongField(name)
    return value as number
  }

  yes(name: string): boolean | undefined {
    if (!this.has(name)) return undefined
    const value = this.#body[name]
    if (typeof value !== 'boolean') throw new WrongField(name)
    return value
  }

  texts(name: string): string[] {
    const value = this.has(name) ? this.#body[name] : []
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw new WrongField(name)
    return value
  }

  object(name: string): Record<string, unknown> | undefined {
    if (!this.has(name)) return undefined
    const value = this.#body[name]
    if (typeof value !== 'object' || Array.isArray(value)) throw new WrongField(name)
    return value as Record<string, unknown>
  }

  /** `{type: 'cameras', id}`; the id in lower case. */
  reference(name: string): Reference | undefined {
    const value = this.object(name)
    return value && referenceIn(value, name)
  }

  references(name: string): Reference[] | undefined {
    if (!this.has(name)) return undefined
    const value = this.#body[name]
    if (!Array.isArray(value)) throw new WrongField(name)
    return value.map((item: unknown) => referenceIn(item, name))
  }
}

/** Runs what may throw WrongField. */
export function orWrongField(answer: () => Reply): Reply {
  try {
    return answer()
  } catch (error) {
    if (error instanceof WrongField) return wrongField(error)
    throw error
  }
}

function referenceIn(value: unknown, name: string): Reference {
  const { type, id } = (value ?? {}) as Record<string, unknown>
  if (typeof type !== 'string' || typeof id !== 'string') throw new WrongField(name)
  return { type, id: id.toLowerCase() }
}
