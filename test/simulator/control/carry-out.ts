import type { AlarmBook } from '../alarms/book.ts'
import type { ServerClock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import { named, type CertificateMaker } from '../hosts.ts'
import type { Machine } from '../http/machine.ts'
import type { WebSockets } from '../http/web-sockets.ts'
import type { Rights } from '../identity/rights.ts'
import type { Tokens } from '../identity/tokens.ts'
import type { Users } from '../identity/users.ts'
import type { Archive } from '../recording/archive.ts'
import type { RecordingOptions, RecordingTabs } from '../recording/options.ts'
import { manual, type Recordings } from '../recording/recordings.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import type { SoapTokens } from '../soap/tokens.ts'
import type { SessionList } from '../webrtc/session-list.ts'
import { Action, type ActionWish } from './actions.ts'
import { isMeant } from './faults.ts'

/** What actions act on. */
export interface Stage {
  site: Site
  clock: ServerClock
  tokens: Tokens
  users: Users
  log: EventLog
  alarms: AlarmBook
  rights: Rights
  recordings: Recordings
  recordingTabs: RecordingTabs
  archive: Archive
  soapTokens: SoapTokens
  gateways: readonly { sessions: SessionList; webSockets: WebSockets }[]
  machines: readonly Machine[]
  certificates: CertificateMaker
  /** Both throw a RangeError for a port nobody has. */
  stop: (which?: string) => Promise<void>
  start: (which?: string) => Promise<void>
}

/** Does one thing at once. Throws where the wish is malformed or means nothing here. */
export async function carryOut(stage: Stage, wish: ActionWish): Promise<object> {
  const { site, clock, tokens, users, rights, recordings, gateways, machines, certificates } = stage
  const action = Action.parse(wish)
  switch (action.do) {
    case 'drop-sessions':
      return { dropped: dropSessions(stage, action.session, action.camera) }
    case 'cut-websockets':
      return { cut: sum(gateways.map(({ webSockets }) => webSockets.cut(action.which))) }
    case 'expire-tokens':
      tokens.expireAll(action.refreshToo)
      if (action.soapToo) stage.soapTokens.expireAll()
      return {}
    case 'lock-users':
      users.lock()
      return {}
    case 'unlock-users':
      users.unlock()
      return {}
    case 'set-role':
      users.setRole(action.user, action.role)
      return {}
    case 'set-clock':
      clock.offsetMs = action.offsetSeconds * 1000
      for (const { sessions } of gateways) sessions.rearm()
      recordings.rearm()
      return {}
    case 'swap-certificate': {
      const machine = named(machines, action.which)
      machine.use(await certificates.make(action.which, action), action.cutConnections)
      return { sha256: machine.sha256 }
    }
    case 'restore-certificate': {
      const machine = named(machines, action.which)
      machine.restore(action.cutConnections)
      return { sha256: machine.sha256 }
    }
    case 'announce-certificate': {
      const machine = named(machines, action.which)
      machine.announce(await certificates.make(action.which, { days: action.days }))
      return { nextSha256: machine.nextSha256 }
    }
    case 'rotate': {
      const machine = named(machines, action.which)
      machine.rotate(action.cutConnections)
      return { sha256: machine.sha256 }
    }
    case 'stop':
      await stage.stop(action.which)
      return {}
    case 'start':
      await stage.start(action.which)
      return {}
    case 'deny':
    case 'allow': {
      const camera = action.camera === undefined ? undefined : cameraOf(site, action.camera)
      rights.deny(users.named(action.user).name, action.right, action.do === 'deny', camera)
      return {}
    }
    case 'start-recording': {
      const { camera, user, seconds } = action
      const cause = manual('another client', user, seconds === undefined ? undefined : seconds * 1000)
      return { result: recordings.start(cameraOf(site, camera).id, cause) }
    }
    case 'stop-recording':
      return { stopped: recordings.stop(cameraOf(site, action.camera).id, 'manual', action.user) }
    case 'set-recorded': {
      const spans = action.spans.map(({ begin, end }) => ({ beginMs: Date.parse(begin), endMs: Date.parse(end) }))
      stage.archive.replace(cameraOf(site, action.camera), spans)
      return {}
    }
    case 'set-recording-options': {
      stage.recordingTabs.change(cameraOf(site, action.camera), given(action.options))
      return {}
    }
    case 'raise-alarm': {
      const { name, message, state, priority, at } = action
      const camera = action.camera === undefined ? null : cameraOf(site, action.camera)
      const atMs = at === undefined ? undefined : Date.parse(at)
      return { id: stage.alarms.raise({ name, message, camera, atMs, state, priority }).id }
    }
    case 'fire-event':
      return fireEvent(stage, action.type, action.camera)
  }
}

function dropSessions({ gateways }: Stage, session?: string, camera?: string | number): number {
  return sum(
    gateways.map(({ sessions }) =>
      sessions.endAll(
        'The session was closed by the server.',
        (live) => (session ?? live.id) === live.id && (camera === undefined || isMeant(camera, live.camera)),
      ),
    ),
  )
}

function fireEvent({ log, site }: Stage, name: string, camera: string | number | undefined): object {
  const type = log.typeOf(name)
  if (!type) throw new RangeError(`no event type ${name}`)
  return log.fire(type, camera === undefined ? `userDefinedEvents/${type.id}` : `cameras/${cameraOf(site, camera).id}`)
}

function cameraOf(site: Site, wanted: string | number): SiteCamera {
  const camera = site.cameras.find((candidate) => isMeant(wanted, candidate))
  if (!camera) throw new RangeError(`no camera ${wanted}`)
  return camera
}

/** Leaves out what was not said. */
const given = (wish: { [K in keyof RecordingOptions]?: RecordingOptions[K] | undefined }): Partial<RecordingOptions> =>
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)
