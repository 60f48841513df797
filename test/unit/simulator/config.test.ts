import { afterAll, beforeAll, expect, it } from 'vitest'
import { wideJson } from '../../simulator/http/wide-json.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, type Answer, type Client } from './client.ts'

let simulator: Simulator
let client: Client
let token: string
beforeAll(async () => {
  simulator = await startSimulator({ media: null, cameras: 30, jpegGetLive: true })
  client = clientOf(simulator)
  token = await client.token()
})
afterAll(async () => {
  await client.close()
  await simulator.stop()
})

const get = (path: string): Promise<Answer> => client.ask('GET', `/api/rest/v1/${path}`, { token })
const list = async (path: string): Promise<Record<string, unknown>[]> =>
  (await get(path)).json()['array'] as Record<string, unknown>[]
const names = async (path: string): Promise<unknown[]> => (await list(path)).map(({ name }) => name)
const errorOf = ({ status, json }: Answer): [number, unknown] => {
  const { error } = json() as { error: { httpCode: number; details: { errorText: string }[] } }
  return [error.httpCode === status ? status : NaN, error.details[0]?.errorText]
}

it('writes an unknown resource letter for letter as a real server did', async () => {
  const answer = await get('recordings')
  expect([answer.status, answer.text]).toEqual([
    404,
    '{  "error" : {  "httpCode" : 404,  "details" :  [ {  "errorText" : "Unknown resource: recordings" } ] } }',
  ])
})

it.each([
  ['sequences', 404, 'Unknown resource: sequences'],
  ['playback', 404, 'Unknown resource: playback'],
  ['bookmarks', 400, 'Bad request: Unknown request'],
  ['evidenceLocks', 400, 'Bad request: Unknown request'],
  ['storages', 400, 'Bad request: Unknown request'],
  ['streams', 400, 'Bad request: Unknown request'],
  ['cameras/00000000-0000-0000-0000-000000000000', 404, 'Not Found, the requested id does not exist'],
  ['cameras?page=x&size=1', 400, 'Bad request: Invalid paging'],
  ['cameras?page=0&size=0', 400, 'Bad request: Invalid paging'],
  ['cameras?name=Lobby', 400, 'Bad request: Invalid filter name'],
  ["cameras?name=like:'Lobby'", 400, 'Bad request: Invalid filter name'],
])('GET /%s is %i %s', async (path, status, errorText) => {
  expect(errorOf(await get(path))).toEqual([status, errorText])
})

it('refuses what a camera has not got', async () => {
  const { id } = simulator.site.cameras[0]!
  expect([errorOf(await get(`cameras/${id}/outputs`)), errorOf(await get(`cameras/${id}/recordings`))]).toEqual([
    [400, `Invalid parent. cameras/${id}/OutputFolder`],
    [404, 'Unknown resource: recordings'],
  ])
})

it('gives every camera the user may see, and the one taken down only when asked', async () => {
  expect((await list('cameras')).length).toBe(32)
  expect((await names('cameras?disabled')).slice(-3)).toEqual([
    'Rooftop H.265',
    'Canteen (masked)',
    'Store room (taken down)',
  ])
})

it('names the first nine as the control room knows them', async () => {
  expect(await names('CAMERAS?page=0&size=9')).toEqual([
    'Car park north',
    'Corridor 2F east',
    'Main gate',
    'Loading dock',
    'Lobby',
    'Street west',
    'Car park south',
    'Corridor 1F',
    'Service gate',
  ])
})

