import { describe, expect, it } from 'vitest'
import type { LockWish } from '../../../src-main/xprotect/evidence-lock.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { guid, json } from './support/fake-gateway.ts'
import { bench, failureIn } from './support/site.ts'
import { never, signedIn, type Started } from './support/started.ts'

const locks = ({ site }: Started) => site.server.actions().evidenceLocks
const corporate = (more: object = {}): Promise<Started> => signedIn({ edition: 'corporate', ...more })

const wish = (cameraIds: CameraId[], more: Partial<LockWish> = {}): LockWish => ({
  cameraIds,
  reference: 'XD-0a1b2c3d-0123456789ab',
  headline: 'Theft, loading bay',
  description: 'Two people',
  begin: '2026-01-05T11:50:00.000Z',
  triggered: '2026-01-05T11:55:00.000Z',
  end: '2026-01-05T12:10:00.000Z',
  retention: { type: 'days', units: 30 },
  ...more,
})

async function create(made: Started, more: Partial<LockWish> = {}): Promise<string> {
  const outcome = await locks(made).create(wish([made.camera(1)], more), never)
  if (outcome.is !== 'done') throw new Error(JSON.stringify(outcome))
  return outcome.value.id
}

describe('a lock', () => {
  it('is made, and says what it really keeps, how long, and how each camera went', async () => {
    const made = await corporate()
    const cameras = [made.camera(1), made.camera(2)]
    const outcome = await locks(made).create(wish(cameras), never)
    expect(outcome).toMatchObject({
      is: 'done',
      value: {
        differs: [],
        cameras: cameras.map((cameraId) => ({ cameraId, isLocked: true, message: '' })),
        stored: {
          cameraIds: cameras,
          otherDevices: 0,
          protects: { begin: '2026-01-05T11:00:00.000Z', end: '2026-01-05T13:00:00.000Z' },
          retention: { type: 'days', units: 30 },
          expires: expect.stringMatching(/^20\d\d-.*Z$/) as string,
        },
      },
    })
  })

  it('says its size once the server knows it', async () => {
    const made = await corporate()
    const id = await create(made)
    const sizes = [(await locks(made).get(id, never)).size]
    await expect.poll(async () => (await locks(made).get(id, never)).size, { timeout: 5000 }).not.toBeNull()
    sizes.push((await locks(made).get(id, never)).size)
    expect(sizes).toEqual([null, expect.any(Number)])
  })

  it('for ever never expires', async () => {
    const made = await corporate()
    const id = await create(made, { retention: { type: 'indefinite', units: 0 } })
    expect((await locks(made).get(id, never)).expires).toBe('never')
  })

  it('until a day expires on that day', async () => {
    const made = await corporate()
    const expires = '2099-05-01T00:00:00.000Z'
    const id = await create(made, { retention: { type: 'until', units: 0, expires } })
    expect((await locks(made).get(id, never)).expires).toBe('2099-05-01T00:00:00.0000000Z')
  })

  it('is made longer', async () => {
    const made = await corporate()
    const id = await create(made)
    const before = await locks(made).get(id, never)
    const outcome = await locks(made).edit(id, { retention: { type: 'months', units: 12 } }, never)
    const after = await locks(made).get(id, never)
    expect([outcome.is, after.retention, after.expires > before.expires, after.headline]).toEqual([
      'done',
      { type: 'months', units: 12 },
      true,
      before.headline,
    ])
  })

  it('is taken away, and then there is none', async () => {
    const made = await corporate()
    const id = await create(made)
    const outcome = await locks(made).remove(id, never)
    expect([outcome.is, (await failureIn(locks(made).get(id, never)))?.kind]).toEqual(['done', 'not-found'])
  })

  it('is partial where a recorder is away, camera by camera', async () => {
    const made = await corporate({ recorders: 2 })
    const { site } = made.simulator
    const recorderOf = (id: string): string => {
      const { hardwareId } = site.cameras.find((camera) => camera.id === id)!
      return site.hardware.find((hardware) => hardware.id === hardwareId)!.recorderId
    }
    const ids = site.cameras.filter(({ purpose }) => purpose === 'plain').map(({ id }) => id as CameraId)
    const here = ids.find((id) => recorderOf(id) === site.recorders[0]!.id)!
    const away = ids.find((id) => recorderOf(id) === site.recorders[1]!.id)!
    await made.simulator.act({ do: 'stop', which: 'recorder-2' })
    const outcome = await locks(made).create(wish([here, away]), never)
    expect(outcome.is === 'done' && outcome.value.cameras).toEqual([
      { cameraId: here, isLocked: true, message: '' },
      { cameraId: away, isLocked: false, message: expect.stringMatching(/./) as string },
    ])
  })
})

