import { afterEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, type Client } from './client.ts'

const CAMERAS = '623D03F8-C5D5-46BC-A2F4-4C03562D4F85'
let simulator: Simulator
let client: Client
async function start(wish: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', ...wish })
  client = clientOf(simulator)
}
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

interface Permissions {
  isAdministrator: boolean
  objectPermissions: { id: string; mask: number }[]
}
const tokenOf = async (username: string): Promise<string> =>
  String((await client.signIn({ username })).json()['access_token'])
const get = (token: string, path: string) => client.ask('GET', `/api/rest/v1/${path}`, { token })
const post = (token: string, path: string, body: object = {}) =>
  client.ask('POST', `/api/rest/v1/${path}`, { token, body })
const permissions = async (token: string, path: string): Promise<Permissions> =>
  (await get(token, `effectivePermissions/${path}`)).json()['data'] as Permissions
const listOf = async (token: string, path: string): Promise<Record<string, unknown>[]> =>
  (await get(token, path)).json()['array'] as Record<string, unknown>[]
const tasksOf = async (token: string, path: string): Promise<string[]> =>
  ((await get(token, `${path}?tasks&noData`)).json()['tasks'] as { id: string }[]).map(({ id }) => id)

/** Names of what a mask allows, by the namespace's own list. The bits may lie beyond 32. */
async function allowedBy(mask: number, token: string): Promise<string[]> {
  const { data } = (await get(token, `securityNamespaces/${CAMERAS}`)).json() as {
    data: { securityActions: { name: string; securityMask: number }[] }
  }
  return data.securityActions
    .filter(({ securityMask }) => (BigInt(mask) & BigInt(securityMask)) !== 0n)
    .map(({ name }) => name)
}

it('says what can be allowed, in the fields of the sample, with a bit that 32 do not hold', async () => {
  await start()
  const [cameras] = await listOf(await tokenOf('operator'), 'securityNamespaces')
  expect(cameras).toMatchObject({
    id: CAMERAS.toLowerCase(),
    name: 'Cameras',
    displayName: 'Cameras',
    resourceType: 'cameras',
    userDefined: false,
  })
  const actions = cameras!['securityActions'] as { name: string; securityMask: number; visible: boolean }[]
  expect(actions[0]).toEqual({ name: 'GENERIC_READ', displayName: 'Read', visible: true, securityMask: 1 })
  expect(Math.max(...actions.map(({ securityMask }) => securityMask))).toBeGreaterThan(2 ** 32)
})

it('an administrator may everything and has an empty list', async () => {
  await start()
  expect(await permissions(await tokenOf('administrator'), CAMERAS)).toEqual({
    id: CAMERAS.toLowerCase(),
    isAdministrator: true,
    objectPermissions: [],
  })
})

it('an operator may work with every camera, a viewer look at most of them', async () => {
  await start({ special: false })
  const [operator, viewer] = [await tokenOf('operator'), await tokenOf('viewer')]
  const [all, some] = [await permissions(operator, CAMERAS), await permissions(viewer, CAMERAS)]
  expect([all.isAdministrator, all.objectPermissions.length, some.objectPermissions.length]).toEqual([false, 9, 7])
  expect((await allowedBy(all.objectPermissions[0]!.mask, operator)).join(' ')).toBe(
    'GENERIC_READ VIEW_LIVE PLAYBACK EXPORT START_MANUAL_RECORDING STOP_MANUAL_RECORDING BOOKMARK_READ BOOKMARK_EDIT BOOKMARK_CREATE BOOKMARK_DELETE EVIDENCELOCK_READ EVIDENCELOCK_CREATE EVIDENCELOCK_DELETE PTZ_CONTROL',
  )
  expect((await allowedBy(some.objectPermissions[0]!.mask, viewer)).join(' ')).toBe(
    'GENERIC_READ VIEW_LIVE PLAYBACK BOOKMARK_READ',
  )
})

it('permissions are asked for some cameras alone, and one that is hidden is not among them', async () => {
  await start()
  const [, second, , fourth] = simulator.site.cameras
  const viewer = await tokenOf('viewer')
  const { objectPermissions } = await permissions(
    viewer,
    `${CAMERAS}?objectIds=${second!.id.toUpperCase()},${fourth!.id}`,
  )
  expect(objectPermissions.map(({ id }) => id)).toEqual([second!.id])
  expect((await get(viewer, 'effectivePermissions/00000000-0000-0000-0000-000000000000')).status).toBe(404)
})

