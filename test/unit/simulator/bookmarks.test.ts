import { afterEach, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../simulator/start.ts'
import type { Answer } from './client.ts'
import { refusalOf, SiteClient } from './site-client.ts'

let site: SiteClient
const start = async (wish: Partial<SimulatorOptions> = {}): Promise<void> => {
  site = await SiteClient.start(wish)
}
afterEach(() => site.stop())

const wish = (over: Record<string, unknown> = {}) => ({
  header: 'Fight',
  description: 'Two men',
  timeBegin: '2025-10-27T15:00:00Z',
  timeTriggered: '2025-10-27T16:00:05.1234567+01:00',
  timeEnd: '2025-10-27T15:00:30.5Z',
  reference: 'WP-0001',
  devicePath: { type: 'cameras', id: site.camera(1).toUpperCase() },
  ...over,
})
const create = (over: Record<string, unknown> = {}): Promise<Answer> => site.ask('POST', 'bookmarks', wish(over))
const created = async (over: Record<string, unknown> = {}): Promise<string> =>
  ((await create(over)).json() as { result: { id: string } }).result.id
const found = async (task: string, body: object): Promise<unknown[]> => {
  const answer = await site.ask('POST', `bookmarks?task=${task}`, body)
  return (answer.json()['array'] as Record<string, unknown>[]).map(({ header }) => header)
}

it('keeps a bookmark as it was made, with all seven digits, and says so in the envelope of a creation', async () => {
  await start()
  const answer = await create()
  const { result } = answer.json() as { result: Record<string, unknown> }
  const id = String(result['id'])
  const kept = {
    id,
    header: 'Fight',
    description: 'Two men',
    timeBegin: '2025-10-27T15:00:00.0000000Z',
    timeTriggered: '2025-10-27T15:00:05.1234567Z',
    timeEnd: '2025-10-27T15:00:30.5000000Z',
    reference: 'WP-0001',
    user: '[BASIC]\\operator',
    devicePath: { type: 'cameras', id: site.camera(1) },
    deviceName: 'Car park north',
    relations: { self: { type: 'bookmarks', id } },
  }
  expect([answer.status, result]).toEqual([201, { ...kept, state: 'Success', path: { type: 'bookmarks', id } }])
  const got = await site.ask('GET', `bookmarks/${id}`)
  expect([got.status, got.json()]).toEqual([200, { data: kept }])
})

it('the list has no GET', async () => {
  await start()
  await create()
  expect(refusalOf(await site.ask('GET', 'bookmarks'))).toEqual([400, 'Bad request: Unknown request'])
})

it('names the field that is wrong, with the code as text', async () => {
  await start()
  const bad: [object | string, unknown][] = [
    ['{"header":', undefined],
    [wish({ cameraId: site.camera(1) }), 'cameraId'],
    [wish({ devicePath: undefined }), 'devicePath'],
    [wish({ devicePath: site.camera(1) }), 'devicePath'],
    [wish({ devicePath: { type: 'cameras', id: '00000000-0000-0000-0000-000000000000' } }), 'devicePath'],
    [wish({ timeBegin: undefined }), 'timeBegin'],
    [wish({ timeTriggered: undefined }), 'timeTriggered'],
    [wish({ timeEnd: 'yesterday' }), 'timeEnd'],
    [wish({ timeEnd: '2025-10-27T15:00:30' }), 'timeEnd'],
    [wish({ timeTriggered: '2025-10-27T14:59:59Z' }), 'timeTriggered'],
    [wish({ timeEnd: '2025-10-27T15:00:01Z' }), 'timeEnd'],
    [wish({ header: 7 }), 'header'],
  ]
  const answers = await Promise.all(bad.map(([body]) => site.ask('POST', 'bookmarks', body)))
  expect(answers.map((answer) => [answer.status, refusalOf(answer)[2]])).toEqual(
    bad.map(([, property]) => [400, property]),
  )
  expect(answers[1]!.json()).toEqual({
    error: {
      httpCode: '400',
      details: [
        {
          errorText: 'Incorrect formatted JSON',
          property: 'cameraId',
          errorTextId: 'IncorrectFormattedJsonTextId',
        },
      ],
    },
  })
  expect(site.simulator.state().bookmarks).toBe(0)
})

it('is changed and deleted; from 25.1 on a change names the device again', async () => {
  await start()
  const id = await created()
  const devicePath = { type: 'cameras', id: site.camera(1) }
  expect(refusalOf(await site.ask('PATCH', `bookmarks/${id}`, { header: 'Theft' }))[2]).toBe('devicePath')
  const other = { header: 'Theft', devicePath: { type: 'cameras', id: site.camera(2) } }
  expect(refusalOf(await site.ask('PATCH', `bookmarks/${id}`, other))[2]).toBe('devicePath')
  const changed = await site.ask('PATCH', `bookmarks/${id}`, { header: 'Theft', devicePath })
  expect([changed.status, changed.json()['data']]).toMatchObject([200, { id, header: 'Theft', description: 'Two men' }])
  const gone = await site.ask('DELETE', `bookmarks/${id}`)
  expect([gone.status, gone.json()]).toEqual([200, { state: 'Success' }])
  expect((await site.ask('GET', `bookmarks/${id}`)).status).toBe(404)
  expect((await site.ask('DELETE', `bookmarks/${id}`)).status).toBe(404)
})

it('24.2 writes no name of the device and takes a change without it', async () => {
  await start({ profile: '24.2' })
  const id = await created()
  const { data } = (await site.ask('PATCH', `bookmarks/${id}`, { header: 'Theft' })).json() as { data: object }
  expect([Object.keys(data).includes('deviceName'), data]).toMatchObject([false, { header: 'Theft' }])
})

it('a reference is made on demand, and for a bookmark without one', async () => {
  await start()
  const task = await site.ask('POST', 'bookmarks?task=newReference')
  const { result } = (await create({ reference: undefined })).json() as { result: { reference: string } }
  expect([task.json(), result.reference]).toEqual([
    { result: { reference: 'no.000001', state: 'Success' } },
    'no.000002',
  ])
  expect(site.simulator.state().bookmarks).toBe(1)
})

it('is searched by time in both directions, by text, device and user, and on from one that is known', async () => {
  await start()
  const at = (minute: number) => `2025-10-27T15:${String(minute).padStart(2, '0')}:00Z`
  const moment = (minute: number) => ({ timeBegin: at(minute), timeTriggered: at(minute), timeEnd: at(minute) })
  const ids: string[] = []
  for (const minute of [10, 20, 30]) ids.push(await created({ header: `at ${minute}`, ...moment(minute) }))
  await created({ header: 'elsewhere', ...moment(25), devicePath: { type: 'cameras', id: site.camera(2) } })
  const hour = 3_600_000_000
  const ofFirst = { deviceIds: [site.camera(1)] }
  expect([
    await found('searchTime', { startTime: at(15), timeLimit: hour }),
    await found('searchTime', { startTime: at(30), timeLimit: -hour, ...ofFirst, maxBookmarks: 2 }),
    await found('searchTime', { startTime: at(0), timeLimit: hour, searchText: 'AT 2' }),
    await found('searchTime', { startTime: at(0), timeLimit: hour, users: ['somebody'] }),
    await found('searchFromBookmark', { bookmarkId: ids[0], timeLimit: hour, ...ofFirst }),
  ]).toEqual([['at 20', 'elsewhere', 'at 30'], ['at 30', 'at 20'], ['at 20'], [], ['at 20', 'at 30']])
})

it('a search says what it wants, and refuses what it does not know', async () => {
  await start()
  const bare = await site.ask('POST', 'bookmarks?task=searchTime', {})
  expect([bare.status, Object.keys(bare.json()['params'] as object)]).toEqual([
    400,
    ['startTime', 'timeLimit', 'maxBookmarks', 'mediaDeviceTypes', 'deviceIds', 'users', 'searchText'],
  ])
  expect(refusalOf(await site.ask('POST', 'bookmarks?task=searchTime', { time: 'now' }))[2]).toBe('time')
  expect(refusalOf(await site.ask('POST', 'bookmarks?task=find', {}))).toEqual([400, 'Bad request: Unknown request'])
})

it('a server may have no search: nobody has seen one', async () => {
  await start({ searchTasks: false })
  const answer = await site.ask('POST', 'bookmarks?task=searchTime', {})
  expect(refusalOf(answer)).toEqual([400, 'Bad request: Unknown request'])
  expect((await create()).status).toBe(201)
})

it('each thing needs its right, and what may not be read is not there', async () => {
  await start()
  const id = await created()
  const viewer = await site.tokenOf('viewer')
  const body = { header: 'Theft', devicePath: { type: 'cameras', id: site.camera(1) } }
  const statuses = async (token: string) => [
    (await site.askAs(token, 'GET', `bookmarks/${id}`)).status,
    (await site.askAs(token, 'POST', 'bookmarks', wish())).status,
    (await site.askAs(token, 'PATCH', `bookmarks/${id}`, body)).status,
    (await site.askAs(token, 'DELETE', `bookmarks/${id}`)).status,
  ]
  const viewers = await statuses(viewer)
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'BOOKMARK_READ', camera: 1 })
  expect([viewers, await statuses(site.token)]).toEqual([
    [200, 403, 403, 403],
    [404, 201, 404, 404],
  ])
  expect(await found('searchTime', { startTime: '2025-10-27T00:00:00Z' })).toEqual([])
})
