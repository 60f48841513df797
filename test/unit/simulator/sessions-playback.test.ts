import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Media, Sender } from '../../simulator/media/index.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, openedLine, until, type Answer, type Client, type Line } from './client.ts'
import { openMedia } from './media/cameras.ts'
import { receive, type Receiver } from './media/receiver.ts'

let media: Media
let simulator: Simulator
let client: Client
let token: string
const open: { close: () => void }[] = []
beforeAll(async () => {
  media = await openMedia()
  simulator = await startSimulator({ media, keyType: 'ec', cameras: 9 })
  client = clientOf(simulator)
  token = await client.token()
})
afterEach(async () => {
  for (const each of open.splice(0)) each.close()
  simulator.removeFaults()
  await simulator.act({ do: 'drop-sessions' })
})
afterAll(async () => {
  await client.close()
  await simulator.stop()
  await media.close()
})

const HOUR = 3_600_000
const camera = (number: number) => simulator.site.cameras[number - 1]!
const iso = (ms: number): string => new Date(ms).toISOString()
const setRecorded = (number: number, ...spans: [beginMs: number, endMs: number][]) =>
  simulator.act({
    do: 'set-recorded',
    camera: number,
    spans: spans.map(([beginMs, endMs]) => ({ begin: iso(beginMs), end: iso(endMs) })),
  })

const ask = (deviceId: string, playbackTimeNode: object, bearer = token): Promise<Answer> =>
  client.ask('POST', '/API/REST/v1/WebRTC/Session', { token: bearer, body: { deviceId, playbackTimeNode } })
const cause = ({ status, text }: Answer): unknown[] => [status, text.slice(text.indexOf('---> ') + 5)]

const answering = (offerJson: unknown, answer: (description: string) => void): Receiver =>
  receive({
    offerSdp: (JSON.parse(String(offerJson)) as { sdp: string }).sdp,
    answer: (sdp: string) => answer(JSON.stringify({ type: 'answer', sdp })),
    addCandidate: () => {},
  } as unknown as Sender)

async function byRest(number: number, playbackTimeNode: object): Promise<Receiver> {
  const { sessionId, offerSDP } = (await ask(camera(number).id, playbackTimeNode)).json()
  return answering(offerSDP, (answerSDP) => {
    // Its fruit is the picture.
    void client.ask('PATCH', `/API/REST/v1/WebRTC/Session/${String(sessionId)}`, { token, body: { answerSDP } })
  })
}

async function bySocket(number: number, wish: object): Promise<Receiver> {
  const line: Line = await openedLine(client, '/api/ws/webrtc/v1')
  open.push({ close: () => line.socket.terminate() })
  await line.ask({ jsonrpc: '2.0', id: 1, method: 'register', params: { authorization: token } })
  const params = { authorization: token, peer: camera(number).id, ...wish }
  await line.ask({ jsonrpc: '2.0', id: 2, method: 'connect', params })
  const invite = (await line.next()) as { id: number; params: { offer: string } }
  return answering(invite.params.offer, (answer) => line.send({ jsonrpc: '2.0', id: invite.id, result: { answer } }))
}

/** Opens anew where libdatachannel refuses a client that is too quick for it; see sessions-media.test.ts. */
async function playing(openOne: () => Promise<Receiver>): Promise<Receiver> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    const receiver = await openOne()
    open.push(receiver)
    await until(() => receiver.packets.length > 0 || simulator.state().sessions.length === 0)
    if (receiver.packets.length > 0) return receiver
  }
  throw new Error('five sessions in a row were refused')
}

const timesOf = ({ packets }: Receiver): number[] => [...new Set(packets.map((packet) => packet.readUInt32BE(4)))]

it('plays a recording by REST from the moment asked for, and says of which session it is', async () => {
  const startMs = Date.now() - HOUR
  await setRecorded(1, [startMs - HOUR, startMs + HOUR])
  const receiver = await playing(() => byRest(1, { playbackTime: iso(startMs), speed: 2, skipGaps: true }))
  await until(() => timesOf(receiver).length > 20)
  expect(timesOf(receiver)[0]).toBeLessThan(67)
  expect(simulator.state().sessions).toMatchObject([
    { camera: { number: 1 }, road: 'rest', playback: { time: iso(startMs), speed: 2, skipGaps: true } },
  ])
})

it('plays by WebSocket over a gap, whichever way the names are written', async () => {
  const startMs = Date.now() - HOUR
  await setRecorded(2, [startMs, startMs + 500], [startMs + 600_000, startMs + HOUR])
  const wish = { PlaybackTime: iso(startMs), PlaybackSpeed: 1, SkipGaps: true }
  const receiver = await playing(() => bySocket(2, wish))
  await until(() => timesOf(receiver).length > 15)
  const times = timesOf(receiver)
  const jump = times.findIndex((time) => time > 500)
  expect(times[jump]! - times[jump - 1]!).toBeGreaterThan(590_000)
  expect(simulator.state().sessions).toMatchObject([{ road: 'ws', playback: { speed: 1, skipGaps: true } }])
})

