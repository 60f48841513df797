import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, openedLine, until, type Answer, type Client, type Line } from './client.ts'

let simulator: Simulator
let client: Client
let token: string
beforeEach(async () => {
  simulator = await startSimulator({ media: null, keyType: 'ec', eventsInactiveTimeoutSeconds: 1 })
  client = clientOf(simulator)
  token = await client.token()
})
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

const PATH = '/api/ws/events/v1'
const EVENTS = '/api/rest/v1/events'
const MOTION = '6eb95dd6-7ccc-4bce-99f8-af0d0b582d77'
const everything = { modifier: 'Include', resourceTypes: ['*'], sourceIds: ['*'], eventTypes: ['*'] }
const post = (body: unknown): Promise<Answer> => client.ask('POST', EVENTS, { token, body })
const signedIn = (): Promise<Line> => openedLine(client, PATH, { authorization: `Bearer ${token}` })

async function idOf(path: string, name: string): Promise<string> {
  const { json } = await client.ask('GET', `/api/rest/v1/${path}?name='${encodeURIComponent(name)}'`, { token })
  return (json()['array'] as { id: string }[])[0]!.id
}

async function subscribed(filters: object[] = [everything]): Promise<{ line: Line; sessionId: string }> {
  const line = await signedIn()
  const session = await line.ask({ command: 'startSession', commandId: 1, sessionId: '', eventId: '' })
  await line.ask({ command: 'addSubscription', commandId: 2, subscriptionId: '', filters })
  return { line, sessionId: String(session['sessionId']) }
}

const pushed = async (line: Line): Promise<string[]> =>
  ((await line.next())['events'] as { type: string }[]).map(({ type }) => type)

it('a user-defined event is accepted and is its own source', async () => {
  const type = await idOf('userDefinedEvents', 'Door forced')
  const answer = await post({ type })
  const { data } = answer.json() as { data: { id: string } }
  expect([answer.status, data]).toEqual([
    202,
    {
      id: expect.any(String) as string,
      type,
      source: `userDefinedEvents/${type}`,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/) as string,
    },
  ])
  expect((await client.ask('GET', `${EVENTS}/${data.id}`, { token })).json()).toEqual({ data })
  expect((await client.ask('GET', `${EVENTS}?page=0&size=10&include=data`, { token })).json()).toEqual({
    array: [data],
  })
  expect(simulator.state().eventsFired).toBe(1)
})

it('an analytics event takes a source; other types, unknown ones and bad bodies are refused', async () => {
  const analytics = await idOf('eventTypes', 'Person in zone')
  const source = `cameras/${simulator.site.cameras[0]!.id}`
  const statuses = [
    await post({ type: analytics, source }),
    await post({ type: analytics }),
    await post({ type: MOTION, source }),
    await post({ type: await idOf('eventTypes', 'Barrier controller'), source }),
    await post({ type: '00000000-0000-0000-0000-000000000000' }),
    await post({}),
    await post('{'),
  ].map(({ status }) => status)
  expect(statuses).toEqual([202, 400, 403, 403, 400, 400, 400])
})

it('a bad token is refused at the door, none at all may authenticate inside', async () => {
  expect(await client.socket(PATH, { authorization: 'Bearer made.up' })).toBe(401)
  const line = await openedLine(client, `${PATH}/`)
  expect([
    await line.ask({ command: 'startSession', commandId: 7, sessionId: '', eventId: '' }),
    await line.ask({ command: 'authenticate', commandId: 8, token: 'Bearer made.up' }),
    await line.ask({ command: 'authenticate', commandId: 9, token: `Bearer ${token}` }),
    await line.ask({ command: 'getState', commandId: 10 }),
    await line.ask({ command: 'startSession', commandId: 11, sessionId: '', eventId: '' }),
  ]).toEqual([
    { commandId: 7, status: 401, error: { errorText: 'Unauthorized' } },
    { commandId: 8, status: 401, error: { errorText: 'Unauthorized' } },
    { commandId: 9, status: 200 },
    { commandId: 10, status: 400, error: { errorText: 'Session not started' } },
    { commandId: 11, status: 201, sessionId: expect.any(String) as string, inactiveTimeoutSeconds: 1 },
  ])
})

it('pushes what a subscription includes and nothing it excludes', async () => {
  const [lobby, gate] = [simulator.site.cameras[4]!, simulator.site.cameras[2]!]
  const only = { modifier: 'include', resourceTypes: ['cameras'], sourceIds: ['*'], eventTypes: [MOTION] }
  const but = { modifier: 'EXCLUDE', resourceTypes: ['*'], sourceIds: [gate.id], eventTypes: ['*'] }
  const { line } = await subscribed([only, but])
  await simulator.act({ do: 'fire-event', type: 'Recording Started', camera: lobby.id })
  await simulator.act({ do: 'fire-event', type: 'Motion Started', camera: gate.id })
  const event = await simulator.act({ do: 'fire-event', type: 'Motion Started', camera: lobby.id })
  expect(await line.next()).toEqual({ events: [event] })
  expect(event).toMatchObject({ source: `cameras/${lobby.id}`, stategroupid: expect.any(String) as string })
})

