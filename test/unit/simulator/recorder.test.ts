import { afterEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, until, type Answer } from './client.ts'
import { command, envelope, guids, login, raw, RECORDER, soapToken, textsOf } from './soap.ts'

let simulator: Simulator
async function start(wish: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', ...wish })
}
afterEach(() => simulator.stop())

const camera = (number: number) => simulator.site.cameras[number - 1]!
const faultOf = (answer: Answer): unknown[] => [
  answer.status,
  ...textsOf(answer, 'faultstring'),
  ...textsOf(answer, 'ErrorNumber'),
  ...textsOf(answer, 'SubErrorNumber'),
]
const begin = (token: string, ...numbers: number[]): Promise<Answer> =>
  command(simulator, 'StartManualRecording', token, guids(numbers.map((number) => camera(number).id)))
const end = (token: string, number: number): Promise<Answer> =>
  command(simulator, 'StopManualRecording', token, guids([camera(number).id]))

it('a login by name and password gives a token of four hours, in the form a real one had', async () => {
  await start()
  const answer = await login(simulator)
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8'])
  expect([
    textsOf(answer, 'MicroSeconds'),
    textsOf(answer, 'TimeToLiveLimited'),
    textsOf(answer, 'Token')[0]!.replace(/[0-9a-f-]{36}/, 'GUID'),
    textsOf(answer, 'RegistrationTime')[0]!.length,
  ]).toEqual([['14400000000'], ['false'], 'TOKEN#GUID#xprotect-sim//ServerConnector#', 28])
})

it('a login with an access token needs no password, and a wrong password or token is 401', async () => {
  await start({ idp: 'separate', ca: true })
  simulator = { ...simulator, certificatePem: simulator.ca! }
  const client = clientOf(simulator)
  const bearer = await client.token()
  await client.close()
  expect([
    (await login(simulator, { bearer })).status,
    (await login(simulator, { bearer: 'made.up' })).status,
    (await login(simulator, { user: 'nobody' })).status,
    (await login(simulator, { user: simulator.windowsUser })).status,
    (await login({ ...simulator, password: 'wrong' })).headers['www-authenticate'],
    (await login({ ...simulator, idp: simulator.gateways[0]! })).status,
  ]).toEqual([200, 401, 401, 401, 'Basic realm=""', 404])
})

it('a login without an instance is a fault of WCF', async () => {
  await start()
  const answer = await login(simulator, {
    body: envelope('<Login xmlns="http://videoos.net/2/XProtectCSServerCommand"/>'),
  })
  expect([answer.status, textsOf(answer, 'faultcode')]).toEqual([500, ['a:DeserializationFailed']])
})

it('no token, a made-up one, an access token and one four hours old are told apart as the real one does', async () => {
  await start()
  const client = clientOf(simulator)
  const jwt = await client.token()
  await client.close()
  const old = await soapToken(simulator)
  const rest = guids([camera(1).id])
  const ask = async (token: string) => faultOf(await command(simulator, 'IsManualRecording', token, rest))
  const faults = [await ask(''), await ask('TOKEN#made-up#'), await ask(jwt)]
  await simulator.act({ do: 'set-clock', offsetSeconds: 4 * 3600 + 1 })
  expect([...faults, await ask(old)]).toEqual([
    [500, 'No token supplied', '20001', '1'],
    [500, 'Token invalid', '20001', '2'],
    [500, 'Token invalid', '20001', '2'],
    [500, 'Token invalid', '20001', '2'],
  ])
})

it('StartRecording is no method', async () => {
  await start()
  const token = await soapToken(simulator)
  expect(faultOf(await command(simulator, 'StartRecording', token, ''))).toEqual([
    500,
    "Method 'StartRecording' not supported",
    '40000',
    '0',
  ])
})

