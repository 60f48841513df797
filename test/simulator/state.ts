import type { ServerClock } from './clock.ts'
import type { CarriedOut, Commands, Duplicates } from './commands.ts'
import type { LockState } from './evidence-locks/shelf.ts'
import type { GatewayHost } from './gateway-host.ts'
import { portState, type HostPort, type PortState } from './hosts.ts'
import type { Ledger } from './ledger.ts'
import type { RecordingState } from './recording/recordings.ts'
import type { SessionCount, SessionCounts } from './webrtc/session-counts.ts'
import type { Road, VideoSession } from './webrtc/session-list.ts'

export interface SessionState {
  id: string
  /** Name of the gateway that has it. */
  gateway: string
  camera: { id: string; number: number; name: string }
  stream: { id: string; name: string; codec: string; widthPx: number; heightPx: number }
  road: Road
  startedAt: string
  /** null: live. */
  playback: { time: string; speed: number; skipGaps: boolean } | null
  /** Its offer or answer has a place for sound. */
  sound: boolean
  answered: boolean
  expiresAt: string
  /** Of the peer connection: new, connecting, connected. */
  connection: string
  media: Record<string, number>
}

/** What `GET /state` tells. Counts of TLS at the top are the first gateway's, all others the whole site's. */
export interface SimulatorState {
  /** Of the first gateway. */
  listening: boolean
  /** Fingerprint of the first gateway's certificate in use now, and of the one that was announced. */
  sha256: string
  nextSha256: string | null
  gateways: PortState[]
  /** The first recorder, which is among `recorders` too. */
  recorder: PortState
  recorders: PortState[]
  /** The first gateway's numbers where the identity provider is on its host; `listening` means that it answers. */
  idp: PortState
  clockOffsetSeconds: number
  sessions: SessionState[]
  sessionsEverOpened: number
  /** The most sessions there were at once, of all cameras together. */
  mostSessionsAtOnce: number
  /** Cameras that ever had one. */
  sessionsByCamera: SessionCount[]
  requests: Record<string, number>
  tokensIssued: number
  /** Password grants. */
  loginsTried: number
  loginsGranted: number
  refreshesTried: number
  refreshesGranted: number
  eventsFired: number
  tlsHandshakes: number
  tlsResumed: number
  applicationBytes: number
  webSockets: { events: number; webrtc: number; everOpened: number }
  /** Events sessions that live, with a socket or without. */
  eventsSessions: number
  /** Everything that was or is recorded beside the schedule, oldest first. */
  recordings: RecordingState[]
  evidenceLocks: LockState[]
  /** How many there are. */
  bookmarks: number
  /** What operators' commands did, oldest first, and what of it was done twice. */
  commands: CarriedOut[]
  duplicates: Duplicates
}

interface StateDeps {
  ledger: Ledger
  clock: ServerClock
  gateways: readonly GatewayHost[]
  recorders: readonly HostPort[]
  idp: HostPort
  isIdpAnswering: boolean
  sessionCounts: SessionCounts
  eventsSessions: number
  recordings: RecordingState[]
  locks: LockState[]
  bookmarks: number
  commands: Commands
}

export function stateOf(deps: StateDeps): SimulatorState {
  const { ledger, clock, gateways, recorders, idp, isIdpAnswering, eventsSessions, recordings, commands } = deps
  const { locks, bookmarks, sessionCounts } = deps
  const ports = gateways.map(portState)
  const { listening, sha256, nextSha256, tlsHandshakes, tlsResumed, applicationBytes } = ports[0]!
  const { requests, webSocketsOpened, ...counted } = ledger
  const open = (kind: 'events' | 'webrtc'): number =>
    gateways.reduce((sum, { webSockets }) => sum + webSockets.count(kind), 0)
  return {
    listening,
    sha256,
    nextSha256,
    gateways: ports,
    recorder: portState(recorders[0]!),
    recorders: recorders.map(portState),
    idp: { ...portState(idp), name: 'idp', listening: isIdpAnswering },
    clockOffsetSeconds: clock.offsetMs / 1000,
    sessions: gateways.flatMap(({ name, sessions }) => sessions.live().map((live) => sessionState(name, live))),
    requests: Object.fromEntries(requests),
    ...counted,
    mostSessionsAtOnce: sessionCounts.mostAtOnce,
    sessionsByCamera: sessionCounts.list(),
    tlsHandshakes,
    tlsResumed,
    applicationBytes,
    webSockets: { events: open('events'), webrtc: open('webrtc'), everOpened: webSocketsOpened },
    eventsSessions,
    recordings,
    evidenceLocks: locks,
    bookmarks,
    commands: commands.list(),
    duplicates: commands.duplicates,
  }
}

const sessionState = (
  gateway: string,
  { id, camera, stream, road, startedAt, playback, answer, expiresAtMs, sender }: VideoSession,
): SessionState => ({
  id,
  gateway,
  camera: { id: camera.id, number: camera.number, name: camera.name },
  stream: {
    id: stream.id,
    name: stream.name,
    codec: stream.codec,
    widthPx: stream.widthPx,
    heightPx: stream.heightPx,
  },
  road,
  startedAt,
  playback: playback && {
    time: new Date(playback.startAtMs).toISOString(),
    speed: playback.speed,
    skipGaps: playback.skipGaps,
  },
  sound: sender.hasSound,
  answered: answer !== null,
  expiresAt: new Date(expiresAtMs).toISOString(),
  connection: sender.state,
  media: { ...sender.stats() },
})
