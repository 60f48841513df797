import './reflect.ts'
import { webcrypto, X509Certificate, createHash } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate with its key, ready for a TLS server. */
export interface Identity {
  keyPem: string
  certificatePem: string
  /** SHA-256 of the DER form, 64 lower-case hexadecimal digits. */
  sha256: string
}

const DAY_MS = 86_400_000
const algorithms = {
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const

/**
 * A self-signed certificate as Windows' New-SelfSignedCertificate makes it: no certificate authority, key usage
 * digitalSignature and keyEncipherment, one year (security.md 2.6).
 */
export async function makeIdentity(keyType: 'rsa' | 'ec', commonName = 'XPROTECT-SIM'): Promise<Identity> {
  x509.cryptoProvider.set(webcrypto as Crypto)
  const algorithm = algorithms[keyType]
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString('hex'),
    name: `CN=${commonName}`,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 364 * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth, x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
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
