import { describe, expect, it } from 'vitest'
import type {
  EvidenceLockOrder,
  EvidenceLockPage,
  LockProgress,
} from '../../../src-preload/contract/models/evidence-lock.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import { openRoom, siteId, soon, type Main, type Room } from './room.ts'

const corporate = (more: object = {}) => openRoom({ edition: 'corporate', ...more })

const order = (cameraIds: CameraId[], more: Partial<EvidenceLockOrder> = {}): EvidenceLockOrder => ({
  siteId,
  cameraIds,
  microphoneIds: [],
  from: '2026-01-05T11:50:00.000Z',
  to: '2026-01-05T12:10:00.000Z',
  headline: 'Theft, loading bay',
  description: 'Two people',
  keepFor: { type: 'days', units: 30 },
  ...more,
})

const search = {
  siteId,
  cameraIds: null,
  from: '2026-01-05T00:00:00.000Z',
  to: '2026-01-06T00:00:00.000Z',
  text: '',
  user: '',
  after: null,
  count: 50,
}

const progress = async (main: Main, job: Pick<Job, 'id'>): Promise<LockProgress | undefined> =>
  (await main.ask('listLockProgress', { siteId })).find(({ jobId }) => jobId === job.id)

async function whenProgress(main: Main, job: Pick<Job, 'id'>, is: LockProgress['is']): Promise<LockProgress> {
  await soon(async () => expect((await progress(main, job))?.is).toBe(is))
  return (await progress(main, job))!
}

/** One camera on the first recorder and one on the second. */
function onTwoRecorders({ simulator: { site } }: Pick<Room, 'simulator'>): [CameraId, CameraId] {
  const of = (at: number): CameraId => {
    const ids = site.hardware.filter(({ recorderId }) => recorderId === site.recorders[at]!.id).map(({ id }) => id)
    return site.cameras.find(({ purpose, hardwareId }) => purpose === 'plain' && ids.includes(hardwareId))!
      .id as CameraId
  }
  return [of(0), of(1)]
}

