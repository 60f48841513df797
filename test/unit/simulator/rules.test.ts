import { afterEach, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../simulator/start.ts'
import { openedLine, until, type Line } from './client.ts'
import { refusalOf, SiteClient } from './site-client.ts'
import { command, guids, soapToken } from './soap.ts'

let site: SiteClient
const start = async (wish: Partial<SimulatorOptions> = {}): Promise<void> => {
  site = await SiteClient.start(wish)
}
afterEach(() => site.stop())

const RECORDING_STARTED = '4577f552-765a-438c-bc7d-e5ff1f754bc3'
const RECORDING_STOPPED = '79a94f89-92de-4fca-8a43-5561d407423d'
const fire = async (name: string): Promise<number> =>
  (await site.ask('POST', 'events', { type: await site.idOf('userDefinedEvents', name) })).status
const recordings = () => site.simulator.state().recordings
const ended = (at: number): Promise<void> => until(() => recordings()[at]?.endedAt !== null && recordings().length > at)

/** The events socket, told of recordings alone. */
async function recordingLine(): Promise<{ line: Line; sessionId: string }> {
  const line = await openedLine(site.client, '/api/ws/events/v1', { authorization: `Bearer ${site.token}` })
  const session = await line.ask({ command: 'startSession', commandId: 1, sessionId: '', eventId: '' })
  const filters = [
    {
      modifier: 'include',
      resourceTypes: ['cameras'],
      sourceIds: ['*'],
      eventTypes: [RECORDING_STARTED, RECORDING_STOPPED],
    },
  ]
  await line.ask({ command: 'addSubscription', commandId: 2, subscriptionId: '', filters })
  return { line, sessionId: String(session['sessionId']) }
}

interface Pushed {
  id: string
  type: string
  source: string
}
const pushed = async (line: Line): Promise<Pushed[]> => (await line.next())['events'] as Pushed[]

it('without rules there is no event that records, and an event records nothing', async () => {
  await start()
  expect(await site.list('rules')).toEqual([])
  expect((await site.list('userDefinedEvents')).length).toBe(6)
  expect(await fire('Door forced')).toBe(202)
  expect(recordings()).toEqual([])
})

it('a rule records its camera from one user-defined event to the other, without an end of its own', async () => {
  await start({ ruleCameras: [5] })
  expect((await site.list('rules')).map((rule) => [rule['name'], rule['startRuleType'], rule['startActions']])).toEqual(
    [['Record Lobby on an event', 'Event', 'StartRecording']],
  )
  const { line } = await recordingLine()
  expect(await fire('Start recording: Lobby')).toBe(202)
  expect(await pushed(line)).toMatchObject([{ type: RECORDING_STARTED, source: `cameras/${site.camera(5)}` }])
  expect(recordings()).toMatchObject([
    { camera: { name: 'Lobby' }, method: 'rule', startedBy: 'Record Lobby on an event', until: null, endedAt: null },
  ])
  // A recording by a rule is not a manual one.
  const token = await soapToken(site.simulator)
  const told = await command(site.simulator, 'IsManualRecording', token, guids([site.camera(5)]))
  expect(told.text).toContain('<IsManualRecording>false</IsManualRecording>')
  await fire('Stop recording: Lobby')
  expect(await pushed(line)).toMatchObject([{ type: RECORDING_STOPPED }])
  expect(recordings()[0]!.endedBy).toBe('Record Lobby on an event')
})

it('a camera records while anything wants it to: the manual recording stops, the rule goes on', async () => {
  await start({ ruleCameras: [5] })
  const token = await soapToken(site.simulator)
  const { line } = await recordingLine()
  await command(site.simulator, 'StartManualRecording', token, guids([site.camera(5)]))
  await pushed(line)
  await fire('Start recording: Lobby')
  await until(() => recordings().length === 2)
  await command(site.simulator, 'StopManualRecording', token, guids([site.camera(5)]))
  await fire('Stop recording: Lobby')
  await ended(1)
  expect(recordings().map(({ endedBy }) => endedBy)).toEqual(['operator', 'Record Lobby on an event'])
  // One event tells of both: after the manual stop the camera still recorded.
  const types = (await site.list('events')).map(({ type }) => type)
  expect(types.filter((type) => type === RECORDING_STARTED || type === RECORDING_STOPPED)).toEqual([
    RECORDING_STOPPED,
    RECORDING_STARTED,
  ])
})

it('a recorder that is away follows no rule, though the event is accepted', async () => {
  await start({ ruleCameras: [5] })
  await site.simulator.act({ do: 'stop', which: 'recorder' })
  expect(await fire('Start recording: Lobby')).toBe(202)
  await fire('Door forced')
  expect(recordings()).toEqual([])
})

it('a client that was away hears of what was recorded meanwhile, and the state says what records now', async () => {
  await start()
  const token = await soapToken(site.simulator)
  const { line, sessionId } = await recordingLine()
  await command(site.simulator, 'StartManualRecording', token, guids([site.camera(1)]))
  const [seen] = await pushed(line)
  await site.simulator.act({ do: 'cut-websockets', which: 'events' })
  await command(site.simulator, 'StartManualRecording', token, guids([site.camera(2)]))
  await command(site.simulator, 'StopManualRecording', token, guids([site.camera(1)]))
  const again = await openedLine(site.client, '/api/ws/events/v1', { authorization: `Bearer ${site.token}` })
  const resumed = await again.ask({ command: 'startSession', commandId: 1, sessionId, eventId: seen!.id })
  expect(resumed['status']).toBe(200)
  expect((await pushed(again)).map(({ type, source }) => [type, source])).toEqual([
    [RECORDING_STARTED, `cameras/${site.camera(2)}`],
    [RECORDING_STOPPED, `cameras/${site.camera(1)}`],
  ])
  const { states } = (await again.ask({ command: 'getState', commandId: 2 })) as { states: Pushed[] }
  expect(states.filter(({ type }) => type === RECORDING_STARTED).map(({ source }) => source)).toEqual([
    `cameras/${site.camera(2)}`,
  ])
})

it('an output may have a rule that records the cameras of its box while it is active', async () => {
  await start({ outputs: 2, outputRules: true })
  const outputs = await site.list('outputs')
  const path = `outputs/${String(outputs[1]!['id'])}`
  expect((await site.ask('POST', `${path}?task=Activate`)).json()).toEqual({ result: { state: 'Success' } })
  await until(() => recordings().length === 2)
  expect(recordings().map(({ camera, startedBy }) => [camera.number, startedBy])).toEqual([
    [2, 'Record while Output 2 is active'],
    [3, 'Record while Output 2 is active'],
  ])
  await site.ask('POST', `${path}?task=Deactivate`)
  await ended(1)
  expect(recordings().map(({ endedAt }) => endedAt === null)).toEqual([false, false])
})

it('an event of another form is refused, and a user without the right is too', async () => {
  await start({ ruleCameras: [5] })
  const eventType = await site.idOf('userDefinedEvents', 'Start recording: Lobby')
  const customers = { eventType, deviceId: site.camera(5), eventData: { action: 'start', duration: 60 } }
  expect(refusalOf(await site.ask('POST', 'events', customers))).toEqual([400, 'Bad request: type is missing', 'type'])
  expect(refusalOf(await site.ask('POST', 'events', { type: site.camera(5) }))).toEqual([
    400,
    `Bad request: Unknown event type ${site.camera(5)}`,
    'type',
  ])
  expect((await site.askAs(await site.tokenOf('viewer'), 'POST', 'events', { type: eventType })).status).toBe(403)
  await site.simulator.act({ do: 'deny', user: 'operator', right: 'TRIGGER' })
  expect((await site.ask('POST', 'events', { type: eventType })).status).toBe(403)
  expect(recordings()).toEqual([])
})

it('the customer’s form of event records where their integration listens', async () => {
  await start({ integration: true })
  const event = (action: string, deviceId = site.camera(5)) =>
    site.ask('POST', 'events', { eventType: 'Door forced', deviceId, eventData: { action, duration: 60 } })
  expect((await event('start')).status).toBe(202)
  const [recording] = recordings()
  expect(recording).toMatchObject({ method: 'integration', startedBy: 'operator', endedAt: null })
  expect(Date.parse(recording!.until!) - Date.parse(recording!.startedAt)).toBe(60_000)
  expect((await event('stop')).status).toBe(202)
  expect(recordings()[0]!.endedBy).toBe('operator')
  expect([
    refusalOf(await event('start', '00000000-0000-0000-0000-000000000000'))[0],
    refusalOf(await event('dance'))[2],
  ]).toEqual([400, 'type'])
})

it('there is no recording to ask for under REST, and whoever asks is counted', async () => {
  await start()
  const paths = [
    'recordings',
    `recordings/cameras/${site.camera(1)}`,
    `cameras/${site.camera(1)}/recordings`,
    `cameras/${site.camera(1)}/recordings/start`,
  ]
  const answers = await Promise.all(paths.map((path) => site.ask('POST', path, {})))
  expect(answers.map(refusalOf)).toEqual(paths.map(() => [404, 'Unknown resource: recordings']))
  expect(site.simulator.state().requests).toMatchObject({
    'POST /api/rest/v1/recordings': 1,
    'POST /api/rest/v1/cameras/{id}/recordings/start': 1,
  })
})
