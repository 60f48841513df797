import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import * as tls from 'node:tls'
import type { CertificateFacts } from '../../src-preload/contract/models/certificate.ts'
import { systemAuthorities } from './authorities.ts'
import { factsOf } from './certificate.ts'
import { asAppError } from './failures.ts'
import type { Handshake } from './judge.ts'
import type { Origin } from './origin.ts'
import { TrustError } from './trust-error.ts'

const timeoutMs = 10_000

/** What a handshake showed. Nothing but the handshake was sent. */
export interface Sight {
  certificate: X509Certificate
  handshake: Handshake
  facts: CertificateFacts
}

/**
 * Looks at a server's certificate without a credential: shakes hands, reads, hangs up (security.md 2.5).
 *
 * Any certificate is accepted here because nothing is ever written to this connection. With `ca` the chain is held
 * against those authorities, otherwise against this computer's.
 */
export function probeOrigin(origin: Origin, ca = systemAuthorities()): Promise<Sight> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      clearTimeout(deadline)
      socket.destroy()
      reject(asAppError(error, 'certificate'))
    }
    const deadline = setTimeout(() => fail(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' })), timeoutMs)
    const socket = tls.connect({
      host: origin.host,
      port: origin.port,
      ...(isIP(origin.host) === 0 && { servername: origin.host }),
      ...(ca && { ca }),
      rejectUnauthorized: false,
      // Names are compared apart, so that `authorized` speaks of the chain alone.
      checkServerIdentity: () => undefined,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
    })
    socket.on('error', fail)
    socket.once('close', () => fail(Object.assign(new Error('closed early'), { code: 'ECONNRESET' })))
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate()
      if (!certificate) return fail(new TrustError('XP_TLS_NO_CERT'))
      clearTimeout(deadline)
      const { authorized } = socket
      const handshake = { reused: socket.isSessionReused(), protocol: socket.getProtocol(), authorized }
      socket.destroy()
      resolve({ certificate, handshake, facts: factsOf(certificate, origin.host, authorized) })
    })
  })
}