it('tells the state of everything subscribed to: the latest event of each group', async () => {
  const lobby = simulator.site.cameras[4]!
  const recording = await idOf('eventTypes', 'Recording Started')
  const { line } = await subscribed([{ ...everything, sourceIds: [lobby.id] }])
  const before = await line.ask({ command: 'getState', commandId: 3 })
  await simulator.act({ do: 'fire-event', type: recording, camera: 'Lobby' })
  await line.next()
  const after = await line.ask({ command: 'getState', commandId: 4 })
  const types = (reply: Record<string, unknown>) => (reply['states'] as { type: string }[]).map(({ type }) => type)
  expect([before['status'], types(before)[1], types(after)[1]]).toEqual([
    200,
    await idOf('eventTypes', 'Recording Stopped'),
    recording,
  ])
})

it('an event may come between a command and its reply', async () => {
  const { line } = await subscribed()
  const fired = simulator.act({ do: 'fire-event', type: 'Motion Started', camera: 1 })
  line.send({ command: 'getState', commandId: 99 })
  await fired
  const two = [await line.next(), await line.next()]
  expect(two.filter((message) => 'events' in message).length).toBe(1)
  expect(two.filter((message) => message['commandId'] === 99).length).toBe(1)
})

it('resumes with its subscriptions and replays what came after the last event seen', async () => {
  const { line, sessionId } = await subscribed()
  const seen = (await simulator.act({ do: 'fire-event', type: 'Motion Started', camera: 1 })) as { id: string }
  await line.next()
  await simulator.act({ do: 'cut-websockets', which: 'events' })
  await simulator.act({ do: 'fire-event', type: 'Motion Stopped', camera: 1 })
  await simulator.act({ do: 'fire-event', type: 'Recording Started', camera: 1 })
  const again = await signedIn()
  expect(await again.ask({ command: 'startSession', commandId: 1, sessionId, eventId: seen.id })).toEqual({
    commandId: 1,
    status: 200,
    sessionId,
    inactiveTimeoutSeconds: 1,
  })
  expect(await pushed(again)).toEqual(['6f55a7a7-d21c-4629-ac18-af1975e395a2', '4577f552-765a-438c-bc7d-e5ff1f754bc3'])
  await simulator.act({ do: 'fire-event', type: 'Motion Started', camera: 1 })
  expect(await pushed(again)).toEqual([MOTION])
})

it('a session left for too long is a new one, without subscriptions', async () => {
  const { sessionId } = await subscribed()
  await simulator.act({ do: 'cut-websockets' })
  const line = await signedIn()
  await until(() => simulator.state().eventsSessions === 0)
  const reply = await line.ask({ command: 'startSession', commandId: 1, sessionId, eventId: '' })
  expect([reply['status'], reply['sessionId'] === sessionId]).toEqual([201, false])
  expect((await line.ask({ command: 'getState', commandId: 2 }))['states']).toEqual([])
})

it('a removed subscription is silent, and an unknown one or a bad filter is refused', async () => {
  const line = await signedIn()
  await line.ask({ command: 'startSession', commandId: 1, sessionId: '', eventId: '' })
  const added = await line.ask({ command: 'addSubscription', commandId: 2, filters: [everything] })
  const { subscriptionId } = added as { subscriptionId: string }
  const removal = { command: 'removeSubscription', commandId: 3, subscriptionId }
  expect([
    await line.ask(removal),
    (await line.ask(removal))['status'],
    (await line.ask({ command: 'addSubscription', commandId: 4, filters: [{ modifier: 'maybe' }] }))['status'],
    (await line.ask({ command: 'dance', commandId: 5 }))['status'],
    (await line.ask({ command: 'getState', commandId: 6 }))['states'],
  ]).toEqual([{ commandId: 3, status: 200 }, 404, 400, 400, []])
})

it('malformed JSON closes the socket', async () => {
  const line = await signedIn()
  line.socket.send('{"commandId":')
  expect(await line.closed()).toBe(1007)
})

it('the token is looked at once only: the socket outlives it', async () => {
  const { line } = await subscribed()
  await simulator.act({ do: 'expire-tokens' })
  await simulator.act({ do: 'fire-event', type: 'Motion Started', camera: 1 })
  expect(await pushed(line)).toEqual([MOTION])
})