it('at the end of recordings the pictures stop and the connection stays', async () => {
  const startMs = Date.now() - HOUR
  await setRecorded(4, [startMs, startMs + 1000])
  const receiver = await playing(() => byRest(4, { playbackTime: iso(startMs) }))
  await until(() => timesOf(receiver).length === 15)
  // Another session shows that time passes.
  const other = await playing(() => byRest(1, { playbackTime: iso(Date.now() - HOUR) }))
  await until(() => timesOf(other).length > 20)
  const session = simulator.state().sessions.find(({ camera: { number } }) => number === 4)
  expect([timesOf(receiver).length, session?.connection, session?.media['framesSent']]).toEqual([15, 'connected', 15])
})

it('what is being recorded plays on as it grows', async () => {
  await simulator.act({ do: 'start-recording', camera: 9 })
  const receiver = await playing(() => byRest(9, { playbackTime: iso(Date.now() - 2000), speed: 8 }))
  await until(() => (timesOf(receiver).at(-1) ?? 0) > 3900)
  await simulator.act({ do: 'stop-recording', camera: 9 })
})

it('refuses what was never recorded, is still to come, is too fast, malformed or not for this user', async () => {
  const time = iso(Date.now() - HOUR)
  await setRecorded(8)
  await simulator.act({ do: 'deny', user: 'operator', right: 'PLAYBACK', camera: 5 })
  const answers = [
    await ask(camera(8).id, { playbackTime: time }),
    await ask(camera(1).id, { playbackTime: iso(Date.now() + HOUR) }),
    await ask(camera(5).id, { playbackTime: time }),
    await ask(camera(1).id, { playbackTime: 'yesterday' }),
    await ask(camera(1).id, { playbackTime: time, speed: 33 }),
    await ask(camera(1).id, { playbackTime: time, speed: 0 }),
    await ask(camera(1).id, { playbackTime: time, speed: '4' }),
    await ask(simulator.site.cameras.find(({ purpose }) => purpose === 'masked')!.id, { playbackTime: time }),
  ]
  await simulator.act({ do: 'allow', user: 'operator', right: 'PLAYBACK', camera: 5 })
  expect(answers.map(cause)).toEqual([
    [400, 'No recordings were found.'],
    [400, 'No recordings were found.'],
    [400, `Device ${camera(5).id} was not found.`],
    [400, 'The playback time could not be parsed.'],
    [400, 'The playback speed must be above 0 and at most 32.'],
    [400, 'The playback speed must be above 0 and at most 32.'],
    [400, 'The JSON value could not be converted.'],
    [500, 'Streaming from cameras with a privacy mask is not supported.'],
  ])
  const line = await openedLine(client, '/api/ws/webrtc/v1')
  open.push({ close: () => line.socket.terminate() })
  await line.ask({ jsonrpc: '2.0', id: 1, method: 'register', params: { authorization: token } })
  const params = { authorization: token, peer: camera(1).id, playbackTime: time, playbackSpeed: -1 }
  expect(await line.ask({ jsonrpc: '2.0', id: 2, method: 'connect', params })).toMatchObject({
    method: 'error',
    params: { message: 'Session cannot be initiated. The playback speed must be above 0 and at most 32.' },
  })
})

it('a camera may be refused for playback alone', async () => {
  simulator.addFault({ kind: 'refuse-session', camera: 1, only: 'playback', text: 'The database is locked', times: 1 })
  const live = await ask(camera(1).id, {})
  const refused = await ask(camera(1).id, { playbackTime: iso(Date.now() - HOUR) })
  const later = await ask(camera(1).id, { playbackTime: iso(Date.now() - HOUR) })
  expect([live.status, cause(refused), later.status]).toEqual([200, [400, 'The database is locked'], 200])
})

it('counts sessions by camera, so that one left over shows', async () => {
  const before = simulator.state().sessionsByCamera.find(({ camera: { number } }) => number === 7)
  await Promise.all([ask(camera(7).id, {}), ask(camera(7).id, { playbackTime: iso(Date.now() - HOUR) })])
  const counted = () => simulator.state().sessionsByCamera.find(({ camera: { number } }) => number === 7)
  const during = counted()
  await simulator.act({ do: 'drop-sessions', camera: 7 })
  expect([before, during, counted()].map((count) => count && [count.open, count.everOpened, count.mostAtOnce])).toEqual(
    [undefined, [2, 2, 2], [0, 2, 2]],
  )
  expect(simulator.state().mostSessionsAtOnce).toBeGreaterThanOrEqual(2)
})
