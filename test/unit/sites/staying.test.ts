import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { Staying } from '../../../src-main/sites/staying.ts'
import { noSecrets, openSecrets, type Secrets } from '../../../src-main/storage/secrets.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { FakeVault } from '../storage/fake-vault.ts'
import { FakeClock, settled } from '../xprotect/support/fake-clock.ts'
import { openDesk, siteId, type Desk } from './desk.ts'

let folder: string
let file: string
let vault: FakeVault
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'staying-'))
  file = path.join(folder, 'secrets.json')
  vault = new FakeVault()
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('staying signed in', () => {
  let clock: FakeClock
  let secrets: Secrets
  let resumed: string[]
  let refusal: Failure | undefined
  let isThere: boolean
  let looks: number
  let keepsake: string | undefined
  let changes: number
  const log = createMemoryLog()

  beforeEach(async () => {
    clock = new FakeClock()
    secrets = await openSecrets({ file, vault, now: () => 0, warn: () => undefined })
    resumed = []
    refusal = undefined
    isThere = true
    looks = 0
    keepsake = 'keepsake-1'
    changes = 0
  })

  const make = (policy: 'allowed' | 'never' = 'allowed', own = secrets): Staying =>
    new Staying({
      siteId,
      policy,
      secrets: own,
      keepsake: () => keepsake,
      resume: async (user, text) => {
        resumed.push(`${user} ${text}`)
        if (refusal) throw new AppError(refusal)
      },
      reach: async () => {
        looks++
        if (!isThere) throw new AppError({ kind: 'unreachable', what: 'server', how: 'refused' })
      },
      clock,
      log: log.scope('sites'),
      changed: () => {
        changes++
      },
    })

  it('is offered where sealing is to be trusted, and off until somebody wishes it', async () => {
    const staying = make()
    const before = staying.shown
    await staying.start()
    expect([before, staying.shown, resumed, changes]).toEqual([
      { may: false, why: 'unavailable' },
      { may: true, isOn: false },
      [],
      1,
    ])
  })

  it.each(['no-keyring', 'unavailable'] as const)('is off where the vault says %s, and seals nothing', async (why) => {
    vault.mood = why
    const staying = make()
    await staying.start()
    await staying.signedIn('anna', true)
    expect([staying.shown, secrets.has(siteId)]).toEqual([{ may: false, why }, false])
  })

  it('is off where there is no vault at all', async () => {
    const staying = make('allowed', noSecrets)
    await staying.start()
    await staying.signedIn('anna', true)
    expect(staying.shown).toEqual({ may: false, why: 'unavailable' })
  })

  it('is off where the profile forbids it, and what was sealed before is removed', async () => {
    await secrets.keep(siteId, 'anna', 'old')
    const staying = make('never')
    await staying.start()
    await staying.signedIn('anna', true)
    expect([staying.shown, secrets.has(siteId), await staying.offer('anna', 'secret'), resumed]).toEqual([
      { may: false, why: 'policy' },
      false,
      false,
      [],
    ])
  })

  it('seals what the server gave, and anew each time that changes', async () => {
    const staying = make()
    await staying.start()
    await staying.signedIn('anna', true)
    const first = await secrets.open(siteId)
    keepsake = 'keepsake-2'
    staying.renewed()
    expect([first, await secrets.open(siteId), staying.shown]).toEqual([
      { is: 'open', user: 'anna', text: 'keepsake-1' },
      { is: 'open', user: 'anna', text: 'keepsake-2' },
      { may: true, isOn: true },
    ])
  })

  it('comes back in one attempt at the next start', async () => {
    await secrets.keep(siteId, 'anna', 'kept')
    const staying = make()
    await staying.start()
    await clock.pass(3_600_000)
    keepsake = 'kept-2'
    staying.renewed()
    expect([resumed, await secrets.open(siteId)]).toEqual([['anna kept'], { is: 'open', user: 'anna', text: 'kept-2' }])
  })

  it.each<Failure>([
    { kind: 'signed-out' },
    { kind: 'wrong-password' },
    { kind: 'locked-out' },
    { kind: 'untrusted-certificate', fingerprint: 'x', expected: [] },
    { kind: 'unreachable', what: 'server', how: 'timeout' },
    { kind: 'unreachable', what: 'server', how: 'reset' },
  ])('asks the person after one attempt that met $kind, and keeps what is sealed', async (because) => {
    await secrets.keep(siteId, 'anna', 'kept')
    refusal = because
    const staying = make()
    await staying.start()
    await clock.pass(24 * 3_600_000)
    expect([resumed.length, looks, secrets.has(siteId), clock.alarms]).toEqual([1, 0, true, 0])
  })

  it.each<Failure>([
    { kind: 'unreachable', what: 'server', how: 'refused' },
    { kind: 'unreachable', what: 'server', how: 'no-such-host' },
    { kind: 'unreachable', what: 'server', how: 'no-route' },
    { kind: 'busy', status: 503 },
  ])('waits for a server that was not there, $how, and sends nothing before it is', async (because) => {
    await secrets.keep(siteId, 'anna', 'kept')
    refusal = because
    isThere = false
    const staying = make()
    await staying.start()
    await clock.pass(3_600_000)
    const before = [...resumed]
    refusal = undefined
    isThere = true
    await clock.pass(10_000)
    await vi.waitFor(() => expect(resumed.length).toBe(2))
    expect([before, looks > 360 && looks < 722, clock.alarms]).toEqual([['anna kept'], true, 0])
  })

  it('gives the wait up as soon as a person signs in', async () => {
    await secrets.keep(siteId, 'anna', 'kept')
    refusal = { kind: 'busy', status: 503 }
    const staying = make()
    await staying.start()
    staying.stepAside()
    await clock.pass(3_600_000)
    expect([resumed.length, looks]).toEqual([1, 0])
  })

  it('does not come back when a person was quicker than the vault', async () => {
    await secrets.keep(siteId, 'anna', 'kept')
    const staying = make()
    const starting = staying.start()
    staying.stepAside()
    await starting
    expect(resumed).toEqual([])
  })

  it('never seals the session of one person under the name of another', async () => {
    await secrets.keep(siteId, 'anna', 'kept')
    const staying = make()
    await staying.start()
    staying.stepAside() // Bert types his password
    keepsake = 'of bert'
    staying.renewed()
    await settled()
    expect(await secrets.open(siteId)).toEqual({ is: 'open', user: 'anna', text: 'kept' })
    await staying.signedIn('bert', false)
    expect([secrets.has(siteId), staying.shown]).toEqual([false, { may: true, isOn: false }])
  })

  it('ends with the sign-out, also of what is just being sealed', async () => {
    const staying = make()
    await staying.start()
    const sealing = staying.signedIn('anna', true)
    await staying.signedOut()
    await sealing
    staying.renewed()
    await settled()
    expect([secrets.has(siteId), staying.shown]).toEqual([false, { may: true, isOn: false }])
  })

  it('takes the password of an imported profile, for the next start', async () => {
    const staying = make()
    expect(await staying.offer('anna', 'canary-password')).toBe(true)
    await make().start()
    expect([resumed, readFileSync(file, 'utf8').includes('canary')]).toEqual([
      ['anna {"by":"password","password":"canary-password"}'],
      false,
    ])
  })

  it('says that it is off where sealing fails after all, without the reason, which may quote the secret', async () => {
    const staying = make()
    await staying.start()
    keepsake = 'canary-keepsake'
    vault.mood = 'garbled'
    await staying.signedIn('anna', true)
    expect([staying.shown, log.lines.join().includes('canary')]).toEqual([{ may: true, isOn: false }, false])
  })
})

