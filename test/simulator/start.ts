import { randomBytes } from 'node:crypto'
import type { ActionWish } from './control/actions.ts'
import type { FaultWish } from './control/fault-shapes.ts'
import { openControl } from './control/server.ts'
import { createMedia, type Media } from './media/index.ts'
import type { SimulatorOptions } from './options.ts'
import { buildServer } from './server.ts'
import type { Site } from './site/site.ts'
import type { SimulatorState } from './state.ts'

export type { Site, SiteCamera } from './site/site.ts'
export type { SimulatorState } from './state.ts'
export type { SimulatorOptions } from './options.ts'
export type { FaultWish } from './control/fault-shapes.ts'
export type { ActionWish } from './control/actions.ts'

/** A running XProtect server. Origins have no slash at the end. */
export interface Simulator {
  gateway: string
  recorder: string
  /** Of the certificate it started with: SHA-256 of its DER form, 64 lower-case hexadecimal digits. */
  sha256: string
  certificatePem: string
  user: string
  password: string
  control: string
  /** What is behind it: ids and names of every camera, group and stream. */
  site: Site
  state(): SimulatorState
  /** Puts a fault in force; gives its id. Throws where the wish is malformed. */
  addFault(wish: FaultWish): string
  /** Takes back one fault or all. */
  removeFaults(id?: string): number
  /** Does something once. Throws where the wish is malformed. */
  act(action: ActionWish): Promise<object>
  /** Frees every port and ends every session. */
  stop(): Promise<void>
}

const defaults: Omit<SimulatorOptions, 'password' | 'media'> = {
  port: 0,
  recorderPort: 0,
  controlPort: 0,
  cameras: 9,
  special: true,
  profile: '25.1',
  edition: 'professional+',
  tokenTtlSeconds: 3600,
  user: 'operator',
  wrongPasswordsBeforeLockOut: 5,
  keyType: 'rsa',
  jpegGetLive: false,
  seed: 'watchpost',
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
    ...wish,
    media,
  }
  const server = await buildServer(options)
  const control = await openControl(server, options.controlPort)
  return {
    gateway: server.gateway(),
    recorder: server.recorder(),
    sha256: server.identity.sha256,
    certificatePem: server.identity.certificatePem,
    user: options.user,
    password: options.password,
    control: control.origin,
    site: server.site,
    state: server.state,
    addFault: (fault) => server.faults.add(fault),
    removeFaults: (id) => server.faults.remove(id),
    act: server.act,
    async stop() {
      control.close()
      await server.stop()
      await ownMedia?.close()
    },
  }
}
