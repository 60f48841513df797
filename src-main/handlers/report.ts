import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { Log } from '../log.ts'

/** Lines of the page in main's log: marked as the page's, whatever it calls itself. */
export function reportHandlers(log: Log): Pick<Handlers, 'report'> {
  return {
    report: async ({ level, scope, line }) => log.scope(`page ${scope.replace(/[^\w.-]/g, '')}`.trim())[level](line),
  }
}
