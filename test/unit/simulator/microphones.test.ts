import { afterEach, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../simulator/start.ts'
import { refusalOf, SiteClient } from './site-client.ts'

let site: SiteClient
const start = async (wish: Partial<SimulatorOptions> = {}): Promise<void> => {
  site = await SiteClient.start({ edition: 'corporate', microphones: 2, special: false, ...wish })
}
afterEach(() => site.stop())

const idsIn = async (path: string) => (await site.list(path)).map(({ id }) => id)
const related = async (number: number) =>
  (await site.list(`cameras/${site.camera(number)}/clientSettings`))[0]!['related']
const path = (type: string, id: string) => ({ type, id })
const lockOf = (...devicePaths: object[]) => ({
  header: 'Shouting',
  startTime: '2025-10-27T15:10:00Z',
  tagTime: '2025-10-27T15:10:00Z',
  endTime: '2025-10-27T15:20:00Z',
  retentionOption: { retentionType: 'Days', retentionUnits: 30 },
  devicePaths,
})
const lock = (...devicePaths: object[]) => site.ask('POST', 'evidenceLocks', lockOf(...devicePaths))

it('a microphone is a device of its box, and stands in the client settings of every camera of it', async () => {
  await start()
  const [first, second] = await site.list('microphones')
  expect([first!['name'], second!['name'], first!['recordingEnabled']]).toEqual(['Microphone 1', 'Microphone 2', true])
  const ids = [first, second].map((one) => String(one!['id']))
  const boxes = site.simulator.site.hardware
  expect(await Promise.all(boxes.slice(0, 3).map(({ id }) => idsIn(`hardware/${id}/microphones`)))).toEqual([
    [ids[0]],
    [ids[1]],
    [],
  ])
  // The second box has two cameras, the third none that hears.
  expect(await Promise.all([1, 2, 3, 4].map(related))).toEqual([
    [path('microphones', ids[0]!)],
    [path('microphones', ids[1]!)],
    [path('microphones', ids[1]!)],
    [],
  ])
  const alone = await site.ask('GET', `clientSettings/${site.camera(1)}`)
  expect(alone.json()['data']).toMatchObject({ related: [path('microphones', ids[0]!)] })
})

it('refuses where the real server does: below a camera, as a list, and for a camera the user may not see', async () => {
  await start()
  const camera = site.camera(1)
  expect([
    refusalOf(await site.ask('GET', `cameras/${camera}/microphones`)),
    refusalOf(await site.ask('GET', 'clientSettings')),
  ]).toEqual([
    [400, `Invalid parent. cameras/${camera}/MicrophoneFolder`],
    [400, 'Bad request: Unknown request'],
  ])
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'GENERIC_READ', camera: 1 })
  expect([
    (await site.ask('GET', `cameras/${camera}/clientSettings`)).status,
    (await site.ask('GET', `clientSettings/${camera}`)).status,
  ]).toEqual([404, 404])
})

it('a lock has the microphones it names and no others, and is larger by them', async () => {
  await start()
  const [microphone] = (await idsIn('microphones')) as string[]
  const answer = await lock(path('cameras', site.camera(1)), path('microphones', microphone!))
  const { id, devicePaths } = answer.json()['result'] as { id: string; devicePaths: object[] }
  expect(devicePaths).toEqual([path('cameras', site.camera(1)), path('microphones', microphone!)])
  expect((await lock(path('cameras', site.camera(1)))).json()['result']).toMatchObject({
    devicePaths: [path('cameras', site.camera(1))],
  })
  const sizeOf = async () =>
    ((await site.ask('GET', `evidenceLocks/${id}`)).json()['data'] as { retentionSize: number }).retentionSize
  await expect.poll(sizeOf, { timeout: 10_000 }).toBe(900_000_000 + 28_800_000)
  const found = await site.ask('POST', 'evidenceLocks?task=search', { deviceIds: [microphone!] })
  expect((found.json()['array'] as { id: string }[]).map((one) => one.id)).toEqual([id])
  // A camera's guid is no microphone's, nor the other way about.
  const wrong = await Promise.all([lock(path('microphones', site.camera(1))), lock(path('cameras', microphone!))])
  expect(wrong.map(refusalOf)).toEqual(
    wrong.map(() => [400, 'Not Found, the requested id does not exist', 'devicePaths']),
  )
})

it('a lock of a microphone alone needs the right to lock, and to leave one out the right to unlock', async () => {
  await start()
  const [microphone] = (await idsIn('microphones')) as string[]
  const viewer = await site.tokenOf('viewer')
  const body = lockOf(path('microphones', microphone!))
  expect((await site.askAs(viewer, 'POST', 'evidenceLocks', body)).status).toBe(403)
  const both = [path('cameras', site.camera(1)), path('microphones', microphone!)]
  const { id } = (await lock(...both)).json()['result'] as { id: string }
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'EVIDENCELOCK_DELETE' })
  const smaller = await site.ask('PATCH', `evidenceLocks/${id}`, { devicePaths: both.slice(0, 1) })
  expect(smaller.status).toBe(403)
})

it('one whose recorder is away is a fault of the lock until it is back', async () => {
  await start({ recorders: 2 })
  const ids = (await idsIn('microphones')) as string[]
  await site.simulator.act({ do: 'stop', which: 'recorder-2' })
  const answer = await lock(path('cameras', site.camera(1)), path('microphones', ids[1]!))
  const { status, faultDevices } = answer.json()['result'] as Record<string, unknown>
  expect([status, faultDevices]).toEqual([
    'PartialSuccess',
    [{ deviceId: ids[1], message: 'The recording server is offline.' }],
  ])
  const second = site.simulator.site.recorders[1]!.id
  const pending = () => site.simulator.state().evidenceLocks[0]!.pendingRecorders
  await expect.poll(pending, { timeout: 10_000 }).toEqual([second])
  await site.simulator.act({ do: 'start', which: 'recorder-2' })
  await expect.poll(pending, { timeout: 10_000 }).toEqual([])
})
