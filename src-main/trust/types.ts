import type { CertificateFacts, Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { Failure } from '../../src-preload/contract/failure.ts'

/** How one origin proves itself. Pins are SHA-256 fingerprints of the leaf certificate (security.md 2.2). */
export type OriginTrust =
  /** Nothing agreed on yet: the origin may be looked at, never spoken to. */
  | { mode: 'none' }
  /**
   * `nextPins` are announced for a planned rotation, `replaced` those that ended with one and still count until then
   * (ISO, UTC); `allowExpired` is set by an administrator.
   */
  | {
      mode: 'pin'
      pins: Fingerprint[]
      nextPins: Fingerprint[]
      replaced?: { pin: Fingerprint; until: string }[]
      allowExpired?: boolean
    }
  /** Certificates in PEM of the authorities that may vouch for the server's name. */
  | { mode: 'ca'; ca: string[] }
  /** Whatever this computer's own list of authorities accepts for the server's name. */
  | { mode: 'system' }

/** Trust that can be judged by. */
export type AgreedTrust = Exclude<OriginTrust, { mode: 'none' }>

/** The road the server room is given; `xprotect/transport.ts` says the same in its own words. */
export interface Transport {
  request(exchange: Exchange): Promise<Answer>
  openSocket(wish: SocketWish): Promise<Socket>
}

export interface Exchange {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute path with query; never a whole address. */
  path: string
  headers?: Record<string, string>
  body?: string
  /** Total deadline, connection included. Default 15,000. */
  timeoutMs?: number
  signal?: AbortSignal
  /** The gateway passes it on to a server of its own: where that one is away, nothing is said of the gateway. */
  isPassedOn?: boolean
}

export interface Answer {
  status: number
  /** Names in lower case; a repeated header is joined by commas. */
  headers: Record<string, string>
  text: string
}

export interface SocketWish {
  path: string
  headers?: Record<string, string>
  /** Deadline for the upgrade, connection included. Default 15,000. */
  timeoutMs?: number
  onMessage: (text: string) => void
  /** Called once, whoever ended it. */
  onClose: () => void
}

export interface Socket {
  send(text: string): void
  /**
   * Wants a sign of life within this many milliseconds, or ends the socket. False where the other side is not known to
   * give one when asked (RFC 6455 5.5.2 wants it to), and so silence would prove nothing.
   */
  demandLife(withinMs: number): boolean
  close(): void
}

/** Time, injectable so that thirty seconds need not pass in a test. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Runs once after the delay; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    timer.unref() // a look in four hours is no reason to stay alive
    return () => clearTimeout(timer)
  },
}

/** What happened when a site was latched shut. */
export interface BlockedReport<Name extends string = string> {
  /** The origin whose server is not the agreed one. */
  origin: Name
  /** Host and port, for a human. */
  address: string
  /** The certificate seen instead; absent where the handshake ended before it could be read. */
  offered?: CertificateFacts
  /** The agreed certificate as it was last seen, where it was. */
  trusted?: CertificateFacts
  /** Fingerprints that would have been accepted. */
  expected: Fingerprint[]
  because: Failure
  /** ISO, UTC. */
  seenAt: string
}
