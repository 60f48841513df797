import type { Faults } from '../control/faults.ts'
import { html } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'

/**
 * Events and alarms are the event server's: where it is down the gateway has nobody to pass a call on to, while the
 * configuration answers, and says 502 or 503 (xprotect-api.md 8). That it does so with a page of IIS, and that the events
 * socket lives on, are [?].
 */
export const behindEventServer = (faults: Faults, routes: readonly Route[]): Route[] =>
  routes.map((route) => ({
    ...route,
    answer(call) {
      const status = faults.eventServerStatus()
      if (status === undefined) return route.answer(call)
      return html(status, status === 502 ? 'Bad Gateway' : 'Service Unavailable', 'The service is unavailable.')
    },
  }))
