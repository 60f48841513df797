import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import type { OriginStep } from '../../src-preload/contract/models/certificate.ts'
import type { AgreedOrigin } from './agreed-origin.ts'
import { authorities } from './authorities.ts'
import { asAppError } from './failures.ts'
import { judge } from './judge.ts'
import type { Origin } from './origin.ts'
import { probeOrigin } from './probe.ts'
import { deadServiceOf } from './service.ts'
import type { Answer } from './types.ts'

const stepTimeoutMs = 10_000

type Tried = Pick<AgreedOrigin, 'origin' | 'trust'>
type Ask = () => Promise<Answer>

/**
 * Tries one origin part by part and stops at the first that fails: its name, its port, TLS, its certificate, and by
 * `ask`, where there is one, its service. No credential is sent, and nothing at all before the certificate is as agreed.
 */
export async function testOrigin({ origin, trust }: Tried, nowMs: number, ask?: Ask): Promise<OriginStep[]> {
  const steps: OriginStep[] = []

  async function take<T>(step: OriginStep['step'], run: () => Promise<T>): Promise<T> {
    const beganMs = performance.now()
    const durationMs = () => Math.round(performance.now() - beganMs)
    try {
      const value = await run()
      steps.push({ step, ok: true, durationMs: durationMs() })
      return value
    } catch (error) {
      const failure = failureOf(asAppError(error, step))
      steps.push({ step, ok: false, failure, durationMs: durationMs() })
      throw error
    }
  }

  try {
    await take('name', () => lookup(origin.host))
    await take('connect', () => reach(origin))
    const agreed = trust.mode === 'none' ? undefined : trust
    const sight = await take('tls', () => probeOrigin(origin, agreed && authorities(agreed)))
    await take('certificate', async () => {
      if (!agreed) throw new AppError({ kind: 'not-pinned' })
      const refusal = judge(sight.certificate, sight.handshake, agreed, origin.host, nowMs)
      if (refusal) throw refusal
    })
    if (!ask) return steps
    await take('service', async () => {
      const dead = deadServiceOf(await ask())
      if (dead) throw new AppError(dead)
    })
  } catch {
    // What failed is the last step of the list.
  }
  return steps
}

/** A connection, and nothing said on it. */
async function reach({ host, port }: Origin): Promise<void> {
  const socket = connect({ host, port })
  socket.setTimeout(stepTimeoutMs, () =>
    socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })),
  )
  try {
    await once(socket, 'connect')
  } finally {
    socket.on('error', () => {}) // what it says after this is of no interest
    socket.destroy()
  }
}
