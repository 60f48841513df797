import { z } from 'zod'
import { AppError, failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { Actions, usualWays } from './actions.ts'
import { Alarms } from './alarms.ts'
import { cameraGroupsOf } from './camera-groups.ts'
import { capture } from './capture/capture.ts'
import { factsOf } from './capabilities.ts'
import { camerasOf } from './cameras.ts'
import { breathe, pause, type Clock } from './clock.ts'
import { ClockOffset } from './clock-offset.ts'
import { Http } from './http.ts'
import { Link } from './link.ts'
import { LinkProbe } from './link-probe.ts'
import type { Log } from './log.ts'
import type { ClientId } from './means.ts'
import { triggersOf } from './recording/triggers.ts'
import { recordersOf } from './recorders.ts'
import type { RecorderRoads } from './recording/recorders.ts'
import type { RecordingWays } from './recording/ways.ts'
import type { Server, ServerReports } from './server.ts'
import { providerTransport } from './provider-transport.ts'
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
  /** Who signs in, and as which program first; a basic user as `VmsClient` where nothing is said. */
  signIn?: { kind: 'basic' | 'windows'; client?: ClientId }
  /** Recording servers, each on an origin of its own; without them no recorder is spoken to. */
  recorders?: RecorderRoads
  /** How the site is asked to record; where nothing is said, by whatever needs no administrator. */
  recording?: RecordingWays
  /** Where the gateway answers an offer of ours in one reply; it is not spoken to by any other signalling then. */
  singleShotPath?: string
  /** The gateway is this computer: its media may come from here too. */
  isLoopback: boolean
  clock: Clock
  log: Log
  /** Tokens, never to appear in a line of any log. */
  keepSecret: (secret: string) => void
  reports: ServerReports
}

const noRecorders: RecorderRoads = {
  known: [],
  transport: () => {
    throw new AppError({ kind: 'not-pinned' }, { unsent: true })
  },
}

const FAREWELL_MS = 3000
const PROBE_TIMEOUT_MS = 5000

/** One XProtect site. Nothing is sent before `signIn`. */
export function createServer(deps: ServerDeps): Server {
  const { gateway, idp, isLoopback, clock, log, keepSecret, reports } = deps
  const { kind, client = 'VmsClient' } = deps.signIn ?? { kind: 'basic' }
  const link = new Link(clock, (now) => {
    reports.onLink(now)
    if (now.is === 'up') probe.isUp()
    else if (signIn.isSignedIn) probe.start()
  })
  let offsetMs = 0
  const onOffset = (now: number): void => {
    offsetMs = now
    reports.onClockOffset(now)
  }
  const transport = watched(gateway, link, new ClockOffset(clock, onOffset))

  const signIn: SignIn = new SignIn({
    // Both paths are the same provider; only the second exists where it has a host of its own (xprotect-api.md 1.1 [V]).
    transport: idp ? providerTransport(idp) : transport,
    path: idp ? '/IDP/connect/token' : '/API/IDP/connect/token',
    kind: kind === 'windows' && !idp ? 'windows-nowhere' : kind,
    clients: client === 'VmsClient' ? ['VmsClient', 'GrantValidatorClient'] : ['GrantValidatorClient', 'VmsClient'],
    clock,
    log,
    keepSecret,
    onRenewed: (token) => void signalling.renew(token).catch(unexpected),
    onKeepsake: () => reports.onKeepsake(),
    onNoToken: (because) => link.down(because),
    onSignedOut: (because) => {
      end(because)
      reports.onSignedOut(because)
    },
  })
  const http = new Http({ transport, tokens: signIn, clock, log })
  // One small object that every user may read (xprotect-api.md 9.2), from the service the operator needs.
  const probe = new LinkProbe({ clock, ask: () => http.get('sites', z.unknown(), { timeoutMs: PROBE_TIMEOUT_MS }) })
  const streams = new Streams({ http, clock, log })
  const signalling: Signalling = new Signalling({
    transport,
    tokens: signIn,
    http,
    clock,
    log,
    rules: { loopbackAllowed: isLoopback },
    ...(deps.singleShotPath !== undefined && { singleShotPath: deps.singleShotPath }),
  })

  const actions = new Actions({
    http,
    transport,
    management: idp ?? transport,
    signIn,
    recorders: deps.recorders ?? noRecorders,
    ways: deps.recording ?? usualWays,
    clock,
    serverNow: () => clock.now() + offsetMs,
    log,
    keepSecret,
  })

  const alarms = new Alarms({ http, log })

  const unexpected = (error: unknown): void => log.error(`xprotect: ${failureOf(error).kind}`)
  const end = (because: Failure): void => {
    probe.stop()
    streams.forget()
    alarms.forget()
    actions.signedOut(because)
    void signalling.endAll(because).catch(unexpected)
  }

  /** Whoever was signed in before is not any more. */
  const begin = async (sign: () => Promise<void>): Promise<void> => {
    end({ kind: 'signed-out' })
    link.forget()
    await sign()
    signalling.reset()
    actions.signedIn()
    await breathe() // two sockets opened for the first time are two slices of work
    // The first tile should not wait for this; what fails here is met again, and told, when a session is asked for.
    void signalling.warm().catch((error: unknown) => log.debug(`no signalling socket yet: ${failureOf(error).kind}`))
  }

  return {
    signIn: (user, password) => begin(() => signIn.signIn(user, password)),
    resume: (user, keepsake) => begin(() => signIn.resume(user, keepsake)),
    keepsake: () => signIn.keepsake(),

    async signOut() {
      probe.stop()
      streams.forget()
      alarms.forget()
      actions.signedOut({ kind: 'signed-out' })
      // The server is told with the token that is then forgotten; it has a moment to listen.
      await Promise.race([signalling.endAll({ kind: 'signed-out' }), pause(clock, FAREWELL_MS)])
      signIn.forget()
    },

    renew() {
      signalling.reconnect()
      actions.reconnect()
      if (!signIn.isSignedIn) return
      link.forget()
      signIn.wake()
      // The question needs a token, and so replaces one that ran out meanwhile.
      probe.soon()
    },

    cameras: (signal) => camerasOf({ http, clock, log }, signal),
    cameraGroups: (signal) => cameraGroupsOf({ http, log }, signal),
    streams: (cameraId) => streams.of(cameraId),
    facts: (camera, signal) => factsOf({ http, transport, tokens: signIn, signalling, log }, camera, signal),
    recordingTriggers: (signal) => triggersOf({ http, log }, signal),
    recorders: (signal) => recordersOf({ http, log }, signal),
    capture: (wish, signal) => capture({ transport, tokens: signIn, log }, wish, signal),
    sequences: (wish, signal) => actions.sequences(wish, signal),
    pictureBefore: (wish, signal) => actions.pictureBefore(wish, signal),
    alarms: (wish, signal) => alarms.page(wish, signal),
    openSession: (wish) => signalling.open(wish),
    actions: () => actions.offered,
  }
}