it('a camera says what a real one said, in that order', async () => {
  const { id } = simulator.site.cameras[2]!
  const { data } = (await get(`cameras/${id.toUpperCase()}`)).json() as { data: Record<string, unknown> }
  expect(Object.keys(data).join(' ')).toBe(
    'displayName enabled id name channel description createdDate lastModified gisPoint shortName icon coverageDirection coverageDepth coverageFieldOfView recordingFramerate recordKeyframesOnly recordOnRelatedDevices ptzEnabled recordingEnabled prebufferEnabled prebufferInMemory prebufferSeconds edgeStorageEnabled edgeStoragePlaybackEnabled manualRecordingTimeoutEnabled manualRecordingTimeoutMinutes recordingStorage failoverSetting relations',
  )
  expect(data).toMatchObject({
    name: 'Main gate',
    id,
    createdDate: '2025-10-27T15:03:52.8070000Z',
    relations: {
      parent: { type: 'hardware', id: simulator.site.cameras[2]!.hardwareId },
      self: { type: 'cameras', id },
    },
  })
})

it('pages come one after the other until one is short', async () => {
  const pages = [await list('cameras?page=0&size=20'), await list('cameras?page=1&size=20')]
  expect(pages.map(({ length }) => length)).toEqual([20, 12])
  expect(await list('cameras?page=2&size=20')).toEqual([])
  expect(pages.flat()).toEqual(await list('cameras'))
})

it.each([
  ["cameras?name='lobby'", ['Lobby']],
  ["cameras?name=startsWith:'Corridor 1F'", ['Corridor 1F']],
  ["cameras?name=contains:'gate'&page=0&size=2", ['Main gate', 'Service gate']],
  ["cameras?channel=gt:'2'&page=0&size=1", ['Parking 10']],
  ["cameras?lastModified=lt:'2021-11-25'", []],
  ["userDefinedEvents?name=notEquals:'Lock down'&page=3&size=1", ['Door forced']],
])('GET /%s keeps %j', async (path, expected) => {
  expect(await names(path)).toEqual(expected)
})

it('groups nest two deep: the list is the top, children are asked from their parent', async () => {
  expect(await names('cameraGroups')).toEqual([
    'HQ Campus',
    'Parking',
    'Perimeter',
    'Offices',
    'Depot South',
    'Gates',
    'Public areas',
    'Special',
  ])
  const parking = (await list("cameraGroups?name='Parking'"))[0]!
  const levels = await list(`cameraGroups/${String(parking['id'])}/cameraGroups`)
  expect(levels.map(({ name }) => name)).toEqual(['Level 1'])
  expect(await names(`cameraGroups/${String(levels[0]!['id'])}/cameras`)).toEqual([
    'Parking 10',
    'Parking 16',
    'Parking 22',
    'Parking 28',
  ])
})

it('streams and settings come by both paths, and a stream is found again by its reference', async () => {
  const { id, streams } = simulator.site.cameras[13]! // number 14 has H.265 on its main stream
  const [byCamera, direct] = [await list(`cameras/${id}/streams`), (await get(`streams/${id}`)).json()['data']]
  expect(byCamera).toEqual([direct])
  expect(direct).toMatchObject({
    stream: [
      { name: 'Main', liveDefault: true, streamReferenceId: streams[0]!.id, liveMode: 'WhenNeeded' },
      { name: 'Sub', liveDefault: false, streamReferenceId: streams[1]!.id, recordTo: '' },
    ],
    relations: { parent: { type: 'cameras', id }, self: { type: 'streams', id } },
  })
  expect((await get(`settings/${id}`)).json()['data']).toMatchObject({
    stream: [
      { streamReferenceId: streams[0]!.id, codec: 'H.265', resolution: '1280x720', FPS: 15 },
      { streamReferenceId: streams[1]!.id, codec: 'H.264', resolution: '640x360', FPS: 15 },
    ],
  })
  expect(await list(`cameras/${id}/settings`)).toEqual([(await get(`settings/${id}`)).json()['data']])
})

it('children are nested where they are asked for, level by level', async () => {
  const [recorder] = await list('recordingServers?includeChildren=hardware,cameras')
  const hardware = recorder!['hardware'] as { name: string; cameras: { name: string }[] }[]
  expect(hardware.slice(0, 4).map(({ cameras }) => cameras.map(({ name }) => name))).toEqual([
    ['Car park north'],
    ['Corridor 2F east', 'Main gate'],
    ['Loading dock', 'Lobby', 'Street west'],
    ['Car park south', 'Corridor 1F', 'Service gate', 'Parking 10'],
  ])
  expect(recorder).not.toHaveProperty('storages')
})

