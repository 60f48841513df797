import { ServerClock } from './clock.ts'
import { productVersions, type ChildSite } from './config/servers.ts'
import { configStore } from './config/store.ts'
import type { ActionWish } from './control/actions.ts'
import { carryOut, type Stage } from './control/carry-out.ts'
import { Faults } from './control/faults.ts'
import { EventLog } from './events/event-log.ts'
import { EventsSessions } from './events/session.ts'
import { makeGateway, makePort, type GatewayHost, type SiteParts } from './gateway-host.ts'
import { CertificateMaker, named, type HostPort } from './hosts.ts'
import type { Identity } from './http/certificate.ts'
import { Machine } from './http/machine.ts'
import { Rights } from './identity/rights.ts'
import { providerRoutes } from './identity/routes.ts'
import { Tokens } from './identity/tokens.ts'
import { Users } from './identity/users.ts'
import { Ledger } from './ledger.ts'
import type { SimulatorOptions } from './options.ts'
import { generateSite } from './site/generate.ts'
import type { Site } from './site/site.ts'
import { stateOf, type SimulatorState } from './state.ts'

/** Where the site stands among others. The master is asked late: its port is known when it listens. */
export interface Federation {
  masterOrigin: () => string | undefined
  children: readonly ChildSite[]
}

/** All parts of the server, introduced to each other. */
export interface Server {
  gateways: readonly HostPort[]
  recorder: HostPort
  /** The first gateway where the identity provider is on its host. */
  idp: HostPort
  /** The certificate the first gateway started with. */
  identity: Identity
  authorityPem: string | null
  site: Site
  faults: Faults
  state: () => SimulatorState
  act: (action: ActionWish) => Promise<object>
  stop: () => Promise<void>
}

export async function buildServer(options: SimulatorOptions, federation: Federation): Promise<Server> {
  const { seed, profile } = options
  const clock = new ServerClock(options.clockOffsetSeconds * 1000)
  const site = generateSite({ ...options, name: options.siteName })
  const ledger = new Ledger()
  const faults = new Faults(() => gateways.forEach(({ sessions }) => sessions.applyFaults()))
  const tokens = await Tokens.create(options.tokenTtlSeconds, clock)
  const users = new Users(options, clock)
  const rights = new Rights(site, (name) => users.find(name))
  const log = new EventLog(site, seed, clock)
  const eventsSessions = new EventsSessions(log, options.eventsInactiveTimeoutSeconds * 1000)
  const certificates = await CertificateMaker.create(options, site.computerName)
  const store = configStore({
    site,
    options,
    faults,
    rights,
    log,
    clock,
    recorderOrigin: () => recorder.port.origin,
    masterOrigin: federation.masterOrigin,
    childSites: federation.children,
  })

  let isProviderStopped = false
  const hasOwnHost = options.idp === 'separate'
  const parts: SiteParts = {
    options,
    site,
    clock,
    ledger,
    faults,
    tokens,
    rights,
    log,
    eventsSessions,
    store,
    identity: {
      tokens,
      users,
      ledger,
      productVersion: productVersions[profile],
      origin: () => idp.port.origin,
      provider: () => {
        if (isProviderStopped) return 'stopped'
        return hasOwnHost && !idp.port.isListening ? 'unreachable' : 'running'
      },
    },
    gatewayOrigins: () => gateways.map(({ port }) => port.origin),
    stop: (which) => void stop(which),
  }

  const names = ['gateway', ...Array.from({ length: options.gateways - 1 }, (_, at) => `gateway-${at + 2}`)]
  const [certificate, idpCertificate, ...others] = await Promise.all([
    certificates.make('gateway'),
    hasOwnHost ? certificates.make('idp') : null,
    ...names.slice(1).map((name) => certificates.make(name)),
  ])
  // The recording server's services are asked by SOAP, which comes later; until then it knows no path.
  const recorderWish = { name: 'recorder', portNumber: options.recorderPort, certificate, routes: [] }
  const recorderPort = makePort(parts, { ...recorderWish, ledger: new Ledger() })
  const first = makeGateway(parts, {
    name: 'gateway',
    portNumber: options.port,
    certificate,
    hasProvider: !hasOwnHost,
    neighbours: [recorderPort],
  })
  const gateways: GatewayHost[] = [
    first,
    ...others.map((own, at) =>
      makeGateway(parts, {
        name: names[at + 1]!,
        portNumber: 0,
        certificate: own,
        hasProvider: false,
        neighbours: [],
      }),
    ),
  ]
  const recorder: HostPort = { name: 'recorder', port: recorderPort, machine: first.machine }
  const idp: HostPort = idpCertificate ? makeProvider(parts, idpCertificate) : first
  const ports: HostPort[] = [...gateways, recorder, ...(idp === first ? [] : [idp])]
  await Promise.all(ports.map(({ port }) => port.start()))

  /** Everything that lives in memory on a real server is gone; tokens and users are in its database. */
  async function stop(which?: string): Promise<void> {
    if (which === 'idp' && !hasOwnHost) {
      isProviderStopped = true
      return
    }
    const meant = which === undefined ? ports : [named(ports, which)]
    for (const { name, sessions, webSockets } of gateways) {
      if (!meant.some((port) => port.name === name)) continue
      webSockets.cut()
      sessions.endAll('The server is stopping.')
    }
    if (which === undefined) eventsSessions.clear()
    await Promise.all(meant.map(({ port }) => port.stop()))
  }

  async function start(which?: string): Promise<void> {
    if (which === undefined || which === 'idp') isProviderStopped = false
    if (which === 'idp' && !hasOwnHost) return
    const meant = which === undefined ? ports : [named(ports, which)]
    await Promise.all(meant.map(({ port }) => port.start()))
  }

  const machines = [...gateways, ...(idp === first ? [] : [idp])].map(({ machine }) => machine)
  const stage: Stage = { site, clock, tokens, users, log, gateways, machines, certificates, stop, start }
  return {
    gateways,
    recorder,
    idp,
    identity: certificate,
    authorityPem: certificates.authority?.certificatePem ?? null,
    site,
    faults,
    state: () =>
      stateOf({
        ledger,
        clock,
        gateways,
        recorder,
        idp,
        isIdpAnswering: parts.identity.provider() === 'running' && idp.port.isListening,
        eventsSessions: eventsSessions.count,
      }),
    act: (wish) => carryOut(stage, wish),
    stop,
  }
}

function makeProvider(parts: SiteParts, certificate: Identity): HostPort {
  const routes = providerRoutes(parts.identity)
  const port = makePort(parts, { name: 'idp', portNumber: 0, certificate, routes })
  return { name: 'idp', port, machine: new Machine('idp', certificate, [port]) }
}
