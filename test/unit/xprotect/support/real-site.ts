import { createServer, type ServerDeps } from '../../../../src-main/xprotect/connect.ts'
import { systemClock } from '../../../../src-main/xprotect/clock.ts'
import type { Server } from '../../../../src-main/xprotect/server.ts'
import type { Transport } from '../../../../src-main/xprotect/transport.ts'
import { parseOrigin } from '../../../../src-main/trust/origin.ts'
import { createPinnedOrigin, type PinnedOrigin } from '../../../../src-main/trust/pinned-origin.ts'
import type { Failure } from '../../../../src-preload/contract/failure.ts'
import type { SiteLink } from '../../../../src-preload/contract/models/site.ts'
import type { Simulator } from '../../../simulator/start.ts'
import { listLog } from './site.ts'

export interface RealSite {
  server: Server
  links: SiteLink[]
  offsets: number[]
  signedOut: Failure[]
  log: ReturnType<typeof listLog>
  close: () => void
}

/** A server object that speaks to the simulator as the product does: over pinned TLS. */
export function realSite(
  simulator: Simulator,
  change: (transport: PinnedOrigin) => Transport = (same) => same,
  deps: Partial<ServerDeps> = {},
): RealSite {
  const origin = pinnedOrigin(simulator.gateway, simulator.sha256)
  const log = listLog()
  const [links, offsets, signedOut]: [SiteLink[], number[], Failure[]] = [[], [], []]
  const server = createServer({
    gateway: change(origin),
    isLoopback: true,
    clock: systemClock,
    log,
    keepSecret: () => undefined,
    reports: {
      onLink: (link) => void links.push(link),
      onClockOffset: (offsetMs) => void offsets.push(offsetMs),
      onKeepsake: () => undefined,
      onSignedOut: (because) => void signedOut.push(because),
    },
    ...deps,
  })
  return { server, links, offsets, signedOut, log, close: () => origin.destroy(new Error('test over')) }
}

export const pinnedOrigin = (origin: string, sha256: string): PinnedOrigin =>
  createPinnedOrigin({ origin: parseOrigin(origin), trust: { mode: 'pin', pins: [sha256], nextPins: [] } })

/** Waits until something is so; fails loudly when it never is. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const endMs = Date.now() + 10_000
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
