import { AlarmBook } from './alarms/book.ts'
import { ServerClock } from './clock.ts'
import { Commands } from './commands.ts'
import { outputsOf } from './config/outputs.ts'
import { productVersions, type ChildSite } from './config/servers.ts'
import { configStore } from './config/store.ts'
import type { ActionWish } from './control/actions.ts'
import { carryOut, type Stage } from './control/carry-out.ts'
import { Faults } from './control/faults.ts'
import { LockShelf } from './evidence-locks/shelf.ts'
import { EventLog } from './events/event-log.ts'
import { EventsSessions } from './events/session.ts'
import { makeGateway, makePort, managementRoutes, type GatewayHost, type SiteParts } from './gateway-host.ts'
import { CertificateMaker, named, type HostPort } from './hosts.ts'
import type { Identity } from './http/certificate.ts'
import { Machine } from './http/machine.ts'
import type { TlsPort } from './http/tls-port.ts'
import { Rights } from './identity/rights.ts'
import { Tokens } from './identity/tokens.ts'
import { Users } from './identity/users.ts'
import { Ledger, type Arrival } from './ledger.ts'
import type { SimulatorOptions } from './options.ts'
import { Archive } from './recording/archive.ts'
import { RecordingTabs } from './recording/options.ts'
import { Recordings } from './recording/recordings.ts'
import { stillMaker } from './recorder/still.ts'
import { recorderRoutes } from './recorder/routes.ts'
import { referenceMaker } from './references.ts'
import { followRules, makeRules } from './rules/rules.ts'
import { generateSite } from './site/generate.ts'
import { microphonesOf } from './site/microphones.ts'
import type { Site } from './site/site.ts'
import { SoapTokens } from './soap/tokens.ts'
import { SessionCounts } from './webrtc/session-counts.ts'
import { stateOf, type SimulatorState } from './state.ts'

/** Where the site stands among others. The master is asked late: its port is known when it listens. */
export interface Federation {
  masterOrigin: () => string | undefined
  children: readonly ChildSite[]
}