describe('finding locks', () => {
  it('goes by camera, time and words', async () => {
    const made = await corporate()
    const id = await create(made)
    const day = { fromMs: Date.parse('2026-01-05T00:00:00Z'), toMs: Date.parse('2026-01-06T00:00:00Z') }
    const found = (more: object) =>
      locks(made).search({ cameraIds: [made.camera(1)], ...day, page: 0, count: 10, ...more }, never)
    const lists = await Promise.all([found({}), found({ text: 'theft' }), found({ cameraIds: [made.camera(2)] })])
    expect(lists.map(({ found: list }) => list.map((lock) => lock.id))).toEqual([[id], [id], []])
  })

  it.each(['before', 'after'] as const)(
    'tells whether one whose reply was lost %s it was made is there',
    async (lost) => {
      const made = await corporate()
      made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/evidenceLocks', method: 'POST', lost, times: 1 })
      const outcome = await locks(made).create(wish([made.camera(1)]), never)
      const found = await locks(made).lookUp(wish([made.camera(1)]), never)
      expect([outcome.is, found.is]).toEqual(['unknown', lost === 'before' ? 'absent' : 'found'])
    },
  )

  it('cannot tell on a server that cannot be searched', async () => {
    const made = await corporate({ searchTasks: false })
    await create(made)
    expect((await locks(made).lookUp(wish([made.camera(1)]), never)).is).toBe('cannot-tell')
  })
})

it('an edition without evidence locks is said to be one', async () => {
  const made = await signedIn({ edition: 'professional+' })
  const outcomes = [await locks(made).create(wish([made.camera(1)]), never), await locks(made).remove(guid(1), never)]
  expect(outcomes).toEqual(
    Array.from({ length: 2 }, () => ({ is: 'rejected', why: 'not-licensed', because: { kind: 'forbidden' } })),
  )
})

it('on Corporate a refusal is the user’s, not the edition’s', async () => {
  const made = await corporate()
  await made.simulator.act({ do: 'deny', user: made.simulator.user, right: 'EVIDENCELOCK_CREATE' })
  expect(await locks(made).create(wish([made.camera(1)]), never)).toMatchObject({ is: 'rejected', why: 'refused' })
})

it('what a role may choose to keep for is read', async () => {
  const made = await corporate()
  const [profile] = await locks(made).profiles(never)
  expect(profile?.retentions.map(({ type }) => type)).toEqual([
    'indefinite',
    'until',
    'hours',
    'days',
    'weeks',
    'months',
  ])
})

describe('answers nobody has seen', () => {
  const cameraIds = [guid(1), guid(2)] as CameraId[]

  async function answering(answer: object, status = 201) {
    const { server, gateway } = bench()
    await server.signIn('anna', 'secret')
    gateway.when('POST /api/rest/v1/evidenceLocks', json(answer, status))
    return server.actions().evidenceLocks.create(wish(cameraIds), never)
  }

  it.each([
    [
      'beside the result, as SOAP spells them',
      { result: { id: guid(9) }, FaultDevices: [{ DeviceId: guid(2), Message: 'Offline' }] },
    ],
    [
      'in data, by path',
      { data: { id: guid(9), faultDevices: [{ devicePath: { type: 'cameras', id: guid(2) }, message: 'Offline' }] } },
    ],
  ])('faults %s are found', async (_, answer) => {
    const outcome = await answering(answer)
    expect(outcome.is === 'done' && outcome.value.cameras).toEqual([
      { cameraId: guid(1), isLocked: true, message: '' },
      { cameraId: guid(2), isLocked: false, message: 'Offline' },
    ])
  })

  it('a yes without a lock, with a fault of every camera, is a no', async () => {
    const faults = cameraIds.map((deviceId) => ({ deviceId, message: 'Offline' }))
    expect(await answering({ result: { state: 'Success', faultDevices: faults } })).toMatchObject({
      is: 'rejected',
      because: { kind: 'refused', text: 'Offline' },
    })
  })

  it('a yes without a lock leaves open what was made', async () => {
    expect((await answering({ result: { state: 'Success' } })).is).toBe('unknown')
  })
})
