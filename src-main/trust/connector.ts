import type { X509Certificate } from 'node:crypto'
import { createSecureContext, TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { authorities } from './authorities.ts'
import { judge } from './judge.ts'
import type { Origin } from './origin.ts'
import { TrustError } from './trust-error.ts'
import type { AgreedTrust, Clock } from './types.ts'

export interface ConnectorNeeds {
  origin: Origin
  trust: AgreedTrust
  clock: Pick<Clock, 'now'>
  connectTimeoutMs: number
  /** Every certificate that was accepted. */
  onAccepted?: (certificate: X509Certificate, authorized: boolean) => void
  /** Called before the waiting connections learn of it. No certificate where the handshake itself failed. */
  onRefused?: (error: TrustError, seen?: { certificate: X509Certificate | undefined; authorized: boolean }) => void
}

/**
 * The only way to a socket: TLS to one host and port, handed over after our verdict and never before.
 *
 * Sessions are never cached, because a resumed handshake shows no certificate (security.md 2.1). While no connection
 * stands, one goes ahead and the others wait for its verdict: an impostor sees one handshake, not one per camera.
 */
export function createConnector(needs: ConnectorNeeds): buildConnector.connector {
  const { origin, trust } = needs
  // Made once: reading a few hundred authorities anew for every connection costs tens of milliseconds.
  const ca = authorities(trust)
  const secureContext = ca && createSecureContext({ ca, minVersion: 'TLSv1.2' })
  const base = buildConnector({
    maxCachedSessions: 0,
    allowH2: false,
    minVersion: 'TLSv1.2',
    timeout: needs.connectTimeoutMs,
    rejectUnauthorized: trust.mode !== 'pin',
    ...(secureContext && { secureContext }),
    // Names are judged below: Node skips this callback just when it would matter.
    checkServerIdentity: () => undefined,
  })
  let standing = 0
  let isScouting = false
  const waiting: (() => void)[] = []
  let lastRefusal: Error | undefined

  function connect(options: buildConnector.Options, done: buildConnector.Callback): void {
    if (!isOurs(options, origin)) return done(new TrustError('XP_ORIGIN'), null)
    if (standing > 0) return attempt(options, done)
    if (!isScouting) return scout(options, done)
    waiting.push(() => (lastRefusal ? done(lastRefusal, null) : attempt(options, done)))
  }

  function scout(options: buildConnector.Options, done: buildConnector.Callback): void {
    isScouting = true
    attempt(options, (...outcome) => {
      isScouting = false
      lastRefusal = outcome[0] ?? undefined
      const followers = waiting.splice(0)
      done(...outcome)
      for (const follow of followers) follow()
    })
  }

  function attempt(options: buildConnector.Options, done: buildConnector.Callback): void {
    base(options, (error, socket) => {
      if (error) return done(refusedByLibrary(error), null)
      const refusal = verdict(socket)
      if (refusal) {
        socket.destroy()
        return done(refusal, null)
      }
      standing += 1
      socket.once('close', () => (standing -= 1))
      // A spoilt record after the handshake is only reported by Node; without this, requests would wait for their limit.
      socket.once('error', () => socket.destroy())
      done(null, socket)
    })
  }

  /** Chain errors end the handshake before we see it; they are verdicts all the same. */
  function refusedByLibrary(error: Error): Error {
    const code = chainVerdict((error as NodeJS.ErrnoException).code)
    if (!code || trust.mode === 'pin') return error
    const refusal = new TrustError(code, { cause: error })
    needs.onRefused?.(refusal)
    return refusal
  }

  function verdict(socket: unknown): TrustError | null {
    if (!(socket instanceof TLSSocket)) return new TrustError('XP_ORIGIN')
    const certificate = socket.getPeerX509Certificate()
    const { authorized } = socket
    const handshake = { reused: socket.isSessionReused(), protocol: socket.getProtocol(), authorized }
    const refusal = judge(certificate, handshake, trust, origin.host, needs.clock.now())
    if (refusal) needs.onRefused?.(refusal, { certificate, authorized })
    else if (certificate) needs.onAccepted?.(certificate, authorized)
    return refusal
  }

  return connect
}

function isOurs(options: buildConnector.Options, origin: Origin): boolean {
  const host = options.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = options.port === '' ? 443 : Number(options.port)
  const isPlain = !options.httpSocket && !options.socketPath
  return options.protocol === 'https:' && host === origin.host && port === origin.port && isPlain
}

/** Names of OpenSSL's verification errors, as Node reports them. */
function chainVerdict(code: string | undefined): TrustError['code'] | undefined {
  if (code === 'CERT_HAS_EXPIRED') return 'XP_TLS_EXPIRED'
  if (code === 'CERT_NOT_YET_VALID') return 'XP_TLS_NOT_YET_VALID'
  const isChain = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|PATH_LENGTH_|HOSTNAME_|CRL_|ERROR_IN_)/
  return code !== undefined && isChain.test(code) ? 'XP_TLS_CHAIN' : undefined
}