describe('an evidence lock', () => {
  it('is one command for several cameras; what it really keeps, how long and how much is told once it is applied', async () => {
    const { simulator, camera, start } = await corporate()
    const main = await start()
    await main.signIn()
    const cameraIds = [camera(1).cameraId, camera(2).cameraId]
    const job = await main.ask('addEvidenceLock', order(cameraIds))
    expect(job).toMatchObject({
      kind: 'evidence-lock',
      deviceId: cameraIds[0],
      alsoDeviceIds: [cameraIds[1]],
      headline: 'Theft, loading bay',
    })
    const applied = await whenProgress(main, job, 'applied')
    expect(applied).toMatchObject({
      cameras: cameraIds.map((cameraId) => ({ cameraId, is: 'protected', message: '' })),
      differs: [],
      lock: {
        siteId,
        cameraIds,
        protects: { begin: '2026-01-05T11:00:00.000Z', end: '2026-01-05T13:00:00.000Z' },
        expires: { is: 'at' },
        keepFor: { type: 'days', units: 30 },
        reference: job.reference,
      },
    })
    expect(applied.lock!.sizeBytes).toBeGreaterThan(0)
    expect(main.facts('lockProgressed').at(-1)).toEqual(applied)
    expect(simulator.state().evidenceLocks.map(({ reference }) => reference)).toEqual([job.reference])
    await soon(async () => {
      const filter = { deviceId: cameraIds[1]!, outcome: 'done' as const }
      const { lines } = await main.ask('listAudit', { filter, before: null, count: 10 })
      expect(lines).toMatchObject([{ subject: 'evidence-lock', deviceId: cameraIds[0], alsoDeviceIds: [cameraIds[1]] }])
    })
  })

  it('tells which camera is not protected where a recorder is away, over a restart, until it is', async () => {
    const room = await corporate({ recorders: 2 })
    const [here, away] = onTwoRecorders(room)
    const before = await room.start()
    await before.signIn()
    await room.simulator.act({ do: 'stop', which: 'recorder-2' })
    const job = await before.ask('addEvidenceLock', order([here, away]))
    const waiting = await whenProgress(before, job, 'following')
    await soon(async () => expect((await progress(before, job))?.lock).not.toBe(null))
    expect(waiting.cameras).toEqual([
      { cameraId: here, is: 'protected', message: '' },
      { cameraId: away, is: 'waiting', message: expect.stringMatching(/./) as string },
    ])
    await before.close()
    // Two days later it is still followed, though its command has long been over.
    await room.leap(48 * 3_600_000)
    const main = await room.start()
    await main.signIn()
    expect((await whenProgress(main, job, 'following')).cameras.map(({ is }) => is)).toEqual(['protected', 'waiting'])
    await room.simulator.act({ do: 'start', which: 'recorder-2' })
    const { cameras } = await (async () => {
      for (let asks = 0; asks < 20 && (await progress(main, job))?.is !== 'applied'; asks++) {
        await room.leap(61_000)
        await soon(async () => expect(await progress(main, job)).toBeDefined())
      }
      return whenProgress(main, job, 'applied')
    })()
    expect(cameras.map(({ is }) => is)).toEqual(['protected', 'protected'])
  })

  it.each(['before', 'after'] as const)('is made once where the reply was lost %s it was', async (lost) => {
    const { simulator, camera, leap, start } = await corporate()
    const main = await start()
    await main.signIn()
    simulator.addFault({ kind: 'path', path: '/api/rest/v1/evidenceLocks', method: 'POST', lost, times: 1 })
    const job = await main.ask('addEvidenceLock', order([camera(1).cameraId]))
    await main.whenJob(job, 'unknown')
    await leap(61_000)
    await main.whenJob(job, 'done')
    expect((await whenProgress(main, job, 'applied')).cameras.map(({ is }) => is)).toEqual(['protected'])
    expect([simulator.state().evidenceLocks.length, simulator.state().duplicates.references]).toEqual([1, []])
  })

  it('waits at a server that shows another certificate, as one that never left', async () => {
    const { simulator, camera, leap, start } = await corporate()
    const main = await start()
    await main.signIn()
    await simulator.act({ do: 'swap-certificate', cutConnections: true })
    const job = await main.ask('addEvidenceLock', order([camera(1).cameraId]))
    await soon(async () =>
      expect((await main.job(job.id))?.state).toMatchObject({
        phase: 'accepted',
        because: { kind: 'untrusted-certificate' },
      }),
    )
    expect(simulator.state().evidenceLocks).toEqual([])
    await simulator.act({ do: 'restore-certificate', cutConnections: true })
    await leap(31_000)
    await main.whenJob(job, 'done')
    expect(simulator.state().evidenceLocks.length).toBe(1)
  })

  it('that would end before it begins is refused at once', async () => {
    const { camera, start } = await corporate()
    const main = await start()
    await main.signIn()
    const wish = order([camera(1).cameraId], { to: '2026-01-05T11:00:00.000Z' })
    await expect(main.ask('addEvidenceLock', wish)).rejects.toMatchObject({
      failure: { kind: 'bad-field', field: 'to' },
    })
  })

  it('is kept longer, and taken away with a reason that stands in the trail before', async () => {
    const { simulator, camera, start } = await corporate()
    const main = await start()
    await main.signIn()
    const job = await main.ask('addEvidenceLock', order([camera(1).cameraId]))
    const { lock } = await whenProgress(main, job, 'applied')
    const ref = { id: lock!.id, camera: camera(1), reference: lock!.reference }
    await main.whenJob(await main.ask('extendEvidenceLock', { lock: ref, keepFor: { type: 'indefinite' } }), 'done')
    const { locks } = await main.ask('findEvidenceLocks', search)
    expect(locks).toMatchObject([{ id: ref.id, expires: { is: 'never' }, keepFor: { type: 'indefinite' } }])
    await main.whenJob(await main.ask('unlockEvidence', { lock: ref, reason: 'Case closed' }), 'done')
    expect([simulator.state().evidenceLocks, (await main.ask('findEvidenceLocks', search)).locks]).toEqual([[], []])
    await whenProgress(main, job, 'gone')
    const lines = async () =>
      (await main.ask('listAudit', { filter: { text: 'case closed' }, before: null, count: 10 })).lines
    await soon(async () => expect((await lines()).length).toBe(2))
    expect(await lines()).toMatchObject(
      ['command-outcome', 'command-accepted'].map((what) => ({
        what,
        who: simulator.user,
        subject: 'unlock',
        reference: ref.reference,
        reason: 'Case closed',
      })),
    )
  })

  it('is found page by page, the latest first, by words and by who made it', async () => {
    const { simulator, camera, start } = await corporate()
    const main = await start()
    await main.signIn()
    for (const number of [1, 2, 3, 4, 5])
      await main.whenJob(
        await main.ask('addEvidenceLock', order([camera(1).cameraId], { headline: `Case ${number}` })),
        'done',
      )
    const found: string[] = []
    let after: string | null = null
    do {
      const page: EvidenceLockPage = await main.ask('findEvidenceLocks', { ...search, count: 2, after })
      found.push(...page.locks.map(({ headline }) => headline))
      after = page.next
    } while (after !== null)
    expect(found).toEqual(['Case 5', 'Case 4', 'Case 3', 'Case 2', 'Case 1'])
    const count = async (more: object) => (await main.ask('findEvidenceLocks', { ...search, ...more })).locks.length
    expect([
      await count({ text: 'case 3' }),
      await count({ user: simulator.user }),
      await count({ user: 'eve' }),
    ]).toEqual([1, 5, 0])
  })

  it('offers what the role may choose, and no microphones where a site has none', async () => {
    const { camera, start } = await corporate()
    const main = await start()
    await main.signIn()
    const [profile] = await main.ask('listLockProfiles', { siteId })
    expect(profile!.choices).toContainEqual({ type: 'days', units: null })
    expect(profile!.choices).toContainEqual({ type: 'indefinite' })
    expect(await main.ask('listMicrophones', { siteId, cameraIds: [camera(1).cameraId] })).toEqual([])
  })

  it('offers the microphones beside its cameras, and locks those that are wanted', async () => {
    const { simulator, camera, start } = await corporate({ microphones: 2 })
    const main = await start()
    await main.signIn()
    const cameraIds = [1, 2, 3, 4].map((number) => camera(number).cameraId)
    const microphones = await main.ask('listMicrophones', { siteId, cameraIds })
    // The first box has one camera, the second two, the third no microphone.
    expect(microphones.map(({ name, cameraIds: beside }) => [name, beside])).toEqual([
      ['Microphone 1', cameraIds.slice(0, 1)],
      ['Microphone 2', cameraIds.slice(1, 3)],
    ])
    const microphoneIds = [microphones[1]!.id]
    const job = await main.ask('addEvidenceLock', order(cameraIds.slice(1, 3), { microphoneIds }))
    expect(await whenProgress(main, job, 'applied')).toMatchObject({ differs: [], lock: { otherDevices: 1 } })
    expect(simulator.state().evidenceLocks).toMatchObject([{ cameraIds: cameraIds.slice(1, 3), microphoneIds }])
  })

  it('is said not to be in the edition where it is not', async () => {
    const { camera, start } = await openRoom({ edition: 'professional+' })
    const main = await start()
    await main.signIn()
    const job = await main.ask('addEvidenceLock', order([camera(1).cameraId]))
    expect((await main.whenJob(job, 'refused')).state).toMatchObject({ because: { kind: 'not-licensed' } })
    await expect(main.ask('listLockProfiles', { siteId })).rejects.toMatchObject({ failure: { kind: 'not-licensed' } })
  })
})
