/** What the server counted since it was started, for tests to look at. Nothing here changes an answer. */
export class Ledger {
  /** `GET /api/rest/v1/cameras/{id}` and how often it was asked; a task or SOAP method stands behind: `… Activate`. */
  readonly requests = new Map<string, number>()
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

  countRequest(method: string, path: string, command = ''): void {
    const key = [method, normalised(path), command].join(' ').trimEnd()
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1)
  }
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Lower case, guids as `{id}`, so that the same call counts as the same line. */
const normalised = (path: string): string => path.toLowerCase().replace(GUID, '{id}')
