import { formOf, json, text } from './fake-gateway.ts'
import { bench, type Bench } from './site.ts'

export const TOKEN = 'POST /API/IDP/connect/token'
export const HOUR_MS = 3_600_000

/** Asks something small that needs a token. */
export const use = ({ server }: Bench): Promise<unknown> => server.cameraGroups(new AbortController().signal)

export function site(): Bench {
  const made = bench()
  made.gateway.when('GET /api/rest/v1/cameraGroups', json({ array: [] }))
  return made
}

export const logins = ({ gateway }: Bench): Record<string, string>[] =>
  gateway.asked.filter(({ path }) => path.endsWith('/connect/token')).map(formOf)

export const bearers = ({ gateway }: Bench): string[] =>
  gateway.asked.flatMap(({ path, headers }) => (path.includes('/rest/') ? [headers?.authorization ?? ''] : []))

/** Refuses every token made before now. */
export function revoke({ gateway }: Bench): void {
  const old = new Set(gateway.asked.map(({ headers }) => headers?.authorization))
  gateway.when(/ \/api\/rest\//, ({ headers }) =>
    old.has(headers?.authorization) ? text('Unauthorized', 401) : undefined,
  )
}
