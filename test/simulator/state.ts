import type { Ledger } from './ledger.ts'
import type { SessionList, VideoSession } from './webrtc/session-list.ts'
import type { WebSockets } from './http/web-sockets.ts'

export interface SessionState {
  id: string
  camera: { id: string; number: number; name: string }
  stream: { id: string; name: string; codec: string; widthPx: number; heightPx: number }
  road: 'rest' | 'ws'
  startedAt: string
  answered: boolean
  expiresAt: string
  /** Of the peer connection: new, connecting, connected. */
  connection: string
  media: Record<string, number>
}

/** What `GET /state` tells. */
export interface SimulatorState {
  listening: boolean
  /** Fingerprint of the certificate in use now. */
  sha256: string
  sessions: SessionState[]
  sessionsEverOpened: number
  requests: Record<string, number>
  tokensIssued: number
  loginsTried: number
  eventsFired: number
  tlsHandshakes: number
  tlsResumed: number
  applicationBytes: number
  webSockets: { events: number; webrtc: number; everOpened: number }
  /** Events sessions that live, with a socket or without. */
  eventsSessions: number
}

interface StateDeps {
  ledger: Ledger
  sessions: SessionList
  webSockets: WebSockets
  eventsSessions: number
  listening: boolean
  sha256: string
}

export const stateOf = ({
  ledger,
  sessions,
  webSockets,
  eventsSessions,
  listening,
  sha256,
}: StateDeps): SimulatorState => ({
  listening,
  sha256,
  sessions: sessions.live().map(sessionState),
  sessionsEverOpened: ledger.sessionsEverOpened,
  requests: Object.fromEntries(ledger.requests),
  tokensIssued: ledger.tokensIssued,
  loginsTried: ledger.loginsTried,
  eventsFired: ledger.eventsFired,
  tlsHandshakes: ledger.tlsHandshakes,
  tlsResumed: ledger.tlsResumed,
  applicationBytes: ledger.applicationBytes,
  webSockets: {
    events: webSockets.count('events'),
    webrtc: webSockets.count('webrtc'),
    everOpened: ledger.webSocketsOpened,
  },
  eventsSessions,
})

const sessionState = ({
  id,
  camera,
  stream,
  road,
  startedAt,
  answer,
  expiresAtMs,
  sender,
}: VideoSession): SessionState => ({
  id,
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
  answered: answer !== null,
  expiresAt: new Date(expiresAtMs).toISOString(),
  connection: sender.state,
  media: { ...sender.stats() },
})