describe('the whole of main', () => {
  let simulator: Simulator
  let desk: Desk
  beforeAll(async () => {
    simulator = await startSimulator({ media: null, special: false, tokenTtlSeconds: 2 })
  })
  afterAll(() => simulator.stop())

  const start = (): Promise<Desk> =>
    openDesk(
      { gateway: [simulator.gateway], trust: { [simulator.gateway]: { mode: 'pin', pins: [simulator.sha256] } } },
      undefined,
      { vault, file },
    )
  const whenPhase = (phase: string): Promise<void> =>
    vi.waitFor(async () => expect((await desk.site()).state.phase).toBe(phase), { timeout: 10_000 })
  const whenSealed = (): Promise<void> => vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('ciphertext'))

  async function stay(): Promise<void> {
    desk = await start()
    await desk.ask('signIn', { siteId, user: simulator.user, password: simulator.password, stay: true })
    await whenSealed()
  }

  it('comes back after a restart with the token of the last renewal, without a password', async () => {
    await stay()
    const first = readFileSync(file, 'utf8')
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).not.toBe(first), { timeout: 10_000 })
    await desk.close()
    const tried = simulator.state().loginsTried
    desk = await start()
    await whenPhase('open')
    expect([(await desk.site()).staySignedIn, simulator.state().loginsTried - tried]).toEqual([
      { may: true, isOn: true },
      0,
    ])
    await desk.close()
  })

  it('asks the person when the server takes the sealed token no more, and asked it once', async () => {
    await stay()
    await desk.close()
    await simulator.act({ do: 'expire-tokens', refreshToo: true })
    const before = simulator.state()
    desk = await start()
    await vi.waitFor(async () =>
      expect((await desk.site()).state).toEqual({ phase: 'signed-out', problem: { kind: 'signed-out' } }),
    )
    expect([simulator.state().loginsTried - before.loginsTried, readFileSync(file, 'utf8')]).toEqual([
      0,
      expect.stringContaining('ciphertext'),
    ])
    await desk.close()
  })

  it('is signed out for good after a sign-out', async () => {
    await stay()
    await desk.ask('signOut', { siteId })
    await desk.close()
    expect(readFileSync(file, 'utf8')).not.toContain('ciphertext')
    desk = await start()
    await vi.waitFor(async () => expect((await desk.site()).staySignedIn).toEqual({ may: true, isOn: false }))
    expect((await desk.site()).state).toEqual({ phase: 'signed-out' })
    await desk.close()
  })
})
