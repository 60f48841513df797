import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, until, type Answer, type Client } from './client.ts'

let simulator: Simulator
let client: Client
let token: string

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', cameras: 14, ...options })
  client = clientOf(simulator)
  token = await client.token()
}
async function stop(): Promise<void> {
  await client.close()
  await simulator.stop()
}
beforeEach(() => start())
afterEach(stop)

async function restart(options: Partial<SimulatorOptions>): Promise<void> {
  await stop()
  await start(options)
}

const SESSION = '/API/REST/v1/WebRTC/Session'
const open = (body: object): Promise<Answer> => client.ask('POST', SESSION, { token, body })
const camera = (name: string) => simulator.site.cameras.find((candidate) => candidate.name === name)!
const opened = async (name = 'Lobby'): Promise<string> =>
  String((await open({ deviceId: camera(name).id })).json()['sessionId'])
const answerText = JSON.stringify({ type: 'answer', sdp: 'v=0\r\n' })
const cause = ({ text }: Answer): string => text.slice(text.indexOf('---> ') + 5)

it('the server makes the offer, and echoes nothing of what was asked', async () => {
  const answer = await open({
    deviceId: camera('Lobby').id,
    streamId: camera('Lobby').streams[1]!.id,
    resolution: 'notInUse',
    offer: 'ignored',
    playbackTimeNode: { playbackTime: '', skipGaps: false },
  })
  expect([answer.status, answer.json()]).toEqual([
    200,
    {
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      cameraId: null,
      deviceId: null,
      token: null,
      resolution: null,
      offerSDP: expect.stringMatching(/^\{"type":"offer","sdp":"v=0/) as string,
      answerSDP: 'Uninitialised',
      streamId: null,
      playbackTimeNode: { playbackTime: null, skipGaps: null, speed: null },
      iceServers: [],
      includeAudio: true,
    },
  ])
  expect(answer.text).toContain('"offerSDP":"{\\u0022type\\u0022:\\u0022offer\\u0022,')
  expect(simulator.state().sessions).toMatchObject([
    { camera: { name: 'Lobby' }, stream: { name: 'Sub' }, road: 'rest', answered: false },
  ])
})

it('the offer is the one of a real 25.1', async () => {
  const { sdp } = JSON.parse(String((await open({ deviceId: camera('Lobby').id })).json()['offerSDP'])) as {
    sdp: string
  }
  expect(sdp.split('\r\n')).toEqual(
    expect.arrayContaining([
      's=sipsorcery',
      'a=group:BUNDLE 0 1',
      'm=video 9 UDP/TLS/RTP/SAVP 104',
      'a=rtpmap:104 H264/90000',
      'a=sendonly',
      'a=setup:actpass',
      'a=end-of-candidates',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ]),
  )
})

it('the old name cameraId is understood too, and paths in any case', async () => {
  const answer = await client.ask('POST', '/api/rest/V1/webrtc/session', {
    token,
    body: { CameraID: camera('Lobby').id },
  })
  expect(answer.status).toBe(200)
})

it('24.2 knows cameraId only', async () => {
  await restart({ profile: '24.2' })
  const right = await open({ cameraId: camera('Lobby').id })
  expect([(await open({ deviceId: camera('Lobby').id })).status, Object.keys(right.json()).join(' ')]).toEqual([
    400,
    'sessionId cameraId token resolution offerSDP answerSDP streamId playbackTimeNode iceServers',
  ])
})

it('the codec is that of the stream, without transcoding', async () => {
  const { id, streams } = simulator.site.cameras[13]!
  const main = await open({ deviceId: id })
  const sub = await open({ deviceId: id, streamId: streams[1]!.id })
  const codec = (answer: Answer): string | undefined => /a=rtpmap:104 (\w+)/.exec(answer.text)?.[1]
  expect([codec(main), codec(sub)]).toEqual(['H265', 'H264'])
})

it('refuses in plain text, the cause at the end', async () => {
  const answers = [
    await open({ deviceId: 'b5f9bd3b-7b65-4d3c-8a3f-000000000000' }),
    await open({ deviceId: camera('Lobby').id, streamId: '00000000-0000-0000-0000-000000000000' }),
    await open({ deviceId: camera('Canteen (masked)').id }),
    await open({}),
    await client.ask('POST', SESSION, { token, body: '{"deviceId":' }),
    await open({ deviceId: camera('Lobby').id, playbackTimeNode: { playbackTime: '2099-01-01T00:00:00.000Z' } }),
  ]
  expect(answers.map((answer) => [answer.status, answer.headers['content-type'], cause(answer)])).toEqual(
    [
      [400, 'Device b5f9bd3b-7b65-4d3c-8a3f-000000000000 was not found.'],
      [400, `Stream 00000000-0000-0000-0000-000000000000 was not found on device ${camera('Lobby').id}.`],
      [500, 'Streaming from cameras with a privacy mask is not supported.'],
      [400, 'The deviceId is missing.'],
      [400, 'The JSON value could not be converted.'],
      [400, 'No recordings were found.'],
    ].map(([status, text]) => [status, 'text/plain; charset=utf-8', text]),
  )
  expect(simulator.state().sessionsEverOpened).toBe(0)
})

it('takes one answer and shows it; a second one is refused', async () => {
  const path = `${SESSION}/${await opened()}`
  const patch = (body: object): Promise<Answer> => client.ask('PATCH', path, { token, body })
  expect((await patch({ answerSDP: 'v=0' })).status).toBe(400)
  const taken = await patch({ answerSDP: answerText })
  expect([taken.status, taken.json()['answerSDP']]).toEqual([200, answerText])
  expect((await patch({ answerSDP: answerText })).status).toBe(400)
  expect((await client.ask('GET', path, { token })).json()['answerSDP']).toBe(answerText)
  expect(simulator.state().sessions[0]?.answered).toBe(true)
})

it('candidates come whole each time, and the client may add its own', async () => {
  const path = `/api/rest/v1/WebRTC/IceCandidates/${await opened()}`
  const first = (await client.ask('GET', path, { token })).json()
  const candidate = JSON.stringify({ candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0' })
  const added = await client.ask('POST', path, { token, body: { candidates: [candidate] } })
  const bad = await client.ask('POST', path, { token, body: { candidates: [{ candidate: 'x' }] } })
  expect([first, added.status, bad.status, (await client.ask('GET', path, { token })).json()]).toEqual([
    { candidates: [expect.stringContaining('"candidate":"candidate:1 1 udp') as string] },
    200,
    400,
    first,
  ])
})

it('DELETE is 405 and the session stays', async () => {
  const answer = await client.ask('DELETE', `${SESSION}/${await opened()}`, { token })
  expect([answer.status, simulator.state().sessions.length]).toEqual([405, 1])
})

it('25.2 lets a session be deleted', async () => {
  await restart({ profile: '25.2' })
  const path = `${SESSION}/${await opened()}`
  const answer = await client.ask('DELETE', path, { token })
  expect([answer.status, simulator.state().sessions, (await client.ask('GET', path, { token })).status]).toEqual([
    200,
    [],
    404,
  ])
})

it('a session ends with its token, unless it is given a new one in time', async () => {
  await restart({ tokenTtlSeconds: 2 })
  const [kept, dropped] = [await opened('Lobby'), await opened('Main gate')]
  const before = Date.now()
  // Seconds are whole in a token: wait until a new one lives longer than the old.
  let fresh = token
  while (simulator.state().sessions.length === 2) {
    fresh = await client.token()
    await client.ask('PATCH', `${SESSION}/${kept}`, { token: fresh, body: { token: fresh } })
  }
  expect(simulator.state().sessions.map(({ id }) => id)).toEqual([kept])
  expect(Date.now() - before).toBeLessThan(3000)
  expect((await client.ask('GET', `${SESSION}/${dropped}`, { token: fresh })).status).toBe(404)
  await until(() => simulator.state().sessions.length === 0)
})

it('a session cannot be kept with a made-up token', async () => {
  const answer = await client.ask('PATCH', `${SESSION}/${await opened()}`, { token, body: { token: 'made.up' } })
  expect([answer.status, cause(answer)]).toEqual([400, 'The token is invalid.'])
})

it('needs a token', async () => {
  expect((await client.ask('POST', SESSION, { body: { deviceId: camera('Lobby').id } })).status).toBe(401)
})