it('is strict about envelope, action, namespaces and media type', async () => {
  await start()
  const token = await soapToken(simulator)
  const { id } = camera(1)
  const action = `${RECORDER}/StartManualRecording`
  const method = (rest: string, namespace = RECORDER): string =>
    `<StartManualRecording xmlns="${namespace}"><token>${token}</token>${rest}</StartManualRecording>`
  const right = envelope(method(guids([id])))
  const bad = [
    await raw(simulator, '', right),
    await raw(simulator, `${RECORDER}/StopManualRecording`, right),
    await raw(simulator, action, right.replace('</soap:Envelope>', '')),
    await raw(simulator, action, `<!DOCTYPE x [<!ENTITY a "b">]>${right}`),
    await raw(simulator, action, envelope(method(guids([id])), 'http://www.w3.org/2003/05/soap-envelope')),
    await raw(simulator, action, envelope(method(guids([id])) + method(guids([id])))),
    await raw(simulator, 'http://elsewhere/StartManualRecording', envelope(method(guids([id]), 'http://elsewhere'))),
    await raw(simulator, action, envelope(method(`<deviceIds><guid>${id}</guid></deviceIds>`))),
    await raw(simulator, action, envelope(method(guids(['not-a-guid'])))),
    await raw(simulator, action, envelope(method(''))),
    await raw(
      simulator,
      action,
      envelope(method(`${guids([id])}<recordingTimeInMicroseconds>1.5</recordingTimeInMicroseconds>`)),
    ),
  ]
  expect(bad.map((answer) => [answer.status, textsOf(answer, 'faultcode')])).toEqual(
    bad.map(() => [500, ['soap:Client']]),
  )
  expect((await raw(simulator, action, right, { 'content-type': 'application/soap+xml' })).status).toBe(415)
  expect(simulator.state().recordings).toEqual([])
  expect(textsOf(await raw(simulator, action, right), 'ResultCode')).toEqual(['0'])
})

it('starts, tells and stops for each device in one call, and the ledger has it', async () => {
  await start()
  const token = await soapToken(simulator)
  const started = await begin(token, 1, 2)
  expect([textsOf(started, 'DeviceId'), textsOf(started, 'ResultCode'), textsOf(started, 'Message')]).toEqual([
    [camera(1).id, camera(2).id],
    ['0', '0'],
    ['Success', 'Success'],
  ])
  await end(token, 2)
  const told = await command(
    simulator,
    'IsManualRecording',
    token,
    guids([camera(1).id.toUpperCase(), camera(2).id, camera(9).id]),
  )
  expect(textsOf(told, 'IsManualRecording')).toEqual(['true', 'false', 'false'])
  const [first, second] = simulator.state().recordings
  const ms = (from: string, to: string | null): number => Date.parse(to ?? '') - Date.parse(from)
  expect(first).toMatchObject({ camera: { number: 1 }, method: 'soap', startedBy: 'operator', endedAt: null })
  expect([ms(first!.startedAt, first!.until), ms(first!.recordedFrom, first!.startedAt)]).toEqual([15 * 60_000, 3000])
  expect([second!.camera.number, second!.endedBy]).toEqual([2, 'operator'])
})

it('ends by itself at the time asked for, at the camera’s time-out where that is sooner, or never', async () => {
  await start()
  const token = await soapToken(simulator)
  const minutes = (number: number): string =>
    `<recordingTimeInMicroseconds>${number * 60_000_000}</recordingTimeInMicroseconds>`
  await simulator.act({
    do: 'set-recording-options',
    camera: 3,
    options: { manualRecordingTimeoutEnabled: false, prebufferEnabled: false },
  })
  for (const [number, wish] of [
    [1, 5],
    [2, 60],
  ] as const) {
    await command(simulator, 'StartManualRecording', token, guids([camera(number).id]) + minutes(wish))
  }
  await begin(token, 3)
  const lengths = simulator
    .state()
    .recordings.map(({ startedAt, until: end }) => (end === null ? null : Date.parse(end) - Date.parse(startedAt)))
  expect(lengths).toEqual([5 * 60_000, 15 * 60_000, null])
  const third = simulator.state().recordings[2]!
  expect(third.recordedFrom).toBe(third.startedAt)
  await simulator.act({ do: 'set-clock', offsetSeconds: 6 * 60 })
  await until(() => simulator.state().recordings[0]!.endedAt !== null)
  expect(simulator.state().recordings.map(({ endedBy }) => endedBy)).toEqual(['time-out', null, null])
})

it('a second start, by whomever, is a success that does not put the end off', async () => {
  await start()
  const token = await soapToken(simulator)
  await simulator.act({ do: 'start-recording', camera: 1, seconds: 60 })
  const [before] = simulator.state().recordings
  expect(textsOf(await begin(token, 1), 'ResultCode')).toEqual(['0'])
  expect(simulator.state().recordings).toEqual([before])
  expect(before).toMatchObject({ method: 'another client', startedBy: 'CONTROL\\colleague' })
  expect(textsOf(await end(token, 1), 'ResultCode')).toEqual(['0'])
  expect(simulator.state().recordings[0]!.endedBy).toBe('operator')
})

