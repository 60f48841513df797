/** Numbers the real things of one kind as they come, so that the same thing has the same stand-in everywhere. */
export class StandIns {
  readonly #known = new Map<string, string>()
  readonly #make: (number: number) => string

  constructor(make: (number: number) => string) {
    this.#make = make
  }

  of(real: string): string {
    const key = real.toLowerCase()
    const known = this.#known.get(key) ?? this.#make(this.#known.size + 1)
    this.#known.set(key, known)
    return known
  }

  /** The real things, the longest first: none is half replaced. */
  get reals(): string[] {
    return [...this.#known.keys()].sort((a, b) => b.length - a.length)
  }

  get count(): number {
    return this.#known.size
  }
}

const hex = (number: number, length: number): string => number.toString(16).padStart(length, '0')

/** What stands for ids, addresses of computers and tokens in any text (RFC 5737 and 3849 for the addresses). */
export class TextRedactor {
  readonly ids = new StandIns((n) => `00000000-0000-4000-8000-${hex(n, 12)}`)
  readonly hosts = new StandIns((n) => `host-${n}.example`)
  readonly #v4 = new StandIns((n) => `192.0.2.${n % 256}`)
  readonly #v6 = new StandIns((n) => `2001:db8::${n.toString(16)}`)

  /** Everything with a shape of its own; names have none, and are seen to by whoever knows them. */
  shapes(text: string): string {
    return text
      .replace(/eyJ[\w-]{8,}(\.[\w-]*){0,2}/g, 'token')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, (id) =>
        isPublic(id) ? id : this.ids.of(id),
      )
      .replace(/\b[0-9a-f]{2}([:-][0-9a-f]{2}){5,}\b/gi, 'AA:AA') // MAC addresses and fingerprints
      .replace(/(?<![\w.:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi, (address) => this.#v6.of(address))
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (address) => (isLocal(address) ? address : this.#v4.of(address)))
      .replace(/\b[\w.+-]+@[\w.-]+\b/g, 'someone@example')
  }

  /** An offer or answer: its form is what is to be learnt, its keys and addresses are nobody's business. */
  sdp(text: string): string {
    return this.shapes(
      text
        .replace(/(a=ice-ufrag:)[^\r\n\\"]*/g, '$1AAAA')
        .replace(/(a=ice-pwd:)[^\r\n\\"]*/g, '$1AAAAAAAAAAAAAAAAAAAAAAAA')
        .replace(/(a=fingerprint:\S+ )[^\r\n\\"]*/g, '$1AA:AA')
        .replace(/(cname:)[^\r\n\\"]*/g, '$1cname'),
    )
  }
}

/** Ids that are the same on every server (xprotect-api.md 4.5, 9.2, 9.3), and the one that is none. */
const PUBLIC = new Set([
  '00000000-0000-0000-0000-000000000000',
  '623d03f8-c5d5-46bc-a2f4-4c03562d4f85',
  '16ce3aa1-5f93-458a-abe5-5c95d9ed1372',
  '84fff8b9-8cd1-46b2-a451-c4a87d4cbbb0',
])
const isPublic = (id: string): boolean => PUBLIC.has(id.toLowerCase())

/** Says nothing of any network; versions look like addresses too, and those of servers begin with their year. */
const isLocal = (address: string): boolean => /^(127|0)\./.test(address) || /^2\d\.\d\.\d{3,5}\.\d+$/.test(address)
