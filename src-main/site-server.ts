import type { Log, Scope } from './log.ts'
import { isLoopback } from './sites/origins.ts'
import { recordingWaysOf } from './sites/recording-wish.ts'
import { signInOf } from './sites/sign-in-wish.ts'
import type { SiteNeeds } from './sites/site.ts'
import type { Clock } from './xprotect/clock.ts'
import { createServer } from './xprotect/connect.ts'

/** What makes the server of a site from its profile, over the roads its trust allows. */
export const siteServers =
  ({ clock, log }: { clock: Clock; log: Log }): SiteNeeds['makeServer'] =>
  ({ profile, trust, reports }) => {
    const { kind, client, provider } = signInOf(profile)
    return createServer({
      gateway: trust.transport('gateway'),
      ...(provider && { idp: trust.transport(provider) }),
      signIn: { kind, client },
      recorders: { known: profile.recorders ?? [], transport: (origin) => trust.recorder(origin) },
      recording: recordingWaysOf(profile),
      ...(profile.singleShotPath !== undefined && { singleShotPath: profile.singleShotPath }),
      isLoopback: isLoopback(profile.gateway[0]!),
      clock,
      log: named(profile.name, log.scope('xprotect')),
      keepSecret: log.registerSecret,
      reports,
    })
  }

/** Lines of one site among several. */
export function named(name: string, scope: Scope): Scope {
  return {
    error: (line, cause) => scope.error(`${name}: ${line}`, cause),
    warn: (line, cause) => scope.warn(`${name}: ${line}`, cause),
    info: (line, cause) => scope.info(`${name}: ${line}`, cause),
    debug: (line, cause) => scope.debug(`${name}: ${line}`, cause),
  }
}
