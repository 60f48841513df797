/** A request, and when its head was here. */
export interface Arrival {
  /** `POST /api/rest/v1/bookmarks`, as `requests` has it. */
  line: string
  /** Milliseconds since 1970 by this machine's clock, with fractions. */
  atMs: number
}

const ARRIVALS_KEPT = 1_000

/** What the server counted since it was started, for tests to look at. Nothing here changes an answer. */
export class Ledger {
  /** `GET /api/rest/v1/cameras/{id}` and how often it was asked; a task or SOAP method stands behind: `… Activate`. */
  readonly requests = new Map<string, number>()
  readonly #arrivals: Arrival[] = []
  /** Password grants asked for, and given. */
  loginsTried = 0
  loginsGranted = 0
  /** Refresh grants asked for, and given. */
  refreshesTried = 0
  refreshesGranted = 0
  tokensIssued = 0
  sessionsEverOpened = 0
  eventsFired = 0
  webSocketsOpened = 0

  /** The last requests, oldest first, for those who measure how long one took to get here. */
  get arrivals(): readonly Arrival[] {
    return this.#arrivals
  }

  countRequest(method: string, path: string, command = '', atMs = preciseNow()): void {
    const line = [method, normalised(path), command].join(' ').trimEnd()
    this.requests.set(line, (this.requests.get(line) ?? 0) + 1)
    if (this.#arrivals.push({ line, atMs }) > ARRIVALS_KEPT) this.#arrivals.shift()
  }
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Lower case, guids as `{id}`, so that the same call counts as the same line. */
const normalised = (path: string): string => path.toLowerCase().replace(GUID, '{id}')

/** `Date.now()` knows whole milliseconds only. */
export const preciseNow = (): number => performance.timeOrigin + performance.now()
