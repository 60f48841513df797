import type { ServerClock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import { named, type CertificateMaker } from '../hosts.ts'
import type { Machine } from '../http/machine.ts'
import type { WebSockets } from '../http/web-sockets.ts'
import type { Tokens } from '../identity/tokens.ts'
import type { Users } from '../identity/users.ts'
import type { Site, SiteCamera } from '../site/site.ts'
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
  gateways: readonly { sessions: SessionList; webSockets: WebSockets }[]
  machines: readonly Machine[]
  certificates: CertificateMaker
  /** Both throw a RangeError for a port nobody has. */
  stop: (which?: string) => Promise<void>
  start: (which?: string) => Promise<void>
}

/** Does one thing at once. Throws where the wish is malformed or means nothing here. */
export async function carryOut(stage: Stage, wish: ActionWish): Promise<object> {
  const { clock, tokens, users, gateways, machines, certificates } = stage
  const action = Action.parse(wish)
  switch (action.do) {
    case 'drop-sessions':
      return { dropped: dropSessions(stage, action.session, action.camera) }
    case 'cut-websockets':
      return { cut: sum(gateways.map(({ webSockets }) => webSockets.cut(action.which))) }
    case 'expire-tokens':
      tokens.expireAll(action.refreshToo)
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

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)
