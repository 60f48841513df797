import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { type Attack, type ClientOptions, login, outcomeOf, pin, secret, type Stage, until } from './attack.ts'
import { identity } from './certificates.ts'
import { answerOk, response, type Script } from './tls-server.ts'
import { find } from './find.ts'

const get = { method: 'GET', path: '/api/rest/v1/cameras' } as const
const small: ClientOptions = { limits: { maxBodyBytes: 1 << 20 } }
const quick: ClientOptions = { limits: { headersTimeoutMs: 300, bodyTimeoutMs: 300 } }

/** The agreed server itself misbehaves in what it says. */
function saying(
  id: string,
  says: string,
  expected: unknown,
  script: Script,
  options = small,
  timeoutMs?: number,
): Attack {
  return {
    id,
    says,
    expected,
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, script)
      return outcomeOf(stage.client(server.origin, pin(genuine), options), {
        ...login,
        ...(timeoutMs !== undefined && { timeoutMs }),
      })
    },
  }
}

async function redirected(stage: Stage, status: number, location: string): Promise<string> {
  const genuine = await identity()
  const server = await stage.server(genuine, (socket) => void socket.end(response(status, '', { location })))
  return outcomeOf(stage.client(server.origin, pin(genuine)))
}

/** Writes for as long as somebody takes it. */
function pour(socket: TLSSocket, chunk: string): void {
  while (!socket.destroyed && socket.write(chunk));
  if (!socket.destroyed) socket.once('drain', () => pour(socket, chunk))
}

const chunked = 'HTTP/1.1 200 Said\r\ntransfer-encoding: chunked\r\n\r\n'

