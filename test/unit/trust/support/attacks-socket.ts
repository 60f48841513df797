import { createHash } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { type Attack, type ClientOptions, inWords, pin, secret, type Stage, until } from './attack.ts'
import { identity } from './certificates.ts'
import { response, type Script } from './tls-server.ts'

const quick: ClientOptions = { limits: { maxSocketMessageBytes: 1 << 20 } }
const headers = { authorization: `Bearer ${secret}` }

/** Accepts the upgrade (RFC 6455 4.2.2) and then does as told. */
export const accepting =
  (then: (socket: TLSSocket) => void = () => {}, onFrame: Script = () => {}): Script =>
  (socket, said) => {
    const key = /sec-websocket-key: (\S+)/i.exec(said)?.[1]
    if (!key) return onFrame(socket, said)
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    const head = [
      'HTTP/1.1 101 Switching',
      'upgrade: websocket',
      'connection: upgrade',
      `sec-websocket-accept: ${accept}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    then(socket)
  }

const text = (message: string) => Buffer.from([0x81, message.length, ...Buffer.from(message)])

interface Tale {
  outcome: string
  messages: string[]
  closes: number
}

/** Opens a socket, and if it opens waits until it is closed. */
async function tell(stage: Stage, origin: string, trust: ReturnType<typeof pin>, path = '/ws'): Promise<Tale> {
  const tale: Tale = { outcome: 'open', messages: [], closes: 0 }
  try {
    await stage.client(origin, trust, quick).openSocket({
      path,
      headers,
      timeoutMs: 1_000,
      onMessage: (message) => tale.messages.push(message),
      onClose: () => (tale.closes += 1),
    })
    await until(() => tale.closes > 0)
  } catch (error) {
    tale.outcome = inWords(error)
  }
  return tale
}

/** The agreed server accepts the upgrade and sends these bytes. */
function sending(id: string, says: string, bytes: (number | Buffer)[], expected: Partial<Tale> = {}): Attack {
  return {
    id,
    says,
    expected: { outcome: 'open', messages: [], closes: 1, ...expected },
    async run(stage) {
      const genuine = await identity()
      const frames = Buffer.concat(bytes.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)))
      const server = await stage.server(
        genuine,
        accepting((socket) => socket.write(frames)),
      )
      return tell(stage, server.origin, pin(genuine))
    },
  }
}

/** The agreed server answers the upgrade with this. */
function answering(id: string, says: string, outcome: string, script: Script): Attack {
  return {
    id,
    says,
    expected: { outcome, messages: [], closes: 0 },
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, script)
      return tell(stage, server.origin, pin(genuine))
    },
  }
}

export const socketAttacks: Attack[] = [
  {
    id: 'W1',
    says: 'a socket to the agreed server speaks both ways and closes once',
    expected: { messages: ['welcome'], closes: 1, heard: true },
    async run(stage) {
      const genuine = await identity()
      let frames = 0
      const server = await stage.server(
        genuine,
        accepting(
          (socket) => socket.write(text('welcome')),
          (socket) => {
            frames += 1
            if (frames === 2) socket.end(Buffer.from([0x88, 0]))
          },
        ),
      )
      const messages: string[] = []
      let closes = 0
      const socket = await stage.client(server.origin, pin(genuine)).openSocket({
        path: '/ws?x=1',
        headers,
        onMessage: (message) => messages.push(message),
        onClose: () => (closes += 1),
      })
      await until(() => messages.length > 0)
      socket.send('hello')
      await until(() => frames === 1)
      socket.close()
      socket.close()
      await until(() => closes > 0)
      return { messages, closes, heard: server.heard.includes(secret) }
    },
  },
  {
    id: 'W2',
    says: 'an impostor hears nothing of a socket',
    expected: [{ outcome: 'untrusted-certificate XP_TLS_PIN_MISMATCH', messages: [], closes: 0 }, ''],
    async run(stage) {
      const server = await stage.server(await identity())
      return [await tell(stage, server.origin, pin(await identity())), server.heard]
    },
  },
  {
    id: 'W3',
    says: 'a whole address in place of a path is refused before anything is sent',
    expected: ['bug XP_ORIGIN', 'bug XP_ORIGIN', 0],
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine)
      const plain = await tell(stage, server.origin, pin(genuine), 'ws://evil.example/')
      const other = await tell(stage, server.origin, pin(genuine), '//evil.example/')
      return [plain.outcome, other.outcome, server.connections]
    },
  },
  {
    id: 'W4',
    says: 'a redirect of the upgrade is not followed',
    expected: [{ outcome: 'bad-answer redirect XP_REDIRECT', messages: [], closes: 0 }, 0],
    async run(stage) {
      const genuine = await identity()
      const evil = await stage.server(await identity())
      const server = await stage.server(genuine, (socket) => {
        socket.end(response(307, '', { location: evil.origin }))
      })
      return [await tell(stage, server.origin, pin(genuine)), evil.connections]
    },
  },
  sending('W5a', 'a frame of 2^62 bytes ends the line', [0x81, 127, 0x40, Buffer.alloc(7)]),
  sending('W5b', 'a masked frame of a server ends the line', [0x81, 0x81, Buffer.alloc(4), 0x41]),
  sending('W5c', 'an unknown kind of frame ends the line', [0x83, 0]),
  sending('W5d', 'a reserved bit ends the line', [0xc1, 1, 0x41]),
  sending('W5e', 'text that is no UTF-8 ends the line', [0x81, 2, 0xc3, 0x28]),
  sending('W5f', 'what came before the bad frame was delivered', [text('fine'), 0x83, 0], { messages: ['fine'] }),
  sending('W6', 'a message of 64 MB is not gathered', [0x81, 127, 0, 0, 0, 0, 4, 0, 0, 0, Buffer.alloc(1 << 21, 0x41)]),
  answering(
    'W7a',
    'a refused upgrade says who refused: 401',
    'signed-out',
    (socket) => void socket.end(response(401, '')),
  ),
  answering(
    'W7b',
    'a refused upgrade says why: 404',
    'not-found SOCKET /ws',
    (socket) => void socket.end(response(404, '')),
  ),
  answering('W7c', 'a refused upgrade says why: 503', 'busy', (socket) => void socket.end(response(503, ''))),
  answering('W7d', 'a server that ignores the upgrade costs its deadline', 'unreachable timeout', () => {}),
  answering('W7e', 'a wrong accept key is no socket', 'bad-answer shape', (socket) => {
    socket.write(
      'HTTP/1.1 101 Switching\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: x\r\n\r\n',
    )
  }),
  {
    id: 'W8',
    says: 'a server that never says goodbye is hung up on',
    expected: 1,
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, accepting())
      let closes = 0
      const socket = await stage.client(server.origin, pin(genuine)).openSocket({
        path: '/ws',
        onMessage: () => {},
        onClose: () => (closes += 1),
      })
      socket.close()
      await until(() => closes > 0)
      return closes
    },
  },
  {
    id: 'W9',
    says: 'a socket ends with the origin it belongs to',
    expected: 1,
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, accepting())
      const client = stage.client(server.origin, pin(genuine))
      let closes = 0
      await client.openSocket({ path: '/ws', onMessage: () => {}, onClose: () => (closes += 1) })
      client.destroy(new Error('closed'))
      await until(() => closes > 0)
      return closes
    },
  },
]
