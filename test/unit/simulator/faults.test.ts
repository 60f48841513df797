import { afterEach, beforeEach, expect, it } from 'vitest'
import { Agent, request } from 'undici'
import { startSimulator, type FaultWish, type Simulator } from '../../simulator/start.ts'
import { clientOf, type Answer, type Client } from './client.ts'

let simulator: Simulator
let client: Client
let token: string
beforeEach(async () => {
  simulator = await startSimulator({ media: null, keyType: 'ec', cameras: 20 })
  client = clientOf(simulator)
  token = await client.token()
})
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

const CAMERAS = '/api/rest/v1/cameras'
const cameras = (): Promise<Answer> => client.ask('GET', CAMERAS, { token })
const open = (camera: number): Promise<Answer> =>
  client.ask('POST', '/api/rest/v1/webrtc/session', {
    token,
    body: { deviceId: simulator.site.cameras[camera - 1]!.id },
  })
const onCameras = (answer: object): FaultWish => ({ kind: 'path', path: `${CAMERAS}*`, answer })

it.each<[string, object, number, string | RegExp]>([
  ['HTML', { status: 502, body: 'html' }, 502, /^<!DOCTYPE/],
  ['JSON', { status: 503, body: 'json' }, 503, /^\{ {2}"error" : \{ {2}"httpCode" : 503/],
  ['text', { status: 500, body: 'text', text: 'boom' }, 500, 'boom'],
  ['nothing', { status: 504, body: 'empty' }, 504, ''],
  ['its own words', { status: 200, body: 'own', text: '{"array":{}}' }, 200, '{"array":{}}'],
])('answers a path with %s', async (_what, answer, status, body) => {
  simulator.addFault(onCameras(answer))
  const got = await cameras()
  expect(got.status).toBe(status)
  if (typeof body === 'string') expect(got.text).toBe(body)
  else expect(got.text).toMatch(body)
})

it('sends Retry-After as it is told, so many times, then the truth again', async () => {
  simulator.addFault({ kind: 'path', path: CAMERAS, times: 2, answer: { status: 503, retryAfter: '-1' } })
  const answers = [await cameras(), await cameras(), await cameras()]
  expect(answers.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
    [503, '-1'],
    [503, '-1'],
    [200, undefined],
  ])
})

it('delays the true answer', async () => {
  simulator.addFault({ kind: 'path', path: '*/CAMERAS', delayMs: 300 })
  const before = performance.now()
  expect((await cameras()).status).toBe(200)
  expect(performance.now() - before).toBeGreaterThan(290)
})

it('lets the true answer drip, whole at last', async () => {
  const whole = await cameras()
  const bytesPerSecond = Math.ceil(whole.text.length / 0.4)
  simulator.addFault({ kind: 'path', path: CAMERAS, bytesPerSecond })
  const before = performance.now()
  const dripped = await cameras()
  expect([dripped.status, dripped.text]).toEqual([200, whole.text])
  expect(performance.now() - before).toBeGreaterThan(300)
})

it('a client that leaves while the answer drips costs nothing', async () => {
  simulator.addFault({ kind: 'path', path: CAMERAS, bytesPerSecond: 100, times: 1 })
  const leaving = new Agent({ connect: { ca: simulator.certificatePem } })
  await request(simulator.gateway + CAMERAS, {
    dispatcher: leaving,
    headers: { authorization: `Bearer ${token}` },
  })
  await leaving.destroy()
  expect((await cameras()).status).toBe(200)
})

it('breaks JSON in the middle', async () => {
  simulator.addFault(onCameras({ status: 200, body: 'truncated-json' }))
  const { status, text, json } = await cameras()
  expect([status, text.startsWith('{  "array" :')]).toEqual([200, true])
  expect(json).toThrow(SyntaxError)
})

it('sends as much as it is told', async () => {
  simulator.addFault(onCameras({ status: 200, body: 'huge', bytes: 3 << 20 }))
  const { text, json } = await cameras()
  expect([text.length, Object.keys(json())]).toEqual([3 << 20, ['array']])
})

it('cuts the connection before the answer and within it', async () => {
  const id = simulator.addFault(onCameras({ body: 'reset' }))
  await expect(cameras()).rejects.toThrow()
  simulator.removeFaults(id)
  simulator.addFault({ kind: 'path', path: CAMERAS, cutAfterBytes: 100 })
  await expect(cameras()).rejects.toThrow()
})

it('goes away in the middle of a list and comes back with the same ports and certificate', async () => {
  simulator.addFault({ kind: 'path', path: CAMERAS, times: 1, cutAfterBytes: 100, thenStop: true })
  await expect(cameras()).rejects.toThrow()
  await expect(cameras()).rejects.toThrow('ECONNREFUSED')
  expect(simulator.state().listening).toBe(false)
  await simulator.act({ do: 'start' })
  // The token is still good: it is in the database of a real server too.
  expect([(await cameras()).status, simulator.state().sha256]).toEqual([200, simulator.sha256])
})

it('one bad camera spoils one item', async () => {
  simulator.addFault({ kind: 'bad-camera', camera: 'Lobby', how: 'wrong-types' })
  const list = (await cameras()).json()['array'] as Record<string, unknown>[]
  expect(list.map(({ id }, at) => (typeof id === 'string' ? -1 : at)).filter((at) => at >= 0)).toEqual([4])
})

it('names can be markup or huge', async () => {
  simulator.addFault({ kind: 'camera-name', camera: 1, name: '<img src=x onerror=alert(1)>' })
  simulator.addFault({ kind: 'camera-name', camera: 2, name: 'x', repeat: 1 << 20 })
  const list = (await cameras()).json()['array'] as { name: string }[]
  expect([list[0]?.name, list[1]?.name.length, list[2]?.name]).toEqual([
    '<img src=x onerror=alert(1)>',
    1 << 20,
    'Main gate',
  ])
})

it('refuses sessions of one camera, and those beyond a number', async () => {
  simulator.addFault({ kind: 'refuse-session', camera: 1, status: 500, text: 'No', times: 1 })
  simulator.addFault({ kind: 'session-limit', sessions: 2 })
  const statuses: number[] = []
  for (const camera of [1, 1, 2, 3]) statuses.push((await open(camera)).status)
  expect(statuses).toEqual([500, 200, 200, 400])
})

it('makes every new offer H.265', async () => {
  simulator.addFault({ kind: 'h265-only', camera: '*' })
  expect((await open(1)).text).toContain('H265/90000')
  expect(simulator.state().sessions[0]?.stream.codec).toBe('H265')
})

it('drops one session or all', async () => {
  const ids = [await open(1), await open(2), await open(3)].map(({ json }) => String(json()['sessionId']))
  expect(await simulator.act({ do: 'drop-sessions', session: ids[0] })).toEqual({ dropped: 1 })
  expect(await simulator.act({ do: 'drop-sessions', camera: 2 })).toEqual({ dropped: 1 })
  expect(simulator.state().sessions.map(({ id }) => id)).toEqual([ids[2]])
  expect(await simulator.act({ do: 'drop-sessions' })).toEqual({ dropped: 1 })
})

it('shows another certificate from the next handshake on, and the first one again', async () => {
  const before = simulator.state()
  await simulator.act({ do: 'swap-certificate', cutConnections: true })
  await expect(cameras()).rejects.toThrow()
  const during = simulator.state()
  expect([during.sha256 === before.sha256, during.applicationBytes - before.applicationBytes]).toEqual([false, 0])
  await simulator.act({ do: 'restore-certificate', cutConnections: true })
  expect((await cameras()).status).toBe(200)
})

it('refuses an upgrade', async () => {
  simulator.addFault({ kind: 'path', method: 'WS', path: '/api/ws/*', answer: { status: 503 } })
  expect(await client.socket('/api/ws/webrtc/v1')).toBe(503)
})

it('is told of faults over plain HTTP, and says which field is wrong', async () => {
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const answer = await request(simulator.control + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return [answer.statusCode, await answer.body.json()]
  }
  expect(await ask('POST', '/faults', { kind: 'loss', percent: 5 })).toEqual([200, { id: 'f1' }])
  expect(await ask('GET', '/faults')).toEqual([
    200,
    { faults: [{ id: 'f1', fault: { kind: 'loss', camera: '*', percent: 5 }, happened: 0 }] },
  ])
  expect(await ask('POST', '/faults', { kind: 'loss', percent: 500 })).toEqual([
    400,
    { error: expect.stringContaining('percent') as string },
  ])
  expect(await ask('POST', '/actions', { do: 'fire-event', type: 'No such event' })).toEqual([
    400,
    { error: 'no event type No such event' },
  ])
  expect(await ask('DELETE', '/faults/f1')).toEqual([200, { removed: 1 }])
  expect(await ask('DELETE', '/faults')).toEqual([200, { removed: 0 }])
  const [status, state] = await ask('GET', '/state')
  expect([status, state]).toEqual([200, simulator.state()])
  expect(await ask('GET', '/elsewhere')).toMatchObject([404, {}])
})

it('tells when each request came, in order', async () => {
  const beganMs = performance.timeOrigin + performance.now()
  for (const path of ['/api/rest/v1/sites', '/api/rest/v1/cameras']) await client.ask('GET', path, { token })
  const endedMs = performance.timeOrigin + performance.now()
  const answer = await request(`${simulator.control}/arrivals`)
  const { arrivals } = (await answer.body.json()) as { arrivals: { line: string; atMs: number }[] }
  expect(arrivals.map(({ line }) => line)).toEqual([
    'POST /api/idp/connect/token',
    'GET /api/rest/v1/sites',
    'GET /api/rest/v1/cameras',
  ])
  const [first, second] = arrivals.slice(1).map(({ atMs }) => atMs)
  expect(beganMs < first! && first! < second! && second! < endedMs).toBe(true)
})

it('the control port answers no page', async () => {
  const answer = await request(`${simulator.control}/state`, { headers: { origin: 'https://page.example' } })
  expect(answer.statusCode).toBe(403)
})

it('counts requests by what they ask, not by which one', async () => {
  for (const { id } of simulator.site.cameras.slice(0, 3))
    await client.ask('GET', `/API/rest/v1/Cameras/${id}`, { token })
  expect(simulator.state().requests).toEqual({
    'POST /api/idp/connect/token': 1,
    'GET /api/rest/v1/cameras/{id}': 3,
  })
})
