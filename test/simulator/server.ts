import { configRoutes } from './config/routes.ts'
import { productVersions } from './config/servers.ts'
import { configStore } from './config/store.ts'
import { Action, type ActionWish } from './control/actions.ts'
import { Faults, isMeant } from './control/faults.ts'
import { discoveryRoutes } from './discovery.ts'
import { EventLog } from './events/event-log.ts'
import { eventsRoutes } from './events/rest.ts'
import { EventsSessions } from './events/session.ts'
import { eventsSocket } from './events/web-socket.ts'
import { Gateway } from './gateway.ts'
import { makeIdentity, type Identity } from './http/certificate.ts'
import { TlsPort } from './http/tls-port.ts'
import { WebSockets } from './http/web-sockets.ts'
import { identityRoutes } from './identity/routes.ts'
import { Tokens } from './identity/tokens.ts'
import { NEWCOMER, Users } from './identity/users.ts'
import { Ledger } from './ledger.ts'
import type { SimulatorOptions } from './options.ts'
import { generateSite } from './site/generate.ts'
import { guidOf } from './site/guid.ts'
import type { Site, SiteCamera } from './site/site.ts'
import { stateOf, type SimulatorState } from './state.ts'
import { openSenderWithoutMedia } from './webrtc/no-media.ts'
import { webRtcRoutes } from './webrtc/rest.ts'
import { SessionList } from './webrtc/session-list.ts'
import { webRtcSocket } from './webrtc/web-socket.ts'

/** All parts of the server, introduced to each other. */
export interface Server {
  gateway: () => string
  recorder: () => string
  identity: Identity
  site: Site
  faults: Faults
  state: () => SimulatorState
  act: (action: ActionWish) => Promise<object>
  stop: () => Promise<void>
}

export async function buildServer(options: SimulatorOptions): Promise<Server> {
  const { seed, profile, user, password, media } = options
  const site = generateSite({ cameras: options.cameras, special: options.special, seed })
  const ledger = new Ledger()
  const recorderLedger = new Ledger()
  const faults = new Faults(() => sessions.applyFaults())
  const tokens = await Tokens.create(options.tokenTtlSeconds)
  const users = new Users(
    [
      { name: user, id: guidOf(seed, 'user', user), password, mustChangePassword: false },
      { name: NEWCOMER, id: guidOf(seed, 'user', NEWCOMER), password, mustChangePassword: true },
    ],
    options.wrongPasswordsBeforeLockOut,
  )
  const log = new EventLog(site, seed)
  const eventsSessions = new EventsSessions(log, options.eventsInactiveTimeoutSeconds * 1000)
  const sessions: SessionList = new SessionList({
    site,
    faults,
    ledger,
    openSender: media ? (wish) => media.openSender(wish) : openSenderWithoutMedia,
  })
  const webSockets = new WebSockets([
    eventsSocket({
      log,
      sessions: eventsSessions,
      tokens,
      inactiveTimeoutSeconds: options.eventsInactiveTimeoutSeconds,
    }),
    // [V CFG] WebSocket signalling came with 2025 R1.
    ...(profile === '24.2' ? [] : [webRtcSocket({ sessions, tokens, profile })]),
  ])
  const store = configStore({ site, options, faults, recorderOrigin: () => recorder.origin })
  const gateway: Gateway = new Gateway({
    routes: [
      ...discoveryRoutes(productVersions[profile]),
      ...identityRoutes({ tokens, users, ledger, productVersion: productVersions[profile] }),
      ...webRtcRoutes({ sessions, tokens, profile }),
      ...eventsRoutes({ log, ledger }),
      ...configRoutes({ store, tasks: { clock: Date.now } }),
    ],
    webSockets,
    faults,
    ledger,
    tokens,
    origin: () => port.origin,
    stopServer: () => void stop(),
  })
  // The recording server's services are asked by SOAP, which comes later; until then it knows no path.
  const recorderGateway: Gateway = new Gateway({
    routes: [],
    webSockets: new WebSockets([]),
    faults: new Faults(() => {}),
    ledger: recorderLedger,
    tokens,
    origin: () => recorder.origin,
    stopServer: () => {},
  })
  const identity = await makeIdentity(options.keyType)
  const port = new TlsPort(options.port, { identity, ledger, door: gateway })
  const recorder = new TlsPort(options.recorderPort, { identity, ledger: recorderLedger, door: recorderGateway })
  let identityInUse = identity
  await Promise.all([port.start(), recorder.start()])

  /** Everything that lives in memory on a real server is gone; tokens and users are in its database. */
  async function stop(): Promise<void> {
    webSockets.cut()
    sessions.endAll('The server is stopping.')
    eventsSessions.clear()
    await Promise.all([port.stop(), recorder.stop()])
  }

  async function useIdentity(next: Identity, cutConnections: boolean): Promise<object> {
    identityInUse = next
    for (const each of [port, recorder]) {
      each.useIdentity(next)
      if (cutConnections) each.cutConnections()
    }
    return { sha256: next.sha256 }
  }

  function cameraOf(wanted: string | number): SiteCamera {
    const camera = site.cameras.find((candidate) => isMeant(wanted, candidate))
    if (!camera) throw new RangeError(`no camera ${wanted}`)
    return camera
  }

  function fireEvent(name: string, camera: string | number | undefined): object {
    const type = log.typeOf(name)
    if (!type) throw new RangeError(`no event type ${name}`)
    return log.fire(type, camera === undefined ? `userDefinedEvents/${type.id}` : `cameras/${cameraOf(camera).id}`)
  }

  async function act(wish: ActionWish): Promise<object> {
    const action = Action.parse(wish)
    switch (action.do) {
      case 'drop-sessions': {
        const { session, camera } = action
        const dropped = sessions.endAll(
          'The session was closed by the server.',
          (live) => (session ?? live.id) === live.id && (camera === undefined || isMeant(camera, live.camera)),
        )
        return { dropped }
      }
      case 'cut-websockets':
        return { cut: webSockets.cut(action.which) }
      case 'expire-tokens':
        tokens.expireAll(action.refreshToo)
        return {}
      case 'lock-users':
        users.lock()
        return {}
      case 'unlock-users':
        users.unlock()
        return {}
      case 'swap-certificate':
        return useIdentity(await makeIdentity(options.keyType), action.cutConnections)
      case 'restore-certificate':
        return useIdentity(identity, action.cutConnections)
      case 'stop':
        await stop()
        return {}
      case 'start':
        await Promise.all([port.start(), recorder.start()])
        return {}
      case 'fire-event':
        return fireEvent(action.type, action.camera)
    }
  }

  return {
    gateway: () => port.origin,
    recorder: () => recorder.origin,
    identity,
    site,
    faults,
    state: () =>
      stateOf({
        ledger,
        sessions,
        webSockets,
        eventsSessions: eventsSessions.count,
        listening: port.isListening,
        sha256: identityInUse.sha256,
      }),
    act,
    stop,
  }
}
