import { createPinnedOrigin } from '../../../../src-main/trust/pinned-origin.ts'
import { parseOrigin } from '../../../../src-main/trust/origin.ts'
import { systemClock } from '../../../../src-main/trust/types.ts'
import type { Attack, ClientFactory } from './attack.ts'
import { badInputs } from './attacks-bad-input.ts'
import { certificateAttacks } from './attacks-certificate.ts'
import { connectionAttacks } from './attacks-connection.ts'
import { httpAttacks } from './attacks-http.ts'
import { socketAttacks } from './attacks-socket.ts'

/** The whole table, free of any test runner, so that it can run inside Electron too. */
export const attacks: Attack[] = [
  ...certificateAttacks,
  ...connectionAttacks,
  ...httpAttacks,
  ...socketAttacks,
  ...badInputs,
]

/** The client as the product makes it. */
export const pinnedClient: ClientFactory = (origin, trust, options = {}) =>
  createPinnedOrigin({
    origin: parseOrigin(origin),
    trust,
    clock: options.now ? { now: options.now } : systemClock,
    ...(options.limits && { limits: options.limits }),
  })
