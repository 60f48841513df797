import { StandIns, TextRedactor } from './redact-text.ts'

/** Values of these are the server's own words wherever they stand. What is not named here is taken for the site's. */
const VOCABULARY = new Set(
  `type resourceType state errorText errorTextId property version productVersion error error_code token_type scope
   liveMode failoverSetting encryptionMethod timeZone timeZoneName sku careLevel synchronizationStatus connectionState
   answerSDP resolution codec method modifier retentionType task`
    .toLowerCase()
    .split(/\s+/),
)
const PLAIN = /^(true|false|null|-?\d{1,5}(\.\d{1,4})?|\d{4}-\d\d-\d\dT[\d:.]+Z?|POINT EMPTY)$/i
/** Shorter names are found in every word; they are replaced where they stand by themselves, and not within sentences. */
const SHORTEST_WITHIN = 3
/** Parts of paths every server has. */
const PATH_WORDS = /^(api|idp|rest|ws|v\d|\.well-known|connect|[\w-]*openid[\w-]*|jwks|authorize|token|events|webrtc)$/i

/**
 * Puts stand-ins for whatever tells a site from another: names, addresses, ids and tokens, the same everywhere in one
 * run. A text is kept only where it is known to be the server's vocabulary: what nobody thought of is replaced.
 *
 * In two rounds: `learn` first sees all answers, so that a name known from one is found in the sentences of another.
 */
export class Redactor {
  readonly #text = new TextRedactor()
  readonly #names = new StandIns((n) => `name-${n}`)

  /** `hosts` and `names` are known beforehand: where the server is, and who signed in. */
  constructor(known: { hosts: readonly string[]; names: readonly string[] }) {
    for (const host of known.hosts) this.#text.hosts.of(host)
    for (const name of known.names) if (name !== '') this.#names.of(name)
  }

  learn(body: unknown, vocabulary: readonly string[] = []): void {
    this.#walk(body, vocabulary, '')
  }

  /** The body as it may be seen. */
  body(body: unknown, vocabulary: readonly string[] = []): unknown {
    return this.#walk(body, vocabulary, '')
  }

  /** A path or a sentence: shapes and learnt names are replaced, the rest stays. */
  sentence(text: string): string {
    return this.#known(this.#text.shapes(text))
  }

  get counts(): { names: number; hosts: number; ids: number } {
    return { names: this.#names.count, hosts: this.#text.hosts.count, ids: this.#text.ids.count }
  }

  #walk(value: unknown, vocabulary: readonly string[], key: string, depth = 0): unknown {
    if (depth > 32) return null
    if (typeof value === 'string') return this.#string(value, key, vocabulary)
    // A place on a map has many digits behind its point; nothing else that is asked for needs them.
    if (typeof value === 'number') return Number.isInteger(value) ? value : Math.round(value * 10) / 10
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, vocabulary, key, depth + 1))
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
      this.sentence(name),
      this.#walk(inner, vocabulary, name, depth + 1),
    ])
    return Object.fromEntries(entries)
  }

  #string(text: string, key: string, vocabulary: readonly string[]): string {
    if (text === '' || PLAIN.test(text)) return text
    if (/sdp$|^candidates?$/i.test(key) && /v=0|candidate:/.test(text)) return this.#known(this.#text.sdp(text))
    const shaped = this.#text.shapes(text)
    if (/^[0-9a-f-]{36}$|^token$/i.test(shaped)) return shaped
    if (/^https?:\/\//i.test(text)) return this.#address(text)
    const isVocabulary = VOCABULARY.has(key.toLowerCase()) || vocabulary.includes(key)
    // Of a task or a right the id is a word; everywhere else it is an id.
    if (isVocabulary || (key === 'id' && /^[A-Za-z]{3,40}$/.test(text))) return this.#known(shaped)
    return this.#names.of(text)
  }

  #address(text: string): string {
    const [, scheme = '', host = '', port = '', path = ''] = /^(\w+:\/\/)([^/:?#]*)(:\d+)?([^]*)$/.exec(text) ?? []
    const parts = path.replace(/[?#][^]*$/, '').split('/')
    const seen = parts.map((part) => (part === '' || PATH_WORDS.test(part) ? part : 'x'))
    return `${scheme}${this.#text.hosts.of(host)}${port}${seen.join('/')}`
  }

  #known(text: string): string {
    let seen = text
    for (const [kind, shortest] of [
      [this.#text.hosts, 1],
      [this.#names, SHORTEST_WITHIN],
    ] as const) {
      for (const real of kind.reals) {
        if (real.length < shortest || !seen.toLowerCase().includes(real)) continue
        seen = seen.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(real)}(?![\\p{L}\\p{N}])`, 'giu'), kind.of(real))
      }
    }
    return seen
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
