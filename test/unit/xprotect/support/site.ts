import { createServer, type ServerDeps } from '../../../../src-main/xprotect/connect.ts'
import type { Log } from '../../../../src-main/xprotect/log.ts'
import type { Server } from '../../../../src-main/xprotect/server.ts'
import type { Failure } from '../../../../src-preload/contract/failure.ts'
import { failureOf } from '../../../../src-preload/contract/failure.ts'
import type { SiteLink } from '../../../../src-preload/contract/models/site.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeGateway, tokenAnswer } from './fake-gateway.ts'

/** A log that keeps its lines. */
export function listLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const write = (line: string): void => void lines.push(line)
  return { lines, error: write, warn: write, info: write, debug: write }
}

export interface Bench {
  server: Server
  gateway: FakeGateway
  clock: FakeClock
  log: ReturnType<typeof listLog>
  links: SiteLink[]
  offsets: number[]
  signedOut: Failure[]
  /** How often the keepsake changed. */
  keepsakes: () => number
  secrets: string[]
}

/** A server object over a scripted gateway that grants tokens `token-1`, `token-2`, … with refresh tokens. */
export function bench(deps: Partial<ServerDeps> = {}): Bench {
  const gateway = new FakeGateway()
  const clock = new FakeClock()
  const log = listLog()
  const [links, offsets, signedOut]: [SiteLink[], number[], Failure[]] = [[], [], []]
  const secrets: string[] = []
  let [tokens, keepsakes] = [0, 0]
  gateway.when('POST /API/IDP/connect/token', () => {
    tokens++
    return tokenAnswer(`token-${tokens}`, { refresh_token: `refresh-${tokens}` })
  })
  const server = createServer({
    gateway,
    isLoopback: true,
    clock,
    log,
    keepSecret: (secret) => void secrets.push(secret),
    reports: {
      onLink: (link) => void links.push(link),
      onClockOffset: (offsetMs) => void offsets.push(offsetMs),
      onKeepsake: () => {
        keepsakes++
      },
      onSignedOut: (because) => void signedOut.push(because),
    },
    ...deps,
  })
  return { server, gateway, clock, log, links, offsets, signedOut, keepsakes: () => keepsakes, secrets }
}

/** What a call failed with; `undefined` where it did not. */
export async function failureIn(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return failureOf(error)
  }
}