it('two levels are the most a path may have', async () => {
  const { id, hardwareId } = simulator.site.cameras[0]!
  expect((await get(`hardware/${hardwareId}/cameras/${id}`)).status).toBe(200)
  expect(errorOf(await get(`hardware/${hardwareId}/cameras/${id}/streams`))).toEqual([404, 'Unknown resource: streams'])
})

it('tells the edition, the site and the recorder', async () => {
  const [license] = await list('licenseInformations')
  const [site] = await list('sites')
  const [recorder] = await list('recordingServers')
  expect([license!['displayName'], site!['version'], site!['physicalMemory'], recorder!['webServerUri']]).toEqual([
    'XProtect Professional+ 2025 R1',
    '25.1.1804.0',
    17053102080,
    `${simulator.recorder}/`,
  ])
})

it('lists tasks without the data, and a task without its parameters says which it wants', async () => {
  const path = `cameras/${simulator.site.cameras[0]!.id}`
  const { tasks, ...rest } = (await get(`${path}?tasks&noData`)).json()
  expect(rest).toEqual({})
  expect(tasks).toContainEqual({ id: 'JpegGetLive', displayName: 'Get live JPEG' })
  const bare = await client.ask('POST', `/api/rest/v1/${path}?task=JpegGetLive`, { token })
  expect([bare.status, bare.json()]).toEqual([
    400,
    {
      error: { httpCode: 400, details: [{ errorText: 'Bad request: parameters missing' }] },
      params: { width: '', height: '' },
    },
  ])
})

it('takes a picture of now', async () => {
  const path = `/api/rest/v1/cameras/${simulator.site.cameras[0]!.id}?task=JpegGetLive`
  const answer = await client.ask('POST', path, { token, body: { width: 320, height: 180 } })
  const { result } = answer.json() as { result: { jpegDataAsBase64: string; state: string } }
  const jpeg = Buffer.from(result.jpegDataAsBase64, 'base64')
  expect([result.state, jpeg.subarray(0, 2).toString('hex'), jpeg.subarray(-2).toString('hex')]).toEqual([
    'Success',
    'ffd8',
    'ffd9',
  ])
})

it('an operator may change nothing, and an unknown task is an unknown request', async () => {
  const path = `/api/rest/v1/cameras/${simulator.site.cameras[0]!.id}`
  expect([
    errorOf(await client.ask('PATCH', path, { token, body: { name: 'x' } })),
    errorOf(await client.ask('POST', `${path}?task=Explode`, { token })),
  ]).toEqual([
    [403, 'Forbidden, you are not authorized to access this object'],
    [400, 'Bad request: Unknown request'],
  ])
})

it('lists that are empty here are empty, not missing', async () => {
  expect(await Promise.all(['outputs', 'microphones', 'rules', 'viewGroups'].map(list))).toEqual([[], [], [], []])
})

it('leaves out what is undefined and spaces what is not', () => {
  expect(wideJson({ a: [], b: undefined, c: { d: [1, 'x'] } })).toBe('{  "a" :  [  ],  "c" : {  "d" :  [ 1, "x" ] } }')
})

it('ten thousand cameras have names, groups and ids of their own', async () => {
  const large = await startSimulator({ media: null, cameras: 10_000 })
  try {
    const { cameras, groups } = large.site
    expect([
      cameras.length,
      new Set(cameras.map(({ id }) => id)).size,
      new Set(cameras.map(({ name }) => name)).size,
      groups.reduce((sum, { cameraIds }) => sum + cameraIds.length, 0),
    ]).toEqual([10_003, 10_003, 10_003, 10_003])
    // The same seed makes the same ids in a site of another size.
    expect(cameras.slice(0, 30).map(({ id }) => id)).toEqual(simulator.site.cameras.slice(0, 30).map(({ id }) => id))
  } finally {
    await large.stop()
  }
})
