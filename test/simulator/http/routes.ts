import type { Call } from './call.ts'
import type { Reply } from './reply.ts'

/** One thing the server answers. Paths are compared without regard to case (xprotect-api.md 1.1). [V REAL] */
export interface Route {
  /** `*` takes every method: the route refuses the wrong ones in its own words. */
  method: string
  /** `/api/rest/v1/webrtc/session/:id`; a last `*` matches whatever follows. */
  path: string
  /** `bearer`: answered only to a live access token. */
  auth: 'none' | 'bearer'
  answer: (call: Call) => Reply | Promise<Reply>
}

export interface Match {
  route: Route
  params: Record<string, string>
}

/** Finds what answers a request; `wrong-method` where only the method is wrong, with those that would do. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Match | { wrongMethod: string[] } | null {
  const segments = segmentsOf(path)
  const allowed: string[] = []
  for (const route of routes) {
    const params = paramsOf(segmentsOf(route.path), segments)
    if (!params) continue
    if (route.method === '*' || route.method === method) return { route, params }
    allowed.push(route.method)
  }
  return allowed.length > 0 ? { wrongMethod: allowed } : null
}

export const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const open = pattern.at(-1) === '*'
  const fixed = open ? pattern.slice(0, -1) : pattern
  if (open ? segments.length < fixed.length : segments.length !== fixed.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, part] of fixed.entries()) {
    const segment = segments[at]!
    if (part.startsWith(':')) params[part.slice(1)] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return params
}
