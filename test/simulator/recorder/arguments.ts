import { serverTime } from '../config/dates.ts'
import { childOf, type XmlElement } from '../soap/xml.ts'

/** The recording server's command service (xprotect-api.md 10.2). [V REAL] */
export const RECORDER = 'http://videoos.net/2/XProtectCSRecorderCommand'
/** Where its lists of guids have their items from. [V REAL] */
export const TYPES = 'http://microsoft.com/wsdl/types/'

/** What the caller said wrong; the message is one sentence. How the real one words it is [?]. */
export class WrongArgument extends Error {}

export const guidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The arguments of one method, by any of the names given: sources differ for some. All of it throws WrongArgument. */
export class Arguments {
  readonly #method: XmlElement

  constructor(method: XmlElement) {
    this.#method = method
  }

  text(...names: string[]): string | undefined {
    return this.#child(names)?.text.trim()
  }

  guid(name: string): string {
    const text = this.text(name) ?? ''
    if (!guidForm.test(text)) throw new WrongArgument(`${name} is no guid`)
    return text.toLowerCase()
  }

  /** Items in the namespace of lists. */
  guids(name: string): string[] {
    const items = this.#child([name])?.children ?? []
    const isGuid = (item: XmlElement): boolean =>
      item.name === 'guid' && item.namespace === TYPES && guidForm.test(item.text.trim())
    if (!items.every(isGuid)) throw new WrongArgument(`${name} must be guids in the namespace ${TYPES}`)
    return items.map(({ text }) => text.trim().toLowerCase())
  }

  /** A date with its zone, in ms since 1970. */
  timeMs(...names: string[]): number {
    const written = serverTime(this.text(...names))
    if (written === undefined) throw new WrongArgument(`${names[0]} is no dateTime`)
    return Date.parse(written)
  }

  /** A whole number in its bounds, which must be said. */
  whole(names: string[], least: number, most: number): number {
    return wholeNumber(names[0]!, this.text(...names), least, most)
  }

  /** `<name><MicroSeconds>` in ms. */
  durationMs(...names: string[]): number {
    const parent = this.#child(names)
    const text = parent && childOf(parent, RECORDER, 'MicroSeconds')?.text.trim()
    return wholeNumber(names[0]!, text, 1, Number.MAX_SAFE_INTEGER) / 1000
  }

  #child(names: readonly string[]): XmlElement | undefined {
    return names.map((name) => childOf(this.#method, RECORDER, name)).find((child) => child !== undefined)
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number {
  const value = /^-?\d{1,16}$/.test(text ?? '') ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw new WrongArgument(`${name} must be a whole number from ${least} to ${most}`)
}
