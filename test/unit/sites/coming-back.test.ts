import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { systemClock, type Clock } from '../../../src-main/xprotect/clock.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { cuttableRoad } from '../trust/support/cuttable-road.ts'
import { camerasOf, openDesk, siteId, type Desk } from './desk.ts'

let simulator: Simulator
let desk: Desk
beforeAll(async () => {
  simulator = await startSimulator({ media: null, special: false })
})
afterAll(() => simulator.stop())
afterEach(async () => {
  simulator.removeFaults()
  await desk.close()
})

const pinned = (clock?: Clock, gateway = simulator.gateway): Promise<Desk> =>
  openDesk({ gateway: [gateway], trust: { [gateway]: { mode: 'pin', pins: [simulator.sha256] } } }, clock)
const signIn = (): Promise<void> => desk.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
const whenCameras = (phase: string): Promise<void> =>
  vi.waitFor(async () => expect((await desk.site()).cameras.phase).toBe(phase), { timeout: 15_000 })

/** Fifty times as fast where something is waited for. */
const hasty: Clock = { ...systemClock, after: (ms, run) => systemClock.after(ms / 50, run) }

it('a server that only cut the signalling socket ends no picture, and the next one opens a new socket', async () => {
  desk = await pinned()
  await signIn()
  await whenCameras('ready')
  const ids = (await camerasOf(desk)).map(({ id }) => id)
  for (const cameraId of ids) {
    const { sessionId, sdp } = await desk.ask('openSession', { siteId, cameraId, streamId: null })
    await desk.ask('answerSession', { sessionId, sdp: sdp! })
  }
  const answered = (): number => simulator.state().sessions.filter((session) => session.answered).length
  await vi.waitFor(() => expect(answered()).toBe(9))
  const before = simulator.state().webSockets.everOpened
  await simulator.act({ do: 'cut-websockets', which: 'webrtc' })
  await desk.ask('openSession', { siteId, cameraId: ids[0]!, streamId: null })
  desk.services.networkChanged()
  await desk.ask('openSession', { siteId, cameraId: ids[1]!, streamId: null })
  const told = desk.facts.filter(({ name }) => name === 'sessionEnded').length
  // The one without an answer is the only one that ends.
  expect([told, simulator.state().webSockets.everOpened - before]).toEqual([1, 2])
})

it('a site over lines that died without a word opens the next picture in seconds, and ends none', async () => {
  const road = await cuttableRoad(new URL(simulator.gateway))
  desk = await pinned(undefined, road.origin)
  await signIn()
  await whenCameras('ready')
  const cameraId = (await camerasOf(desk))[0]!.id
  const { sessionId, sdp } = await desk.ask('openSession', { siteId, cameraId, streamId: null })
  await desk.ask('answerSession', { sessionId, sdp: sdp! })
  await vi.waitFor(() => expect(simulator.state().sessions[0]?.answered).toBe(true))
  road.fallSilent()
  const beganMs = performance.now()
  await desk.ask('openSession', { siteId, cameraId, streamId: null })
  const tookMs = performance.now() - beganMs
  await road.close()
  expect(tookMs).toBeLessThan(5_000)
  expect(desk.facts.filter(({ name }) => name === 'sessionEnded')).toEqual([])
})

it('a server that went is seen to be back without anybody trying, and the list it failed for is read', async () => {
  desk = await pinned(hasty)
  simulator.addFault({ kind: 'path', path: '/api/rest/v1/*', answer: { status: 503 } })
  await signIn()
  await whenCameras('failed')
  const down = (await desk.site()).state
  simulator.removeFaults()
  await whenCameras('ready')
  expect([down, (await desk.site()).state]).toMatchObject([{ link: { is: 'down' } }, { link: { is: 'up' } }])
})