it('what a viewer may not see is in no list, under no id, in no group and opens no session', async () => {
  await start({ special: false })
  const hidden = simulator.site.cameras[3]!
  const viewer = await tokenOf('viewer')
  const group = (await listOf(viewer, 'cameraGroups'))[0]!
  const lists = [
    await listOf(viewer, 'cameras'),
    await listOf(viewer, `cameraGroups/${String(group['id'])}/cameras`),
    await listOf(viewer, `hardware/${hidden.hardwareId}/cameras`),
  ]
  expect(lists.map((list) => [list.length, list.some(({ id }) => id === hidden.id)])).toEqual([
    [7, false],
    [7, false],
    [2, false],
  ])
  const nested = await get(viewer, 'recordingServers?includeChildren=hardware,cameras')
  expect(nested.text).not.toContain(hidden.id)
  for (const path of [`cameras/${hidden.id}`, `cameras/${hidden.id}/streams`, `streams/${hidden.id}`]) {
    expect((await get(viewer, path)).status).toBe(404)
  }
  const session = await post(viewer, 'webrtc/session', { deviceId: hidden.id })
  expect([session.status, session.text.includes('was not found')]).toEqual([400, true])
  expect((await get(await tokenOf('operator'), `cameras/${hidden.id}`)).status).toBe(200)
})

it('a user can be given less or more while signed in', async () => {
  await start({ special: false })
  const token = await tokenOf('operator')
  const count = async () => (await listOf(token, 'cameras')).length
  const before = await count()
  await simulator.act({ do: 'set-role', user: 'operator', role: 'viewer' })
  expect([before, await count()]).toEqual([9, 7])
  await expect(simulator.act({ do: 'set-role', user: 'nobody', role: 'viewer' })).rejects.toThrow('no user nobody')
})

it('a PTZ camera is moved by an operator and not by a viewer, and says where it looks', async () => {
  await start()
  const [operator, viewer] = [await tokenOf('operator'), await tokenOf('viewer')]
  const path = `cameras/${simulator.site.cameras[2]!.id}`
  const position = { pan: -0.25, tilt: 0.5, zoom: 1 }
  expect((await post(viewer, `${path}?task=SetPtzAbsolutePosition`, position)).status).toBe(403)
  expect((await post(operator, `${path}?task=SetPtzAbsolutePosition`, { ...position, zoom: -1 })).status).toBe(400)
  expect((await post(operator, `${path}?task=SetPtzAbsolutePosition`, position)).json()).toEqual({
    result: { state: 'Success' },
  })
  expect((await post(operator, `${path}?task=GetPtzAbsolutePosition`)).json()).toEqual({
    result: { ...position, state: 'Success' },
  })
  const bare = (await post(operator, `${path}?task=SetPtzAbsolutePosition`)).json()
  expect(Object.keys(bare['params'] as object)).toEqual(['pan', 'tilt', 'zoom', 'speed', 'allowRepeats'])
})

it('presets are on PTZ cameras, and going to one moves the camera', async () => {
  await start()
  const token = await tokenOf('operator')
  const path = `cameras/${simulator.site.cameras[2]!.id}`
  const presets = await listOf(token, `${path}/ptzPresets`)
  expect(presets.map(({ name, defaultPreset }) => [name, defaultPreset])).toEqual([
    ['Home', true],
    ['Way in', false],
    ['Far fence', false],
  ])
  const preset = `${path}/ptzPresets/${String(presets[2]!['id'])}`
  expect(await tasksOf(token, preset)).toEqual(['Goto'])
  expect((await post(await tokenOf('viewer'), `${preset}?task=Goto`)).status).toBe(403)
  expect((await post(token, `${preset}?task=Goto`)).status).toBe(200)
  expect((await post(token, `${path}?task=GetPtzAbsolutePosition`)).json()['result']).toMatchObject({ pan: 0.8 })
  expect(await listOf(token, `cameras/${simulator.site.cameras[0]!.id}/ptzPresets`)).toEqual([])
})

it.each([
  ['24.2', false, '2024 R2'],
  ['25.1', false, '2025 R1'],
  ['25.2', true, '2025 R2'],
] as const)('a %s server lists its tasks, version and licence', async (profile, hasJpeg, release) => {
  await start({ profile, edition: 'corporate', outputs: 1 })
  const token = await tokenOf('operator')
  const [plain, ptz] = [simulator.site.cameras[0]!, simulator.site.cameras[2]!]
  const [onPlain, onPtz] = [await tasksOf(token, `cameras/${plain.id}`), await tasksOf(token, `cameras/${ptz.id}`)]
  expect([
    onPlain.includes('JpegGetLive'),
    onPtz.filter((id) => id.includes('Ptz')),
    onPlain.join().includes('Ptz'),
  ]).toEqual([hasJpeg, ['GetPtzAbsolutePosition', 'SetPtzAbsolutePosition'], false])
  expect(await tasksOf(token, `hardware/${plain.hardwareId}`)).toContain('ReadPasswordHardware')
  const [site] = await listOf(token, 'sites')
  const [licence] = await listOf(token, 'licenseInformations')
  expect([String(site!['version']).startsWith(profile), licence!['displayName'], licence!['sku']]).toEqual([
    true,
    `XProtect Corporate ${release}`,
    'XPCO',
  ])
})

