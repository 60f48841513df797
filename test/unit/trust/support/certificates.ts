import '../../../simulator/http/reflect.ts'
import { KeyObject, webcrypto, X509Certificate } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { fingerprintOf } from '../../../../src-main/trust/judge.ts'

export { x509 }

x509.cryptoProvider.set(webcrypto as unknown as Crypto)

/** A certificate with its key, as a test server wants it. */
export interface Identity {
  /** PEM; certificates appended to the leaf follow it. */
  cert: string
  key: string
  fingerprint: string
  keys: CryptoKeyPair
  certificate: x509.X509Certificate
}

export interface Wish {
  subject?: string
  /** Hexadecimal. */
  serial?: string
  kind?: 'rsa' | 'rsa-1024' | 'ec'
  validFromDays?: number
  validToDays?: number
  /** Subject alternative names; none when empty. */
  names?: x509.JsonGeneralName[]
  extensions?: x509.Extension[]
  /** Use these keys again. */
  keys?: CryptoKeyPair
  /** Signed by this authority; by itself when absent. */
  issuer?: Identity
  /** Claims this issuer's name while the signature is its own: a forgery. */
  claims?: Identity
}

const algorithms = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
  'rsa-1024': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 1024,
  },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
}
const dayMs = 86_400_000
export const loopbackNames: x509.JsonGeneralName[] = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
  { type: 'dns', value: 'localhost' },
]

/** Makes a certificate; without wishes a good one for loopback, self-signed. */
export async function identity(wish: Wish = {}): Promise<Identity> {
  const keys = wish.keys ?? (await newKeys(wish.kind ?? 'ec'))
  const signer = wish.issuer ?? wish.claims
  const subject = wish.subject ?? 'CN=gateway.example'
  const names = wish.names ?? loopbackNames
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: wish.serial ?? randomSerial(),
    subject,
    issuer: signer?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() + (wish.validFromDays ?? -1) * dayMs),
    notAfter: new Date(Date.now() + (wish.validToDays ?? 365) * dayMs),
    publicKey: keys.publicKey,
    signingKey: (wish.issuer?.keys ?? keys).privateKey,
    signingAlgorithm: { name: (wish.issuer?.keys ?? keys).privateKey.algorithm.name, hash: 'SHA-256' },
    extensions: [
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
      ...(wish.extensions ?? []),
    ],
  })
  const cert = certificate.toString('pem')
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' })
  // Read as DER: BoringSSL takes a minute for ten megabytes of PEM.
  const fingerprint = fingerprintOf(new X509Certificate(Buffer.from(certificate.rawData)))
  return { cert, key: String(key), fingerprint, keys, certificate }
}

/** An authority that may sign others. */
export function authority(subject = 'CN=Example Authority', serial?: string): Promise<Identity> {
  return identity({
    subject,
    ...(serial !== undefined && { serial }),
    names: [],
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
    ],
  })
}

/** The same leaf, followed by certificates that should lend it weight. */
export function withAppended(leaf: Identity, ...others: Identity[]): Identity {
  return { ...leaf, cert: [leaf, ...others].map((one) => one.cert.trim()).join('\n') + '\n' }
}

/** Node's own types of the key differ from the page's in name only. */
async function newKeys(kind: keyof typeof algorithms): Promise<CryptoKeyPair> {
  const made: unknown = await webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify'])
  return made as CryptoKeyPair
}

function randomSerial(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(8)))
    .toString('hex')
    .replace(/^./, '1')
}