/** All parts of the server, introduced to each other. */
export interface Server {
  gateways: readonly HostPort[]
  recorders: readonly HostPort[]
  /** The first gateway where the identity provider is on its host. */
  idp: HostPort
  /** The certificate the first gateway started with. */
  identity: Identity
  authorityPem: string | null
  site: Site
  faults: Faults
  archive: Archive
  alarms: AlarmBook
  arrivals: readonly Arrival[]
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
  const soapTokens = new SoapTokens(clock, site.computerName)
  const commands = new Commands(clock)
  const recordingTabs = new RecordingTabs(options.manualTimeoutMinutes)
  const ruleCameras = site.cameras.filter(({ number }) => options.ruleCameras.includes(number))
  const log = new EventLog(
    site,
    seed,
    clock,
    ruleCameras.map(({ name }) => name),
  )
  const alarms = new AlarmBook(site, seed, clock)
  const eventsSessions = new EventsSessions(log, options.eventsInactiveTimeoutSeconds * 1000)
  const recorderPortOf = (id: string): TlsPort =>
    recorders[site.recorders.findIndex((recorder) => recorder.id === id)]!.port
  const isRunning = (recorderId: string): boolean => recorderPortOf(recorderId).isListening
  const recordings = new Recordings({
    site,
    log,
    clock,
    commands,
    options: (camera) => recordingTabs.of(camera),
    isRunning,
  })
  const archive = new Archive({ clock, recordings })
  const sessionCounts = new SessionCounts()
  const recorderOfBox = new Map(site.hardware.map(({ id, recorderId }) => [id, recorderId]))
  const shelf = new LockShelf({ clock, recorderOf: ({ hardwareId }) => recorderOfBox.get(hardwareId)!, isRunning })
  const microphones = microphonesOf(site, seed, options.microphones)
  const outputs = outputsOf(site, seed, options.outputs)
  const rules = makeRules({ site, seed, log, cameras: ruleCameras, outputs: options.outputRules ? outputs : [] })
  followRules(rules, log, recordings)
  const certificates = await CertificateMaker.create(options, site.computerName)
  const store = configStore({
    site,
    options,
    faults,
    rights,
    log,
    clock,
    commands,
    recordingTabs,
    microphones,
    outputs,
    rules,
    lockedBytes: (recorderId) => shelf.lockedBytes(recorderId),
    recorderOrigin: (id) => recorderPortOf(id).origin,
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
    users,
    soapTokens,
    rights,
    commands,
    recordings,
    archive,
    sessionCounts,
    rules,
    microphones,
    bookmarks: new Map(),
    shelf,
    newReference: referenceMaker(),
    log,
    alarms,
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

  const names = numbered('gateway', options.gateways)
  const recorderNames = numbered('recorder', options.recorders)
  const [certificate, idpCertificate, otherCertificates, recorderCertificates] = await Promise.all([
    certificates.make('gateway'),
    hasOwnHost ? certificates.make('idp') : null,
    Promise.all(names.slice(1).map((name) => certificates.make(name))),
    Promise.all(recorderNames.slice(1).map((name) => certificates.make(name))),
  ])
  const still = stillMaker(options.media)
  const recorderPorts = recorderNames.map((name, at) => {
    const recorderId = site.recorders[at]!.id
    return makePort(parts, {
      name,
      portNumber: at === 0 ? options.recorderPort : 0,
      certificate: [certificate, ...recorderCertificates][at]!,
      routes: recorderRoutes({ recorderId, ...parts, still }),
    })
  })
  const first = makeGateway(parts, {
    name: 'gateway',
    portNumber: options.port,
    certificate,
    hasProvider: !hasOwnHost,
    neighbours: recorderPorts.slice(0, 1),
  })
  const gateways: GatewayHost[] = [
    first,
    ...otherCertificates.map((own, at) =>
      makeGateway(parts, {
        name: names[at + 1]!,
        portNumber: 0,
        certificate: own,
        hasProvider: false,
        neighbours: [],
      }),
    ),
  ]
  // The first recorder is on the first gateway's host and shows its certificate.
  const recorders = recorderPorts.map((port, at): HostPort => {
    const name = recorderNames[at]!
    return { name, port, machine: at === 0 ? first.machine : new Machine(name, recorderCertificates[at - 1]!, [port]) }
  })
  const idp: HostPort = idpCertificate ? makeProvider(parts, idpCertificate) : first
  const ports: HostPort[] = [...gateways, ...recorders, ...(idp === first ? [] : [idp])]
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
    for (const recorderId of recordersAmong(meant)) recordings.recorderStopped(recorderId)
    await Promise.all(meant.map(({ port }) => port.stop()))
  }

  async function start(which?: string): Promise<void> {
    if (which === undefined || which === 'idp') isProviderStopped = false
    if (which === 'idp' && !hasOwnHost) return
    const meant = which === undefined ? ports : [named(ports, which)]
    await Promise.all(meant.map(({ port }) => port.start()))
    for (const recorderId of recordersAmong(meant)) {
      recordings.recorderStarted(recorderId)
      shelf.recorderStarted(recorderId)
    }
  }

  const recordersAmong = (some: readonly HostPort[]): string[] =>
    site.recorders.filter((_, at) => some.includes(recorders[at]!)).map(({ id }) => id)

  const machines = [...gateways, ...recorders.slice(1), ...(idp === first ? [] : [idp])].map(({ machine }) => machine)
  const stage: Stage = {
    site,
    clock,
    tokens,
    users,
    log,
    alarms,
    rights,
    recordings,
    recordingTabs,
    archive,
    soapTokens,
    gateways,
    machines,
    certificates,
    stop,
    start,
  }
  return {
    gateways,
    recorders,
    idp,
    identity: certificate,
    authorityPem: certificates.authority?.certificatePem ?? null,
    site,
    faults,
    archive,
    alarms,
    arrivals: ledger.arrivals,
    state: () =>
      stateOf({
        ledger,
        clock,
        gateways,
        recorders,
        idp,
        isIdpAnswering: parts.identity.provider() === 'running' && idp.port.isListening,
        sessionCounts,
        eventsSessions: eventsSessions.count,
        recordings: recordings.states(),
        locks: shelf.states(),
        bookmarks: parts.bookmarks.size,
        commands,
      }),
    act: (wish) => carryOut(stage, wish),
    async stop() {
      recordings.close()
      shelf.close()
      await stop()
    },
  }
}

/** `gateway`, `gateway-2`, `gateway-3`. */
const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => (at === 0 ? name : `${name}-${at + 1}`))

function makeProvider(parts: SiteParts, certificate: Identity): HostPort {
  const port = makePort(parts, { name: 'idp', portNumber: 0, certificate, routes: managementRoutes(parts) })
  return { name: 'idp', port, machine: new Machine('idp', certificate, [port]) }
}