it('tells each device what is wrong with it: unknown, taken down, not recorded, no right', async () => {
  await start()
  const [token, viewer] = [await soapToken(simulator), await soapToken(simulator, 'viewer')]
  await simulator.act({ do: 'set-recording-options', camera: 2, options: { recordingEnabled: false } })
  await simulator.act({ do: 'deny', user: 'operator', right: 'START_MANUAL_RECORDING', camera: 3 })
  const down = simulator.site.cameras.find(({ purpose }) => purpose === 'disabled')!
  const ids = ['00000000-0000-0000-0000-000000000000', down.id, camera(2).id, camera(3).id, camera(4).id]
  const answer = await command(simulator, 'StartManualRecording', token, guids(ids))
  expect(textsOf(answer, 'Message')).toEqual([
    'Unknown device',
    'Recording is not enabled on the device',
    'Recording is not enabled on the device',
    'Access denied',
    'Success',
  ])
  expect(textsOf(await begin(viewer, 1), 'Message')).toEqual(['Access denied'])
  expect(textsOf(await end(viewer, 4), 'Message')).toEqual(['Access denied'])
  await simulator.act({ do: 'allow', user: 'operator', right: 'START_MANUAL_RECORDING', camera: 3 })
  expect(textsOf(await begin(token, 3), 'Message')).toEqual(['Success'])
})

it('a recorder knows its own cameras only, and has a port and a certificate of its own', async () => {
  await start({ recorders: 2, special: false })
  const client = clientOf(simulator)
  const bearer = await client.token()
  const list = async (path: string) =>
    (await client.ask('GET', `/api/rest/v1/${path}`, { token: bearer })).json()['array'] as Record<string, unknown>[]
  const servers = await list('recordingServers')
  const boxes = await Promise.all(servers.map(({ id }) => list(`recordingServers/${String(id)}/hardware`)))
  expect([servers.map(({ webServerUri }) => webServerUri), boxes.map(({ length }) => length)]).toEqual([
    simulator.recorders.map(({ origin }) => `${origin}/`),
    [2, 2],
  ])
  expect(new Set(simulator.recorders.map(({ sha256 }) => sha256)).size).toBe(2)
  const token = await soapToken(simulator)
  // Cameras 2 and 3 share the second box.
  expect(textsOf(await begin(token, 1, 2), 'Message')).toEqual(['Success', 'Unknown device'])
  await client.close()
})

it('a recorder that stops forgets its recordings, and tells of it when it is back', async () => {
  await start()
  const token = await soapToken(simulator)
  await begin(token, 1)
  await simulator.act({ do: 'stop', which: 'recorder' })
  await expect(begin(token, 1)).rejects.toThrow('ECONNREFUSED')
  const client = clientOf(simulator)
  const bearer = await client.token()
  const latest = async () => {
    const answer = await client.ask('GET', '/api/rest/v1/events?page=0&size=1', { token: bearer })
    return (answer.json()['array'] as { type: string; source: string }[])[0]
  }
  const whileAway = await latest()
  await simulator.act({ do: 'start', which: 'recorder' })
  expect([whileAway!.type, (await latest())!.type]).toEqual([
    '4577f552-765a-438c-bc7d-e5ff1f754bc3',
    '79a94f89-92de-4fca-8a43-5561d407423d',
  ])
  expect(simulator.state().recordings[0]!.endedBy).toBe('recorder stopped')
  // The token is the management server's: it is as good as before.
  expect(
    textsOf(await command(simulator, 'IsManualRecording', token, guids([camera(1).id])), 'IsManualRecording'),
  ).toEqual(['false'])
  await client.close()
})

it('a new time-out is what the configuration says from then on', async () => {
  await start({ manualTimeoutMinutes: 0 })
  const client = clientOf(simulator)
  const token = await client.token()
  const tab = async () => {
    const answer = await client.ask('GET', `/api/rest/v1/cameras/${camera(1).id}`, { token })
    const { data } = answer.json() as { data: Record<string, unknown> }
    return [data['manualRecordingTimeoutEnabled'], data['manualRecordingTimeoutMinutes'], data['prebufferSeconds']]
  }
  const before = await tab()
  const options = { manualRecordingTimeoutEnabled: true, manualRecordingTimeoutMinutes: 5, prebufferSeconds: 10 }
  await simulator.act({ do: 'set-recording-options', camera: 1, options })
  expect([before, await tab()]).toEqual([
    [false, 15, 3],
    [true, 5, 10],
  ])
  await client.close()
})
