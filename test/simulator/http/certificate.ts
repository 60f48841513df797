import './reflect.ts'
import { webcrypto, X509Certificate, createHash } from 'node:crypto'
import { isIP } from 'node:net'
import * as x509 from '@peculiar/x509'

/** A certificate with its key, ready for a TLS server. */
export interface Identity {
  keyPem: string
  certificatePem: string
  /** SHA-256 of the DER form, 64 lower-case hexadecimal digits. */
  sha256: string
}

/** Who signs the certificates of a site that has a certificate authority of its own. */
export interface Authority {
  name: string
  keys: CryptoKeyPair
  certificatePem: string
}

export interface CertificateWish {
  keyType: 'rsa' | 'ec'
  commonName: string
  /** Hosts it is good for. */
  names?: readonly string[]
  /** Days until it runs out; with a fraction, and below zero for one that has run out. */
  days?: number
  /** Self-signed without one. */
  issuer?: Authority | undefined
}

const DAY_MS = 86_400_000
const LOOPBACK = ['localhost', '127.0.0.1']
const algorithms = {
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const

x509.cryptoProvider.set(webcrypto as Crypto)

/**
 * A certificate as Windows' New-SelfSignedCertificate makes it: no certificate authority, key usage digitalSignature
 * and keyEncipherment, one year (security.md 2.6). A site's own authority issues the same, under its own name.
 */
export async function makeIdentity(wish: CertificateWish): Promise<Identity> {
  const { keyType, commonName, names = LOOPBACK, days = 364, issuer } = wish
  const keys = await newKeys(keyType)
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  const endsAtMs = Date.now() + days * DAY_MS
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: `CN=${commonName}`,
    issuer: `CN=${issuer?.name ?? commonName}`,
    notBefore: new Date(Math.min(Date.now(), endsAtMs) - DAY_MS),
    notAfter: new Date(endsAtMs),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: algorithms[keyType],
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth, x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  })
  const certificatePem = certificate.toString('pem')
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return {
    keyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
    certificatePem,
    sha256: createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('hex'),
  }
}

/** A certificate authority of a company: ten years, may sign certificates and nothing else. */
export async function makeAuthority(keyType: 'rsa' | 'ec', name: string): Promise<Authority> {
  const keys = await newKeys(keyType)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 3650 * DAY_MS),
    signingAlgorithm: algorithms[keyType],
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  return { name, keys, certificatePem: certificate.toString('pem') }
}

const newKeys = async (keyType: 'rsa' | 'ec'): Promise<CryptoKeyPair> =>
  (await webcrypto.subtle.generateKey(algorithms[keyType], true, ['sign', 'verify'])) as CryptoKeyPair

/** Positive, whatever the random bits say. */
const newSerial = (): string =>
  `1${Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .slice(1)}`
