import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { cameraGroupsOf } from './camera-groups.ts'
import { camerasOf } from './cameras.ts'
import { pause, type Clock } from './clock.ts'
import { ClockOffset } from './clock-offset.ts'
import { Http } from './http.ts'
import { Link } from './link.ts'
import type { Log } from './log.ts'
import type { Server, ServerReports } from './server.ts'
import { SignIn } from './sign-in.ts'
import { Signalling } from './signalling.ts'
import { Streams } from './streams.ts'
import type { Transport } from './transport.ts'
import { watched } from './watched-transport.ts'

export interface ServerDeps {
  /** The API gateway's origin. */
  gateway: Transport
  /** The identity provider's, where the profile names one of its own; else tokens come through the gateway. */
  idp?: Transport
  /** The gateway is this computer: its media may come from here too. */
  isLoopback: boolean
  clock: Clock
  log: Log
  reports: ServerReports
}

const FAREWELL_MS = 3000

/** One XProtect site. Nothing is sent before `signIn`. */
export function createServer({ gateway, idp, isLoopback, clock, log, reports }: ServerDeps): Server {
  const link = new Link(clock, reports.onLink)
  const transport = watched(gateway, link, new ClockOffset(clock, reports.onClockOffset))

  const signIn: SignIn = new SignIn({
    // Both paths are the same provider; only the second exists where it has a host of its own (xprotect-api.md 1.1 [V]).
    transport: idp ?? transport,
    path: idp ? '/IDP/connect/token' : '/API/IDP/connect/token',
    clock,
    log,
    onRenewed: (token) => void signalling.renew(token).catch(unexpected),
    onSignedOut: (because) => {
      end(because)
      reports.onSignedOut(because)
    },
  })
  const http = new Http({ transport, tokens: signIn, clock, log })
  const streams = new Streams({ http, clock, log })
  const signalling: Signalling = new Signalling({
    transport,
    tokens: signIn,
    http,
    clock,
    log,
    rules: { loopbackAllowed: isLoopback },
  })

  const unexpected = (error: unknown): void => log.error(`xprotect: ${failureOf(error).kind}`)
  const end = (because: Failure): void => {
    streams.forget()
    void signalling.endAll(because).catch(unexpected)
  }

  return {
    async signIn(user, password) {
      // Whoever was signed in before is not any more.
      end({ kind: 'signed-out' })
      await signIn.signIn(user, password)
      signalling.reset()
      // The first tile should not wait for this; what fails here is met again, and told, when a session is asked for.
      void signalling.warm().catch((error: unknown) => log.debug(`no signalling socket yet: ${failureOf(error).kind}`))
    },

    async signOut() {
      streams.forget()
      // The server is told with the token that is then forgotten; it has a moment to listen.
      await Promise.race([signalling.endAll({ kind: 'signed-out' }), pause(clock, FAREWELL_MS)])
      signIn.forget()
    },

    cameras: (signal) => camerasOf({ http, clock, log }, signal),
    cameraGroups: (signal) => cameraGroupsOf({ http, log }, signal),
    streams: (cameraId) => streams.of(cameraId),
    openSession: (wish) => signalling.open(wish),
  }
}