export const httpAttacks: Attack[] = [
  {
    id: 'A18',
    says: 'no redirect is followed: not to another host, not to plain HTTP, not on the same host',
    expected: { outcomes: ['bad-answer redirect XP_REDIRECT'], visitors: 0 },
    async run(stage) {
      const evil = await stage.server(await identity())
      const plain = await stage.tcp(() => {})
      const targets = [`${evil.origin}/`, plain.origin.replace('https', 'http'), '/elsewhere']
      const outcomes = new Set<string>()
      for (const status of [301, 302, 303, 307, 308]) {
        for (const target of targets) outcomes.add(await redirected(stage, status, target))
      }
      return { outcomes: [...outcomes], visitors: evil.connections + plain.connections }
    },
  },
  {
    id: 'A19',
    says: 'a path that could name another server or end the request line is refused before anything is sent',
    expected: { outcomes: ['bug XP_ORIGIN'], connections: 0 },
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine)
      const client = stage.client(server.origin, pin(genuine))
      const paths = [
        '//evil.example/x',
        'https://evil.example/',
        '/x\r\nhost: evil',
        '/\\evil.example',
        '/x\0',
        '',
        'x',
      ]
      const outcomes = await Promise.all(
        [...paths, '/x#y', '/ä', '/x y'].map((path) => outcomeOf(client, { ...get, path })),
      )
      return { outcomes: [...new Set(outcomes)], connections: server.connections }
    },
  },
  saying('A20', 'an answer without end is cut off', 'bad-answer too-large', (socket) => {
    socket.write(chunked)
    pour(socket, `4000\r\n${'x'.repeat(0x4000)}\r\n`)
  }),
  saying('A20b', 'a length beyond the limit is not waited for', 'bad-answer too-large', (socket) => {
    socket.write('HTTP/1.1 200 Said\r\ncontent-length: 99999999999\r\n\r\n')
    pour(socket, 'x'.repeat(0x4000))
  }),
  saying('A21', 'compressed answers are refused, so none can swell', 'bad-answer encoding XP_ENCODING', (socket) => {
    const bomb = gzipSync(Buffer.alloc(1 << 20)).toString('latin1')
    const head = `HTTP/1.1 200 Said\r\ncontent-encoding: gzip\r\ncontent-length: ${String(bomb.length)}\r\n\r\n`
    socket.write(head + bomb, 'latin1')
  }),
  saying('A22', 'a server that never answers costs the header timeout', 'unreachable timeout', () => {}, quick),
  saying(
    'A22b',
    'an answer that stalls costs the body timeout',
    'unreachable timeout',
    (socket) => {
      socket.write('HTTP/1.1 200 Said\r\ncontent-length: 10\r\n\r\nhalf')
    },
    quick,
  ),
  saying('A22c', 'headers of 64 KB are too large', 'bad-answer too-large', (socket) => {
    socket.write(`HTTP/1.1 200 Said\r\nx: ${'y'.repeat(65_536)}\r\n\r\n`)
  }),
  saying(
    'A22d',
    'an answer that drips for ever meets the total deadline',
    'unreachable timeout',
    (socket) => {
      socket.write('HTTP/1.1 200 Said\r\ncontent-length: 9999\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(drip))
    },
    small,
    1_500,
  ),
  {
    id: 'A26',
    says: 'answers nobody asked for are never taken for the next answer',
    expected: ['200 first', '200 second', '200 third'],
    async run(stage) {
      const genuine = await identity()
      const answers = [response(200, 'first'), response(200, 'second') + response(200, 'glued'), response(200, 'third')]
      let lineEnds = 0
      const server = await stage.server(genuine, (socket) => {
        socket.write(answers.shift() ?? '')
        socket.once('close', () => (lineEnds += 1))
        if (answers.length === 2) setImmediate(() => socket.write(response(200, 'parked')))
      })
      const client = stage.client(server.origin, pin(genuine))
      const outcomes = [await outcomeOf(client, get)]
      await until(() => lineEnds === 1) // the line with the parked answer is given up
      outcomes.push(await outcomeOf(client, get))
      await until(() => lineEnds === 2)
      return [...outcomes, await outcomeOf(client, get)]
    },
  },
  {
    id: 'A34',
    says: 'no error holds a password or a token, however deep one looks',
    expected: { found: [], errors: 6 },
    async run(stage) {
      const genuine = await identity()
      const echo: Script = (socket, said) => void socket.end(`HTTP/1.1 2x0 ${said}`)
      const scripts: Script[] = [
        () => {},
        (socket) => socket.destroy(),
        echo,
        (socket) => void socket.end(response(302, '')),
      ]
      const errors: unknown[] = []
      for (const script of scripts) {
        const server = await stage.server(genuine, script)
        const client = stage.client(server.origin, pin(genuine), quick)
        errors.push(await client.request(login).catch((error: unknown) => error))
      }
      const server = await stage.server(await identity())
      errors.push(
        await stage
          .client(server.origin, pin(genuine))
          .request(login)
          .catch((error: unknown) => error),
      )
      const broken = { ...login, headers: { authorization: `Bearer ${secret}\r\nx: y` } }
      errors.push(
        await stage
          .client(server.origin, pin(genuine))
          .request(broken)
          .catch((error: unknown) => error),
      )
      return { found: errors.flatMap((error) => find(secret, error)), errors: errors.filter(isError).length }
    },
  },
  {
    id: 'A40',
    says: 'a switch of protocols nobody asked for ends the line',
    expected: 'unreachable reset',
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, (socket) => {
        socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n')
      })
      return outcomeOf(stage.client(server.origin, pin(genuine)))
    },
  },
  {
    id: 'A41',
    says: 'an answer before the question comes from the agreed server and nobody else',
    expected: true,
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine, () => {}, {
        onSecure: (socket) => socket.write(response(200, 'early')),
      })
      const outcome = await outcomeOf(stage.client(server.origin, pin(genuine)), { ...get, timeoutMs: 1_500 })
      return ['200 early', 'unreachable reset'].includes(outcome)
    },
  },
  {
    id: 'A43',
    says: 'a header that would end its line or frame the message anew is refused before anything is sent',
    expected: { outcomes: ['bug XP_ORIGIN'], connections: 0 },
    async run(stage) {
      const genuine = await identity()
      const server = await stage.server(genuine)
      const client = stage.client(server.origin, pin(genuine))
      const wishes = [
        { a: 'b\r\nc: d' },
        { 'a\r\nb': 'c' },
        { host: 'evil.example' },
        { 'Transfer-Encoding': 'chunked' },
      ]
      const outcomes = await Promise.all(
        wishes.map((headers) => outcomeOf(client, { ...get, headers: { ...headers } })),
      )
      return { outcomes: [...new Set(outcomes)], connections: server.connections }
    },
  },
  saying('B57', 'an answer framed in two ways at once is not understood', 'bad-answer shape', (socket) => {
    socket.write('HTTP/1.1 200 Said\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nhello')
  }),
  saying('B57b', 'a negative length is not understood', 'bad-answer shape', (socket) => {
    socket.write('HTTP/1.1 200 Said\r\ncontent-length: -5\r\n\r\nhello')
  }),
  saying('B57c', 'a thousand interim answers change nothing', '200 hello', (socket, said) => {
    socket.write('HTTP/1.1 103 Early\r\nlink: <https://evil.example>\r\n\r\n'.repeat(1_000))
    answerOk(socket, said)
  }),
  saying('B60', 'cookies, alternative services and links have no effect', '200 hello', (socket) => {
    const lures = { 'set-cookie': 'a=b', 'alt-svc': 'h2="evil.example:443"', 'strict-transport-security': 'max-age=1' }
    socket.write(response(200, 'hello', lures))
  }),
]

const isError = (value: unknown) => value instanceof Error
