import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AppError, Failure } from '../../../src-preload/contract/failure.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { camerasOf, openDesk, siteId, type Desk } from './desk.ts'

let simulator: Simulator
let desk: Desk
beforeAll(async () => {
  simulator = await startSimulator({ media: null, special: false })
})
afterAll(() => simulator.stop())
afterEach(async () => {
  expect(desk.lines.join('\n') + JSON.stringify(desk.facts)).not.toContain(simulator.password)
  await desk.close()
  await simulator.act({ do: 'restore-certificate', cutConnections: true })
})

const pinned = (): Promise<Desk> =>
  openDesk({
    gateway: [simulator.gateway],
    trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } },
  })
const signIn = (): Promise<void> => desk.ask('signIn', { siteId, user: simulator.user, password: simulator.password })
const failureOf = (asked: Promise<unknown>): Promise<Failure | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => (error as AppError).failure,
  )
const typedRightly = (probeId: string, fingerprint: string) => ({
  siteId,
  probeId,
  fingerprint,
  typed: fingerprint.slice(-8),
})

/** Signed in, a camera playing, and then another certificate. */
async function changedWhilePlaying() {
  desk = await pinned()
  await signIn()
  await vi.waitFor(async () => expect((await desk.site()).cameras.phase).toBe('ready'), { timeout: 15_000 })
  const cameraId = (await camerasOf(desk))[0]!.id
  const { sessionId, sdp } = await desk.ask('openSession', { siteId, cameraId, streamId: null })
  await desk.ask('answerSession', { sessionId, sdp: sdp! })
  await vi.waitFor(() => expect(simulator.state().sessions[0]?.answered).toBe(true))
  await simulator.act({ do: 'swap-certificate', cutConnections: true })
  const { applicationBytes } = simulator.state()
  await failureOf(desk.ask('listCameraGroups', { siteId }))
  return { sessionId, applicationBytes, swapped: simulator.state().sha256 }
}

const ended = () => desk.facts.filter(({ name }) => name === 'sessionEnded').map(({ fact }) => fact)

describe('R18: a server whose certificate was replaced', () => {
  it('is shown with the old one beside the new one, while pictures run on', async () => {
    const { swapped } = await changedWhilePlaying()
    const site = await desk.site()
    expect(site.state).toMatchObject({
      phase: 'blocked',
      report: {
        offered: { fingerprint: swapped },
        trusted: { fingerprint: simulator.sha256 },
        pinned: [simulator.sha256],
      },
    })
    expect(site.origins.filter(({ role }) => role === 'gateway')).toEqual([
      { address: new URL(simulator.gateway).host, role: 'gateway', trust: 'pin', blocked: true },
    ])
    expect(ended()).toEqual([])
  })

  it('is agreed on by what was typed, and hears nothing before somebody signs in anew', async () => {
    const { sessionId, applicationBytes, swapped } = await changedWhilePlaying()
    const { probeId } = await desk.ask('probeSite', { siteId })
    await desk.ask('pinSite', typedRightly(probeId, swapped))

    expect((await desk.site()).state).toEqual({ phase: 'signed-out' })
    expect(simulator.state().applicationBytes).toBe(applicationBytes)
    expect(ended()).toEqual([{ sessionId, because: { kind: 'signed-out' } }])
    expect(JSON.parse(readFileSync(desk.file, 'utf8'))).toMatchObject({
      trust: { [simulator.gateway]: { mode: 'pin', pins: [swapped] } },
    })
    const host = new URL(simulator.gateway).host
    expect(desk.lines.join('\n')).toContain(
      `certificate ${swapped} agreed on for ${host} in place of ${simulator.sha256} (${simulator.user} signed in,`,
    )
    expect(await failureOf(desk.ask('listCameraGroups', { siteId }))).toEqual({ kind: 'signed-out' })
    await signIn()
    expect((await desk.site()).state.phase).toBe('open')
  })

  it('stays shut when what was typed is not what main saw', async () => {
    const { swapped } = await changedWhilePlaying()
    const { probeId } = await desk.ask('probeSite', { siteId })
    const wishes = [
      { ...typedRightly(probeId, swapped), typed: simulator.sha256.slice(-8) },
      typedRightly(probeId, simulator.sha256),
      typedRightly(siteId, swapped),
    ]
    for (const wish of wishes) {
      expect(await failureOf(desk.ask('pinSite', wish))).toMatchObject({ kind: 'untrusted-certificate' })
    }
    const malformed = { ...typedRightly(probeId, swapped), typed: swapped.slice(-8).toUpperCase() + ' ' }
    expect(await failureOf(desk.ask('pinSite', malformed))).toMatchObject({ kind: 'bug' })
    expect((await desk.site()).state.phase).toBe('blocked')
    expect(readFileSync(desk.file, 'utf8')).not.toContain(swapped)
  })
})

it('a connection can be tested before anybody signs in, without a credential', async () => {
  desk = await openDesk({ gateway: [simulator.gateway, 'https://no-such-host.invalid'] })
  const before = simulator.state().loginsTried
  const unpinned = await desk.ask('testSite', { siteId })
  const { probeId, offered } = await desk.ask('probeSite', { siteId })
  await desk.ask('pinSite', typedRightly(probeId, offered.fingerprint))
  const agreed = await desk.ask('testSite', { siteId })
  const steps = (of: typeof agreed) => of.map(({ steps }) => steps.map(({ step, ok }) => (ok ? step : `not ${step}`)))

  expect([steps(unpinned), steps(agreed)]).toEqual([
    [['name', 'connect', 'tls', 'not certificate'], ['not name']],
    [['name', 'connect', 'tls', 'certificate', 'service'], ['not name']],
  ])
  expect(agreed[1]).toMatchObject({
    address: 'no-such-host.invalid:443',
    role: 'gateway',
    steps: [{ failure: { kind: 'unreachable', how: 'no-such-host' } }],
  })
  expect([simulator.state().loginsTried - before, (await desk.site()).state.phase]).toEqual([0, 'signed-out'])
})

it('a site whose first gateway is away signs in by the second, with the same token and cameras', async () => {
  const dead = await startSimulator({ media: null, special: false })
  const away = dead.gateway
  await dead.stop()
  const trusted = { mode: 'pin', pins: [simulator.sha256] }
  desk = await openDesk({
    gateway: [away, simulator.gateway],
    trust: { [away]: trusted, [simulator.gateway]: trusted },
  })
  const tries = simulator.state().loginsTried
  await signIn()
  await vi.waitFor(async () => expect((await desk.site()).cameras.phase).toBe('ready'), { timeout: 15_000 })
  const site = await desk.site()
  expect([site.gateway, site.state.phase, simulator.state().loginsTried - tries]).toEqual([
    new URL(simulator.gateway).host,
    'open',
    1,
  ])
  expect(desk.lines.join('\n')).toContain(`goes by the gateway ${new URL(simulator.gateway).host} from now on`)
})
