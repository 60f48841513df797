import { randomBytes } from 'node:crypto'
import type { SiteAlarm } from './alarms/alarm.ts'
import type { ActionWish } from './control/actions.ts'
import type { FaultWish } from './control/fault-shapes.ts'
import { openControl } from './control/server.ts'
import type { HostPort } from './hosts.ts'
import { createMedia, type Media } from './media/index.ts'
import type { SimulatorOptions } from './options.ts'
import type { Span } from './recording/spans.ts'
import { buildServer } from './server.ts'
import type { Site } from './site/site.ts'
import type { SimulatorState } from './state.ts'

export type { Site, SiteCamera } from './site/site.ts'
export type { SimulatorState } from './state.ts'
export type { SimulatorOptions } from './options.ts'
export type { FaultWish } from './control/fault-shapes.ts'
export type { ActionWish } from './control/actions.ts'

/** A port and the certificate it started with. */
export interface Endpoint {
  origin: string
  /** SHA-256 of the certificate's DER form, 64 lower-case hexadecimal digits. */
  sha256: string
}

/** A running XProtect server. Origins have no slash at the end. */
export interface Simulator {
  /** The first gateway. */
  gateway: string
  /** The first recording server. */
  recorder: string
  recorders: Endpoint[]
  /** All of them, the first included. */
  gateways: Endpoint[]
  /** The management server's host: the first gateway unless it is separate. */
  idp: Endpoint
  /** PEM of the site's own certificate authority, where it has one. */
  ca: string | null
  /** Of the certificate the first gateway and the recorder started with. */
  sha256: string
  certificatePem: string
  user: string
  /** `DOMAIN\user`, with the same password; so have `administrator`, `viewer` and `newcomer`. */
  windowsUser: string
  password: string
  control: string
  /** What is behind it: ids and names of every camera, group and stream. */
  site: Site
  /** Servers of the sites below this one; they stop with it. */
  childSites: Simulator[]
  state(): SimulatorState
  /** What is recorded of the camera of that number between two moments, in ms since 1970, oldest first. */
  recorded(cameraNumber: number, beginMs: number, endMs: number): Span[]
  /** Alarms between two moments, in ms since 1970, newest first. */
  alarms(beginMs: number, endMs: number): SiteAlarm[]
  /** Puts a fault in force; gives its id. Throws where the wish is malformed. */
  addFault(wish: FaultWish): string
  /** Takes back one fault or all. */
  removeFaults(id?: string): number
  /** Does something once. Throws where the wish is malformed. */
  act(action: ActionWish): Promise<object>
  /** Frees every port and ends every session. */
  stop(): Promise<void>
}

const defaults: Omit<SimulatorOptions, 'password' | 'media' | 'jpegGetLive'> = {
  port: 0,
  recorderPort: 0,
  controlPort: 0,
  gateways: 1,
  recorders: 1,
  idp: 'gateway',
  cameras: 9,
  special: true,
  profile: '25.1',
  edition: 'professional+',
  tokenTtlSeconds: 3600,
  user: 'operator',
  role: 'operator',
  windowsUser: 'CONTROL\\guard',
  wrongPasswordsBeforeLockOut: 5,
  keyType: 'rsa',
  ca: false,
  certDays: 364,
  clockOffsetSeconds: 0,
  outputs: 0,
  microphones: 0,
  ruleCameras: [],
  outputRules: false,
  manualTimeoutMinutes: 15,
  integration: false,
  searchTasks: true,
  singleShot: false,
  seed: 'watchpost',
  childSites: 0,
  eventsInactiveTimeoutSeconds: 30,
}

/**
 * Starts a server in this process; it listens when the promise resolves. `media` absent makes the real media room with
 * its clips in the usual cache; `null` runs without pictures; one given is used and not closed.
 */
export async function startSimulator(wish: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const ownMedia = wish.media === undefined ? await createMedia() : null
  const media: Media | null = wish.media === undefined ? ownMedia : wish.media
  const options: SimulatorOptions = {
    ...defaults,
    password: randomBytes(9).toString('base64url'),
    jpegGetLive: (wish.profile ?? defaults.profile) === '25.2',
    ...wish,
    media,
  }
  const simulator = await startSite(options, () => undefined)
  return {
    ...simulator,
    async stop() {
      await simulator.stop()
      await ownMedia?.close()
    },
  }
}

/** Starts a site and those below it, the lower ones first: the upper one's list has their ids. */
async function startSite(options: SimulatorOptions, masterOrigin: () => string | undefined): Promise<Simulator> {
  const childSites = await Promise.all(
    childOptions(options).map((child) => startSite(child, () => server.idp.port.origin)),
  )
  const children = childSites.map(({ site }) => ({ id: site.id, name: site.name }))
  const server = await buildServer(options, { masterOrigin, children })
  const control = await openControl(server, options.controlPort)
  const gateways = server.gateways.map(endpointOf)
  return {
    gateway: gateways[0]!.origin,
    recorder: server.recorders[0]!.port.origin,
    recorders: server.recorders.map(endpointOf),
    gateways,
    idp: endpointOf(server.idp),
    ca: server.authorityPem,
    sha256: server.identity.sha256,
    certificatePem: server.identity.certificatePem,
    user: options.user,
    windowsUser: options.windowsUser,
    password: options.password,
    control: control.origin,
    site: server.site,
    childSites,
    state: server.state,
    recorded(cameraNumber, beginMs, endMs) {
      const camera = server.site.cameras.find(({ number }) => number === cameraNumber)
      return camera ? server.archive.recorded(camera, beginMs, endMs) : []
    },
    alarms: (beginMs, endMs) => server.alarms.list(beginMs, endMs),
    addFault: (fault) => server.faults.add(fault),
    removeFaults: (id) => server.faults.remove(id),
    act: server.act,
    async stop() {
      control.close()
      await Promise.all([server.stop(), ...childSites.map((child) => child.stop())])
    },
  }
}

const endpointOf = ({ port, machine }: HostPort): Endpoint => ({ origin: port.origin, sha256: machine.sha256 })

const CHILD_NAMES = ['Harbour', 'Airport', 'Warehouse', 'Tunnel']
const CHILD_CAMERAS = 4

/** A site below another is like it, smaller, on ports of its own and with ids of its own. */
const childOptions = (parent: SimulatorOptions): SimulatorOptions[] =>
  Array.from({ length: parent.childSites }, (_, at) => ({
    ...parent,
    port: 0,
    recorderPort: 0,
    controlPort: 0,
    gateways: 1,
    recorders: 1,
    cameras: Math.min(parent.cameras, CHILD_CAMERAS),
    seed: `${parent.seed} child ${at + 1}`,
    ruleCameras: [],
    siteName: CHILD_NAMES[at] ?? `Branch ${at + 1}`,
    childSites: 0,
  }))
