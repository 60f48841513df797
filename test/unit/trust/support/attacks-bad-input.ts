import { KeyObject, createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import { parseOrigin } from '../../../../src-main/trust/origin.ts'
import { probeOrigin } from '../../../../src-main/trust/probe.ts'
import { type Attack, inWords, login, outcomeOf, pin, secret, type Stage } from './attack.ts'
import { authority, identity, type Identity, withAppended, x509 } from './certificates.ts'
import { response, type Script } from './tls-server.ts'

/** Whether it was refused, in whatever words this TLS library has for it, and what the server heard. */
const isRefused = (outcome: string): boolean => !outcome.startsWith('2') && !outcome.startsWith('not ours')

/** The agreed server frames its answer in a way nobody may. */
function framed(id: string, says: string, headers: string): Attack {
  return {
    id,
    says,
    expected: 'bad-answer shape',
    async run(stage) {
      const genuine = await identity()
      const script: Script = (socket) => void socket.write(`HTTP/1.1 200 Said\r\n${headers}\r\n\r\nhello`)
      const server = await stage.server(genuine, script)
      return outcomeOf(stage.client(server.origin, pin(genuine)))
    },
  }
}

/** An extension of a private arc that says nothing, at length. */
const ballast = (bytes: number) => new x509.Extension('1.3.6.1.4.1.99999.1', false, new Uint8Array(bytes))

/** What a certificate no TLS library would serve comes to: refused, refused to the probe, and the secret heard. */
async function playedBy(stage: Stage, shown: Identity): Promise<[boolean, boolean, boolean]> {
  const said: Buffer[] = []
  const server = await stage.tcp((socket) => {
    socket.once('data', () => socket.write(serverFlight(Buffer.from(shown.certificate.rawData))))
    socket.on('data', (bytes: Buffer) => said.push(bytes))
  })
  const asked = await outcomeOf(stage.client(server.origin, pin(shown)), { ...login, timeoutMs: 3_000 })
  const looked = await probeOrigin(parseOrigin(server.origin)).then(() => '200', inWords)
  return [isRefused(asked), isRefused(looked), Buffer.concat(said).includes(secret)]
}

export const badInputs: Attack[] = [
  {
    id: 'B53',
    says: 'a certificate with extensions of many megabytes is not read to its end, and hears nothing',
    expected: [true, true, false],
    run: async (stage) => playedBy(stage, await identity({ extensions: [ballast(10 << 20)] })),
  },
  {
    id: 'B53b',
    says: 'a certificate with a key of sixteen thousand bits costs no time and gains nothing',
    expected: [true, true, false],
    run: async (stage) => playedBy(stage, await giantKey()),
  },
  {
    id: 'B54b',
    says: 'a certificate with ten thousand names is refused by its size, and hears nothing',
    expected: [true, ''],
    async run(stage) {
      const value = (at: number) => `a-camera-with-a-name-${String(at)}.example`
      const names = Array.from({ length: 10_000 }, (_, at) => ({ type: 'dns' as const, value: value(at) }))
      const crowded = await identity({ names })
      const server = await stage.server(crowded)
      return [isRefused(await outcomeOf(stage.client(server.origin, pin(crowded)))), server.heard]
    },
  },
  {
    id: 'B54c',
    says: 'a name that ends for careless readers at a NUL is another name, and no NUL reaches the screen',
    expected: ['unusable-certificate wrong-name XP_TLS_HOSTNAME', '', false],
    async run(stage) {
      const root = await authority()
      const name = '127.0.0.1\0.evil.example'
      const forged = await identity({
        subject: 'CN=127.0.0.1\0.evil.example',
        issuer: root,
        names: [{ type: 'dns', value: name }],
      })
      const server = await stage.server(withAppended(forged, root))
      const asked = await outcomeOf(stage.client(server.origin, { mode: 'ca', ca: [root.cert] }))
      const { facts } = await probeOrigin(parseOrigin(server.origin))
      return [asked, server.heard, [facts.subject, ...facts.names].join().includes('\0')]
    },
  },
  framed('B57d', 'a length no number can hold is not understood', `content-length: ${'9'.repeat(40)}`),
  framed('B57e', 'two lengths that differ are not understood', 'content-length: 5\r\ncontent-length: 4'),
  framed('B57f', 'a length in words is not understood', 'content-length: five'),
  framed('B57g', 'a chunk of negative size is not understood', 'transfer-encoding: chunked\r\n\r\n-5\r\nhello'),
  {
    id: 'B60b',
    says: 'what one answer asks to be remembered is in none of the next requests, and no other server is visited',
    expected: ['200 hello', '200 hello', [], 0],
    async run(stage) {
      const [genuine, evil] = [await identity(), await stage.server(await identity())]
      const lures = {
        'set-cookie': 'watch=me; Path=/',
        'alt-svc': `h2="${evil.origin.slice(8)}"; ma=86400`,
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        link: `<${evil.origin}/x>; rel=preload`,
        refresh: `0; url=${evil.origin}/`,
        'content-location': `${evil.origin}/y`,
        'clear-site-data': '"*"',
      }
      const server = await stage.server(genuine, (socket) => void socket.write(response(200, 'hello', lures)))
      const client = stage.client(server.origin, pin(genuine))
      const outcomes = [await outcomeOf(client), await outcomeOf(client)]
      const second = server.heard.split('POST ')[2] ?? ''
      return [...outcomes, second.match(/^(cookie|if-|via|upgrade)[^\r]*/gim) ?? [], evil.connections]
    },
  },
]

/** A certificate for an RSA key of 16,384 bits nobody holds the other half of. */
async function giantKey(): Promise<Identity> {
  const modulus = randomBytes(2_048)
  modulus[0]! |= 0x80
  modulus[2_047]! |= 1
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' }
  const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const publicKey = await webcrypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify'])
  const signer = await identity()
  const keys = { publicKey: publicKey as unknown as CryptoKey, privateKey: signer.keys.privateKey }
  KeyObject.from(publicKey) // a key that cannot be read would prove nothing
  return identity({ keys })
}

/** What a server of TLS 1.2 says first, with a signature that cannot be right (RFC 5246 7.4). */
function serverFlight(certificate: Buffer): Buffer {
  const curve = Buffer.from([3, 0x00, 0x1d, 32])
  const signature = Buffer.concat([Buffer.from([0x08, 0x04, 0x08, 0x00]), randomBytes(2_048)])
  const hello = Buffer.concat([
    Buffer.from([3, 3]),
    randomBytes(32),
    // No session, ECDHE_RSA_WITH_AES_128_GCM_SHA256, no compression, secure renegotiation.
    Buffer.from([0, 0xc0, 0x2f, 0, 0, 5, 0xff, 1, 0, 1, 0]),
  ])
  return Buffer.concat([
    records(message(2, hello)),
    records(message(11, sized(sized(certificate)))),
    records(message(12, Buffer.concat([curve, randomBytes(32), signature]))),
    records(message(14, Buffer.alloc(0))),
  ])
}

/** Its length in three bytes before it. */
function sized(body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length.subarray(1), body])
}

const message = (type: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([type]), sized(body)])

/** Cut into records of at most 2^14 bytes (RFC 5246 6.2.1). */
function records(body: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length; at += 1 << 14) {
    const piece = body.subarray(at, at + (1 << 14))
    const head = Buffer.from([22, 3, 3, 0, 0])
    head.writeUInt16BE(piece.length, 3)
    pieces.push(head, piece)
  }
  return Buffer.concat(pieces)
}