it('administration is refused to operators, and honestly not played for administrators', async () => {
  await start()
  const path = `hardware/${simulator.site.cameras[0]!.hardwareId}?task=ReadPasswordHardware`
  expect([
    (await post(await tokenOf('operator'), path)).status,
    (await post(await tokenOf('administrator'), path)).status,
  ]).toEqual([403, 501])
})

it('an output is switched by its tasks and its state is what was done last', async () => {
  await start({ outputs: 2 })
  const token = await tokenOf('operator')
  const outputs = await listOf(token, 'outputs')
  const path = `outputs/${String(outputs[0]!['id'])}`
  expect([outputs.length, (await tasksOf(token, path)).slice(0, 3)]).toEqual([2, ['Trigger', 'Activate', 'Deactivate']])
  expect((await post(token, `${path}?task=Activate`)).json()).toEqual({ result: { state: 'Success' } })
  const [latest] = await listOf(token, 'events?page=0&size=1')
  expect([latest!['source'], latest!['type']]).toEqual([path, '7a78f5bb-d8c3-4997-89b7-cae72713b7db'])
  expect(await listOf(token, `hardware/${simulator.site.hardware[0]!.id}/outputs`)).toEqual([outputs[0]])
})

it('24.2 has the events socket and no signalling socket; 25.1 has both', async () => {
  await start({ profile: '24.2' })
  expect(await client.socket('/api/ws/webrtc/v1')).toBe(404)
  expect(await client.socket('/api/ws/events/v1')).not.toBeTypeOf('number')
})

it('outputs and user-defined events have rights too, which a viewer has not', async () => {
  await start({ outputs: 1 })
  const [operator, viewer] = [await tokenOf('operator'), await tokenOf('viewer')]
  const namespaces = await listOf(operator, 'securityNamespaces')
  const masks = async (token: string, name: string) => {
    const { id } = namespaces.find((namespace) => namespace['name'] === name)!
    const { objectPermissions } = await permissions(token, String(id))
    return [objectPermissions.length, new Set(objectPermissions.map(({ mask }) => mask))]
  }
  expect([
    await masks(operator, 'Outputs'),
    await masks(viewer, 'Outputs'),
    await masks(operator, 'UserDefinedEvents'),
    await masks(viewer, 'UserDefinedEvents'),
  ]).toEqual([
    [1, new Set([3])],
    [1, new Set([1])],
    [6, new Set([3])],
    [6, new Set([1])],
  ])
})

it('one right is taken from one user, on one camera or everywhere, and given back', async () => {
  await start({ outputs: 1 })
  const [operator, administrator] = [await tokenOf('operator'), await tokenOf('administrator')]
  const [first, second] = simulator.site.cameras
  const may = async (name: string) => {
    const { objectPermissions } = await permissions(operator, `${CAMERAS}?objectIds=${first!.id},${second!.id}`)
    return Promise.all(objectPermissions.map(async ({ mask }) => (await allowedBy(mask, operator)).includes(name)))
  }
  await simulator.act({ do: 'deny', user: 'Operator', right: 'BOOKMARK_CREATE', camera: 1 })
  await simulator.act({ do: 'deny', user: 'operator', right: 'EXPORT' })
  expect([await may('BOOKMARK_CREATE'), await may('EXPORT')]).toEqual([
    [false, true],
    [false, false],
  ])
  await simulator.act({ do: 'allow', user: 'operator', right: 'EXPORT' })
  expect(await may('EXPORT')).toEqual([true, true])
  await simulator.act({ do: 'deny', user: 'operator', right: 'ACTIVATE' })
  await simulator.act({ do: 'deny', user: 'administrator', right: 'ACTIVATE' })
  const path = `outputs/${String((await listOf(operator, 'outputs'))[0]!['id'])}?task=Trigger`
  expect([(await post(operator, path)).status, (await post(administrator, path)).status]).toEqual([403, 200])
  expect((await post(await tokenOf('viewer'), path)).status).toBe(403)
})
