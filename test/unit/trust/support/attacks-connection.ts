import { randomBytes } from 'node:crypto'
import { connect as connectTcp, Socket } from 'node:net'
import { createConnector } from '../../../../src-main/trust/connector.ts'
import { parseOrigin } from '../../../../src-main/trust/origin.ts'
import { createSiteTrust } from '../../../../src-main/trust/site-trust.ts'
import { TrustError } from '../../../../src-main/trust/trust-error.ts'
import { systemClock } from '../../../../src-main/trust/types.ts'
import { type Attack, login, outcomeOf, pin, secret, type Stage, until } from './attack.ts'
import { identity } from './certificates.ts'
import { answerOk, response } from './tls-server.ts'

const mismatch = 'untrusted-certificate XP_TLS_PIN_MISMATCH'
const hangUpAfter = { connection: 'close' }
const quick = { limits: { connectTimeoutMs: 300, headersTimeoutMs: 300, bodyTimeoutMs: 300 } }

/** Asks until a standing connection that just died has been noticed (security.md 2.3, the race). */
async function settled(client: ReturnType<Stage['client']>): Promise<string> {
  for (let tries = 0; tries < 5; tries += 1) {
    const outcome = await outcomeOf(client)
    if (outcome !== 'unreachable reset') return outcome
  }
  return 'unreachable reset'
}

async function threeConnections(stage: Stage, version: 'TLSv1.2' | 'TLSv1.3') {
  const genuine = await identity()
  const server = await stage.server(genuine, (socket) => void socket.end(response(200, 'hello', hangUpAfter)), {
    minVersion: version,
    maxVersion: version,
  })
  const client = stage.client(server.origin, pin(genuine))
  for (let count = 0; count < 3; count += 1) await outcomeOf(client)
  return { handshakes: server.handshakes, resumed: server.resumed }
}

