import type { AlarmBook } from './alarms/book.ts'
import { alarmRoutes } from './alarms/routes.ts'
import type { ServerClock } from './clock.ts'
import type { Commands } from './commands.ts'
import { bookmarkRoutes } from './bookmarks/routes.ts'
import type { Bookmark } from './bookmarks/bookmark.ts'
import { configRoutes } from './config/routes.ts'
import { productVersions } from './config/servers.ts'
import type { ConfigStore } from './config/store.ts'
import type { Faults } from './control/faults.ts'
import { discoveryRoutes } from './discovery.ts'
import { evidenceLockRoutes } from './evidence-locks/routes.ts'
import type { LockShelf } from './evidence-locks/shelf.ts'
import { behindEventServer } from './events/event-server.ts'
import type { EventLog } from './events/event-log.ts'
import { eventsRoutes } from './events/rest.ts'
import type { EventsSessions } from './events/session.ts'
import { eventsSocket } from './events/web-socket.ts'
import { Gateway } from './gateway.ts'
import type { HostPort } from './hosts.ts'
import type { Identity } from './http/certificate.ts'
import { Machine } from './http/machine.ts'
import type { Route } from './http/routes.ts'
import { TlsPort } from './http/tls-port.ts'
import { WebSockets } from './http/web-sockets.ts'
import { permissionRoutes } from './identity/permissions.ts'
import type { Rights } from './identity/rights.ts'
import { passedOnRoutes, providerRoutes, type IdentityDeps } from './identity/routes.ts'
import type { Tokens } from './identity/tokens.ts'
import type { Users } from './identity/users.ts'
import type { Ledger } from './ledger.ts'
import type { SimulatorOptions } from './options.ts'
import type { Archive } from './recording/archive.ts'
import type { Recordings } from './recording/recordings.ts'
import { targetOf, type Rule } from './rules/rules.ts'
import type { SiteMicrophone } from './site/microphones.ts'
import type { Site } from './site/site.ts'
import { loginRoutes } from './soap/login.ts'
import type { SoapTokens } from './soap/tokens.ts'
import { openSenderWithoutMedia } from './webrtc/no-media.ts'
import { webRtcRoutes } from './webrtc/rest.ts'
import type { SessionCounts } from './webrtc/session-counts.ts'
import { SessionList } from './webrtc/session-list.ts'
import { singleShotRoute } from './webrtc/single-shot.ts'
import { webRtcSocket } from './webrtc/web-socket.ts'

/** What every port of one site shares. */
export interface SiteParts {
  options: SimulatorOptions
  site: Site
  clock: ServerClock
  ledger: Ledger
  faults: Faults
  tokens: Tokens
  users: Users
  soapTokens: SoapTokens
  rights: Rights
  commands: Commands
  recordings: Recordings
  archive: Archive
  sessionCounts: SessionCounts
  rules: readonly Rule[]
  microphones: readonly SiteMicrophone[]
  bookmarks: Map<string, Bookmark>
  shelf: LockShelf
  newReference: () => string
  log: EventLog
  alarms: AlarmBook
  eventsSessions: EventsSessions
  store: ConfigStore
  identity: IdentityDeps
  /** Origins of all gateways; known when they listen. */
  gatewayOrigins: () => string[]
  stop: (which?: string) => void
}

/** One gateway with what only it knows: sessions and sockets live in its memory. [?] that no other gateway has them */
export interface GatewayHost extends HostPort {
  sessions: SessionList
  webSockets: WebSockets
}

interface GatewayWish {
  name: string
  portNumber: number
  certificate: Identity
  /** Whether the identity provider is on the same host. */
  hasProvider: boolean
  /** Ports of other services on that host. */
  neighbours: readonly TlsPort[]
}

export function makeGateway(parts: SiteParts, wish: GatewayWish): GatewayHost {
  const { options, site, rights, clock, faults, ledger, tokens, log, eventsSessions } = parts
  const { profile, media } = options
  const sessions = new SessionList({
    site,
    rights,
    clock,
    faults,
    ledger,
    archive: parts.archive,
    counts: parts.sessionCounts,
    profile,
    microphones: parts.microphones,
    openSender: media ? (stream) => media.openSender(stream) : openSenderWithoutMedia,
  })
  const inactiveTimeoutSeconds = options.eventsInactiveTimeoutSeconds
  const webSockets = new WebSockets([
    eventsSocket({ log, sessions: eventsSessions, tokens, inactiveTimeoutSeconds }),
    // [V CFG] WebSocket signalling came with 2025 R1.
    ...(profile === '24.2' ? [] : [webRtcSocket({ sessions, tokens, profile })]),
  ])
  const routes: Route[] = [
    ...discoveryRoutes({
      productVersion: productVersions[profile],
      managementServer: parts.identity.origin,
      gateways: parts.gatewayOrigins,
    }),
    ...passedOnRoutes(parts.identity),
    ...(wish.hasProvider ? managementRoutes(parts) : []),
    ...webRtcRoutes({ sessions, tokens, profile }),
    ...(options.singleShot && media ? [singleShotRoute({ sessions, tokens })] : []),
    ...behindEventServer(faults, [
      ...eventsRoutes({
        log,
        ledger,
        rights,
        commands: parts.commands,
        recordings: parts.recordings,
        targetOf: (event) => targetOf(parts.rules, event),
        integration: options.integration,
      }),
      ...alarmRoutes(parts),
    ]),
    ...bookmarkRoutes({ ...parts, profile, searchTasks: options.searchTasks }),
    ...evidenceLockRoutes({ ...parts, edition: options.edition, searchTasks: options.searchTasks }),
    ...permissionRoutes(
      (type) =>
        parts.store
          .collection(type)!
          .all()
          .map(({ id }) => id),
      rights,
    ),
    ...configRoutes({ store: parts.store, rights }),
  ]
  const { name, portNumber, certificate } = wish
  const port = makePort(parts, { name, portNumber, certificate, routes, webSockets })
  return { name, port, sessions, webSockets, machine: new Machine(name, certificate, [port, ...wish.neighbours]) }
}

/** What the management server's own host answers beside the gateway: the provider and the SOAP login. */
export const managementRoutes = (parts: SiteParts): Route[] => [
  ...providerRoutes(parts.identity),
  ...loginRoutes(parts),
]

interface PortWish {
  name: string
  portNumber: number
  certificate: Identity
  routes: Route[]
  webSockets?: WebSockets
}

/** A port and what answers on it. */
export function makePort(parts: SiteParts, wish: PortWish): TlsPort {
  const { name, portNumber, certificate, routes, webSockets = new WebSockets([]) } = wish
  const { clock, ledger, faults, tokens, stop } = parts
  const origin = (): string => port.origin
  const door = new Gateway({ name, clock, routes, webSockets, faults, ledger, tokens, origin, stopServer: stop })
  const port: TlsPort = new TlsPort(portNumber, { identity: certificate, door })
  return port
}
