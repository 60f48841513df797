import { afterEach, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../simulator/start.ts'
import type { Answer } from './client.ts'
import { refusalOf, SiteClient } from './site-client.ts'

let site: SiteClient
const start = async (wish: Partial<SimulatorOptions> = {}): Promise<void> => {
  site = await SiteClient.start({ edition: 'corporate', ...wish })
}
afterEach(() => site.stop())

const DAY_MS = 86_400_000
const devices = (...numbers: number[]) => numbers.map((number) => ({ type: 'cameras', id: site.camera(number) }))
const wish = (over: Record<string, unknown> = {}) => ({
  header: 'Fight',
  description: 'Two men',
  reference: 'WP-0001',
  startTime: '2025-10-27T15:10:00Z',
  tagTime: '2025-10-27T15:10:05Z',
  endTime: '2025-10-27T16:01:00Z',
  retentionOption: { retentionType: 'Days', retentionUnits: 30 },
  devicePaths: devices(1),
  ...over,
})
const create = (over: Record<string, unknown> = {}): Promise<Answer> => site.ask('POST', 'evidenceLocks', wish(over))
const resultOf = ({ json }: Answer) => json()['result'] as Record<string, unknown>
const created = async (over: Record<string, unknown> = {}): Promise<string> =>
  String(resultOf(await create(over))['id'])
const dataOf = async (id: string) =>
  (await site.ask('GET', `evidenceLocks/${id}`)).json()['data'] as Record<string, unknown>
const sizeOf = async (id: string) => (await dataOf(id))['retentionSize']

it('keeps a lock, and its size is known only when the recorders have locked their blocks of an hour', async () => {
  await start()
  const answer = await create({ devicePaths: devices(1, 2) })
  const result = resultOf(answer)
  const id = String(result['id'])
  const { created: made, lastModified, retentionExpire, ...rest } = result
  expect([answer.status, rest]).toEqual([
    201,
    {
      id,
      header: 'Fight',
      description: 'Two men',
      reference: 'WP-0001',
      user: '[BASIC]\\operator',
      startTime: '2025-10-27T15:10:00.0000000Z',
      tagTime: '2025-10-27T15:10:05.0000000Z',
      endTime: '2025-10-27T16:01:00.0000000Z',
      retentionSize: 0,
      retentionOption: { retentionType: 'Days', retentionUnits: 30 },
      devicePaths: devices(1, 2),
      relations: { self: { type: 'evidenceLocks', id } },
      status: 'Success',
      faultDevices: [],
      state: 'Success',
      path: { type: 'evidenceLocks', id },
    },
  ])
  expect([lastModified, Date.parse(String(retentionExpire)) - Date.parse(String(made))]).toEqual([made, 30 * DAY_MS])
  // Fifty-one minutes of two cameras are two blocks each.
  await expect.poll(() => sizeOf(id)).toBe(2 * 2 * 900_000_000)
  expect(site.simulator.state().evidenceLocks).toMatchObject([
    { id, protectedFrom: '2025-10-27T15:00:00.000Z', protectedTo: '2025-10-27T17:00:00.000Z', pendingRecorders: [] },
  ])
  const storage = await site.ask('GET', `storageInformation/${site.simulator.site.storageId}`)
  expect(storage.json()['data']).toMatchObject({ lockedUsedSpace: 3600, isAvailable: true })
})

it('a recorder that is away is told when it is back; until then its devices are faults', async () => {
  await start({ recorders: 2, special: false })
  await site.simulator.act({ do: 'stop', which: 'recorder-2' })
  // Cameras 2 and 3 share the second box, which is the second recorder's.
  const result = resultOf(await create({ devicePaths: devices(1, 2, 3) }))
  const id = String(result['id'])
  expect([result['status'], result['faultDevices']]).toEqual([
    'PartialSuccess',
    devices(2, 3).map((device) => ({ deviceId: device.id, message: 'The recording server is offline.' })),
  ])
  const second = site.simulator.site.recorders[1]!.id
  const pending = () => site.simulator.state().evidenceLocks[0]!.pendingRecorders
  await expect.poll(pending).toEqual([second])
  expect(await sizeOf(id)).toBe(0)
  await site.simulator.act({ do: 'start', which: 'recorder-2' })
  await expect.poll(() => sizeOf(id)).toBe(2 * 3 * 900_000_000)
  expect(pending()).toEqual([])
})

it('never ends where it shall not, and is gone when it has run out', async () => {
  await start()
  const forEver = await created({ retentionOption: { retentionType: 'Indefinite', retentionUnits: -1 } })
  const brief = await created({ retentionOption: { retentionType: 'Hours', retentionUnits: 2 } })
  expect((await dataOf(forEver))['retentionExpire']).toBe('9999-12-31T22:59:59.9999999Z')
  await site.simulator.act({ do: 'set-clock', offsetSeconds: 2 * 3600 + 1 })
  const token = await site.client.token()
  const statuses = await Promise.all(
    [forEver, brief].map(async (id) => (await site.askAs(token, 'GET', `evidenceLocks/${id}`)).status),
  )
  expect(statuses).toEqual([200, 404])
})

it('is extended, renamed and unlocked', async () => {
  await start()
  const id = await created()
  const { created: made, retentionExpire: before } = await dataOf(id)
  const extended = await site.ask('PATCH', `evidenceLocks/${id}`, {
    retentionOption: { retentionType: 'Days', retentionUnits: 60 },
  })
  const data = extended.json()['data'] as Record<string, unknown>
  expect([extended.status, Date.parse(String(data['retentionExpire'])) - Date.parse(String(made))]).toEqual([
    200,
    60 * DAY_MS,
  ])
  const later = new Date(Date.parse(String(before)) + 90 * DAY_MS).toISOString()
  const byDate = await site.ask('PATCH', `evidenceLocks/${id}`, { retentionExpire: later, header: 'Theft' })
  expect(byDate.json()['data']).toMatchObject({
    header: 'Theft',
    retentionExpire: later.replace('Z', '0000Z'),
    retentionOption: { retentionType: 'UserDefined', retentionUnits: -1 },
  })
  expect((await site.ask('DELETE', `evidenceLocks/${id}`)).json()).toEqual({ state: 'Success' })
  expect((await site.ask('GET', `evidenceLocks/${id}`)).status).toBe(404)
})

it('names the field that is wrong', async () => {
  await start()
  const bad: [Record<string, unknown>, string][] = [
    [{ cameraId: site.camera(1) }, 'cameraId'],
    [{ devicePaths: undefined }, 'devicePaths'],
    [{ devicePaths: [] }, 'devicePaths'],
    [{ devicePaths: [site.camera(1)] }, 'devicePaths'],
    [{ devicePaths: [{ type: 'cameras', id: '00000000-0000-0000-0000-000000000000' }] }, 'devicePaths'],
    [{ startTime: undefined }, 'startTime'],
    [{ tagTime: '2025-10-27T15:00:00Z' }, 'tagTime'],
    [{ endTime: '2025-10-27T15:10:01Z' }, 'endTime'],
    [{ retentionOption: undefined }, 'retentionOption'],
    [{ retentionOption: { retentionType: 'Centuries', retentionUnits: 1 } }, 'retentionOption'],
    [{ retentionOption: { retentionType: 'Years', retentionUnits: 1 } }, 'retentionOption'],
    [{ retentionOption: { retentionType: 'Days', retentionUnits: 0 } }, 'retentionOption'],
    [{ retentionOption: { retentionType: 'UserDefined', retentionUnits: -1 } }, 'retentionExpire'],
  ]
  const answers = await Promise.all(bad.map(([over]) => create(over)))
  expect(answers.map((answer) => [answer.status, refusalOf(answer)[2]])).toEqual(bad.map(([, name]) => [400, name]))
  expect(site.simulator.state().evidenceLocks).toEqual([])
})

it('the profile says which retentions a role may choose', async () => {
  await start()
  expect((await site.list('evidenceLockProfiles')).map((profile) => profile['retentionTimeOptions'])).toEqual([
    'Indefinite;UserDefined;Hours;Days;Weeks;Months',
  ])
})

it('only Corporate has them; the list has no GET anywhere', async () => {
  await start({ edition: 'professional+' })
  expect(refusalOf(await create())).toEqual([403, 'Evidence lock is not supported by the license'])
  expect(refusalOf(await site.ask('POST', 'evidenceLocks?task=newReference'))[0]).toBe(403)
  expect(refusalOf(await site.ask('GET', 'evidenceLocks'))).toEqual([400, 'Bad request: Unknown request'])
  expect(await site.list('evidenceLockProfiles')).toEqual([])
})

it('is found by device, text, time and user, sorted and in pages; a bare search says what it wants', async () => {
  await start()
  for (const [header, number] of [
    ['Beta', 1],
    ['Alpha', 2],
    ['Gamma', 1],
  ] as const) {
    await create({ header, devicePaths: devices(number) })
  }
  const found = async (body: object): Promise<unknown[]> => {
    const answer = await site.ask('POST', 'evidenceLocks?task=search', body)
    return (answer.json()['array'] as Record<string, unknown>[]).map(({ header }) => header)
  }
  expect([
    await found({ deviceIds: [site.camera(1)] }),
    await found({ searchText: 'alp' }),
    await found({ eventFrom: '2025-10-27T16:00:00Z', sortBy: 'Header', ascending: false }),
    await found({ eventTo: '2025-10-27T15:00:00Z' }),
    await found({ users: ['[BASIC]\\operator'], sortBy: 'Header', pageIndex: 1, pageSize: 2 }),
  ]).toEqual([['Beta', 'Gamma'], ['Alpha'], ['Gamma', 'Beta', 'Alpha'], [], ['Gamma']])
  const bare = await site.ask('POST', 'evidenceLocks?task=search', {})
  expect([bare.status, Object.keys(bare.json()['params'] as object).length]).toEqual([400, 15])
})

it('to lock and to extend is one right, to unlock and to reduce another, and both are needed on every device', async () => {
  await start()
  const id = await created({ devicePaths: devices(1, 2) })
  const path = `evidenceLocks/${id}`
  const days = (retentionUnits: number) => ({ retentionOption: { retentionType: 'Days', retentionUnits } })
  const viewer = await site.tokenOf('viewer')
  expect([
    (await site.askAs(viewer, 'POST', 'evidenceLocks', wish())).status,
    (await site.askAs(viewer, 'GET', path)).status,
  ]).toEqual([403, 404])
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'EVIDENCELOCK_DELETE', camera: 2 })
  expect([
    (await site.ask('PATCH', path, days(10))).status,
    (await site.ask('PATCH', path, { devicePaths: devices(1) })).status,
    (await site.ask('DELETE', path)).status,
    (await site.ask('PATCH', path, days(40))).status,
  ]).toEqual([403, 403, 403, 200])
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'EVIDENCELOCK_CREATE', camera: 1 })
  expect([(await site.ask('PATCH', path, days(50))).status, (await create()).status]).toEqual([403, 403])
  expect((await create({ devicePaths: devices(2) })).status).toBe(201)
})
