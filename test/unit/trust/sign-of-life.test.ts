import { afterEach, expect, it } from 'vitest'
import { createPinnedOrigin } from '../../../src-main/trust/pinned-origin.ts'
import { parseOrigin } from '../../../src-main/trust/origin.ts'
import type { Socket } from '../../../src-main/trust/types.ts'
import { startSimulator } from '../../simulator/start.ts'
import { cuttableRoad } from './support/cuttable-road.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A socket to the simulator over a road that can fall silent, once the server has given its first sign of life. */
async function openSocket(): Promise<{ socket: Socket; fallSilent: () => void; closed: Promise<void> }> {
  const simulator = await startSimulator({ media: null })
  closing.push(() => simulator.stop())
  const road = await cuttableRoad(new URL(simulator.gateway))
  closing.push(road.close)
  const origin = createPinnedOrigin({
    origin: parseOrigin(road.origin),
    trust: { mode: 'pin', pins: [simulator.sha256], nextPins: [] },
  })
  closing.push(() => origin.destroy(new Error('test over')))
  const { promise: closed, resolve: onClose } = Promise.withResolvers<void>()
  const socket = await origin.openSocket({ path: '/api/ws/webrtc/v1', onMessage: () => {}, onClose })
  while (!socket.demandLife(5000)) await new Promise((resolve) => setTimeout(resolve, 5))
  return { socket, fallSilent: road.fallSilent, closed }
}

it('a socket whose line falls silent is ended when a sign of life is wanted and none comes', async () => {
  const { socket, fallSilent, closed } = await openSocket()
  fallSilent()
  const known = socket.demandLife(100)
  // An answer that was on its way already counts as a sign of life, so it is wanted again until none comes.
  const again = setInterval(() => socket.demandLife(100), 50)
  await closed
  clearInterval(again)
  expect(known).toBe(true)
})

it('a socket whose server answers stays, however often a sign of life is wanted', async () => {
  const { socket, closed } = await openSocket()
  const lost = closed.then(() => 'lost')
  for (let time = 0; time < 5; time++) {
    socket.demandLife(200)
    expect(await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 50, 'alive'))])).toBe('alive')
  }
})