export const connectionAttacks: Attack[] = [
  {
    id: 'A12',
    says: 'plain HTTP on the port gets a greeting of TLS and no word more',
    expected: { outcome: 'not-tls', leaked: false },
    async run(stage) {
      let heard = ''
      const server = await stage.tcp((socket) => {
        socket.on('data', (bytes) => (heard += bytes.toString('latin1')))
        socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')
      })
      const outcome = await outcomeOf(stage.client(server.origin, pin(await identity())))
      return { outcome, leaked: heard.includes(secret) }
    },
  },
  {
    id: 'A14',
    says: 'every connection is a full handshake with a verdict of its own',
    expected: [
      { handshakes: 3, resumed: 0 },
      { handshakes: 3, resumed: 0 },
    ],
    run: async (stage) => [await threeConnections(stage, 'TLSv1.2'), await threeConnections(stage, 'TLSv1.3')],
  },
  {
    id: 'A15',
    says: 'an impostor with the stolen ticket keys hears nothing',
    expected: ['200 hello', mismatch, ''],
    async run(stage) {
      const [genuine, impostor] = [await identity(), await identity()]
      const ticketKeys = randomBytes(48)
      const end = (socket: { end: (text: string) => unknown }) => void socket.end(response(200, 'hello', hangUpAfter))
      const server = await stage.server(genuine, end, { ticketKeys, maxVersion: 'TLSv1.2' })
      const client = stage.client(server.origin, pin(genuine))
      const before = await outcomeOf(client)
      const heardBefore = server.heard
      server.show(impostor)
      return [before, await outcomeOf(client), server.heard.slice(heardBefore.length)]
    },
  },
  {
    id: 'A16',
    says: 'one who steps in between is refused each time, and the genuine server is known again by itself',
    expected: ['200 hello', mismatch, mismatch, mismatch, '200 hello', 2],
    async run(stage) {
      const [genuine, impostor] = [await identity(), await identity()]
      const server = await stage.server(genuine)
      const client = stage.client(server.origin, pin(genuine))
      const outcomes = [await outcomeOf(client)]
      server.show(impostor)
      server.drop()
      outcomes.push(await settled(client), await outcomeOf(client), await outcomeOf(client))
      server.show(genuine)
      return [...outcomes, await outcomeOf(client), server.heard.split('POST ').length - 1]
    },
  },
  {
    id: 'A17',
    says: 'a connection that stands outlives a rotation; the next handshake fails closed',
    expected: ['200 hello', '200 hello', mismatch],
    async run(stage) {
      const [genuine, rotated] = [await identity(), await identity()]
      const server = await stage.server(genuine)
      const client = stage.client(server.origin, pin(genuine))
      const before = await outcomeOf(client)
      server.show(rotated)
      await new Promise(setImmediate) // until the connection is free again
      const standing = await outcomeOf(client)
      server.drop()
      return [before, standing, await settled(client)]
    },
  },
  {
    id: 'A23',
    says: 'a port that accepts and stays silent costs the connection timeout',
    expected: 'unreachable timeout',
    async run(stage) {
      const server = await stage.tcp(() => {})
      return outcomeOf(stage.client(server.origin, pin(await identity()), quick))
    },
  },
  {
    id: 'A24',
    says: 'a port that accepts and resets is knocked on once for each request',
    expected: { outcomes: ['unreachable reset', 'unreachable reset', 'unreachable reset'], connections: 3 },
    async run(stage) {
      const server = await stage.tcp((socket) => socket.resetAndDestroy())
      const client = stage.client(server.origin, pin(await identity()))
      const outcomes = [await outcomeOf(client), await outcomeOf(client), await outcomeOf(client)]
      return { outcomes, connections: server.connections }
    },
  },
  {
    id: 'A24b',
    says: 'thirty-six requests to a dead port all learn it, and none waits for ever',
    expected: ['unreachable refused'],
    async run(stage) {
      const server = await stage.server(await identity())
      await server.close()
      const client = stage.client(server.origin, pin(await identity()))
      const outcomes = await Promise.all(Array.from({ length: 36 }, () => outcomeOf(client)))
      return [...new Set(outcomes)]
    },
  },
  {
    id: 'A25',
    says: 'thirty-six requests at an impostor cost one connection behind the gate and leave nothing there',
    expected: { outcomes: [mismatch], connections: 1, heard: '' },
    async run(stage) {
      const server = await stage.server(await identity())
      const origins = { gateway: { origin: server.origin, trust: pin(await identity()) } }
      const site = createSiteTrust({ origins })
      const transport = site.transport('gateway')
      const outcomes = await Promise.all(Array.from({ length: 36 }, () => outcomeOf(transport)))
      site.close()
      return { outcomes: [...new Set(outcomes)], connections: server.connections, heard: server.heard }
    },
  },
  {
    id: 'A29',
    says: 'the connector goes to its own host and port by TLS and nowhere else',
    expected: ['XP_ORIGIN', 'XP_ORIGIN', 'XP_ORIGIN', 'XP_ORIGIN', 0],
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine)
      const trust = { mode: 'pin' as const, pins: [genuine.fingerprint], nextPins: [] }
      const origin = parseOrigin(server.origin)
      const connect = createConnector({ origin, trust, clock: systemClock, connectTimeoutMs: 1_000 })
      const port = String(server.port)
      const wishes = [
        { protocol: 'https:', hostname: 'localhost', port },
        { protocol: 'https:', hostname: '127.0.0.1', port: '443' },
        { protocol: 'http:', hostname: '127.0.0.1', port },
        { protocol: 'https:', hostname: '127.0.0.1', port, httpSocket: new Socket() },
      ]
      const codes = await Promise.all(
        wishes.map(
          (wish) =>
            new Promise((resolve) =>
              connect(wish, (...[error]) => resolve(error instanceof TrustError ? error.code : String(error))),
            ),
        ),
      )
      return [...codes, server.connections]
    },
  },
  {
    id: 'A33',
    says: 'a relay that flips bits after the handshake spoils the answer, not the trust',
    expected: 'unreachable reset',
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine)
      const relay = await stage.tcp((near) => {
        const far = connectTcp(server.port, '127.0.0.1')
        far.on('error', () => {}) // ends with the other side
        near.on('close', () => far.destroy())
        far.on('close', () => near.destroy())
        near.pipe(far)
        far.on('data', (bytes: Buffer) => {
          const last = bytes.length - 1
          if (server.heard) bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last)
          near.write(bytes)
        })
      })
      return outcomeOf(stage.client(relay.origin, pin(genuine)))
    },
  },
  {
    id: 'A39',
    says: 'a server that insists on HTTP/2 is not spoken to',
    expected: ['unreachable reset', ''],
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, answerOk, { ALPNProtocols: ['h2'] })
      return [await outcomeOf(stage.client(server.origin, pin(genuine))), server.heard]
    },
  },
  {
    id: 'A42',
    says: 'a request under way ends when its connections are ended, and later ones do not begin',
    expected: ['unreachable closed XP_CLOSED', 'unreachable closed'],
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, () => {})
      const client = stage.client(server.origin, pin(genuine))
      const underWay = outcomeOf(client)
      await until(() => server.heard !== '')
      client.destroy(new TrustError('XP_CLOSED'))
      return [await underWay, await outcomeOf(client)]
    },
  },
  {
    id: 'B56',
    says: 'a handshake that drips byte by byte ends at the connection timeout',
    expected: 'unreachable timeout',
    async run(stage) {
      const server = await stage.tcp((socket) => {
        const drip = setInterval(() => socket.write(Buffer.from([0x16])), 200)
        socket.on('close', () => clearInterval(drip))
      })
      return outcomeOf(stage.client(server.origin, pin(await identity()), quick), login)
    },
  },
]
