import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { AppError } from '../../../../src-preload/contract/failure.ts'
import type { Limits, PinnedOrigin } from '../../../../src-main/trust/pinned-origin.ts'
import { TrustError } from '../../../../src-main/trust/trust-error.ts'
import type { Exchange, OriginTrust } from '../../../../src-main/trust/types.ts'
import type { Identity } from './certificates.ts'
import { type RecordingServer, type Script, serve } from './tls-server.ts'

/** One row of the attack table (security.md 2.3): what is done, and what must come of it. */
export interface Attack {
  id: string
  says: string
  expected: unknown
  /** The server needs something BoringSSL cannot be: run it in plain Node only. */
  needsOpenSsl?: true
  run: (stage: Stage) => Promise<unknown>
}

export interface ClientOptions {
  now?: () => number
  limits?: Partial<Limits>
}

/** Makes the client under attack. The same table runs in plain Node and inside Electron. */
export type ClientFactory = (origin: string, trust: OriginTrust, options?: ClientOptions) => PinnedOrigin

/** What an attack may use; everything opened here is closed after it. */
export interface Stage {
  client: ClientFactory
  server: (shown: Identity, script?: Script, options?: Parameters<typeof serve>[2]) => Promise<RecordingServer>
  /** A plain TCP server; counts its connections. */
  tcp: (onConnection: (socket: Socket) => void) => Promise<{ origin: string; readonly connections: number }>
}

export async function play(attack: Attack, factory: ClientFactory): Promise<unknown> {
  const endings: (() => unknown)[] = []
  const stage: Stage = {
    client(...wish) {
      const client = factory(...wish)
      endings.unshift(() => client.destroy(new TrustError('XP_CLOSED')))
      return client
    },
    async server(...wish) {
      const server = await serve(...wish)
      endings.push(() => server.close())
      return server
    },
    async tcp(onConnection) {
      const sockets = new Set<Socket>()
      let connections = 0
      const server = createServer((socket) => {
        connections += 1
        sockets.add(socket)
        socket.on('error', () => {}) // the other side hangs up as it likes
        onConnection(socket)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      endings.push(() => {
        for (const socket of sockets) socket.destroy()
        server.close()
      })
      const origin = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`
      return {
        origin,
        get connections() {
          return connections
        },
      }
    },
  }
  try {
    return await attack.run(stage)
  } finally {
    for (const end of endings) await end()
  }
}

export const pin = (...identities: Identity[]): Extract<OriginTrust, { mode: 'pin' }> => ({
  mode: 'pin',
  pins: identities.map(({ fingerprint }) => fingerprint),
  nextPins: [],
})

/** A login as the real one: a password that must never reach a stranger. */
export const secret = 'Correct-Horse-7'
export const login: Exchange = {
  method: 'POST',
  path: '/API/IDP/connect/token',
  headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: `grant_type=password&username=guard&password=${secret}`,
}

/** How an exchange ended, in one line that is the same under OpenSSL and BoringSSL. */
export async function outcomeOf(client: Pick<PinnedOrigin, 'request'>, exchange: Exchange = login): Promise<string> {
  try {
    const { status, text } = await client.request(exchange)
    return `${String(status)} ${text}`.trim()
  } catch (error) {
    return inWords(error)
  }
}

export function inWords(error: unknown): string {
  if (!(error instanceof AppError)) return `not ours: ${String(error)}`
  const { failure, cause } = error
  const detail = 'how' in failure ? failure.how : 'why' in failure ? failure.why : 'what' in failure ? failure.what : ''
  const code = cause instanceof TrustError ? cause.code : ''
  return [failure.kind, detail, code].filter(Boolean).join(' ')
}

/** Waits for something to become true; a test that waits for ever fails by its own time limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
