import { afterEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, openedLine, type Client } from './client.ts'

let simulator: Simulator
let client: Client
let token: string

async function start(wish: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', profile: '25.2', microphones: 1, ...wish })
  client = clientOf(simulator)
  token = await client.token()
}
afterEach(async () => {
  await client.close()
  await simulator.stop()
})

const iso = (ms: number): string => new Date(ms).toISOString()
/** The first camera hangs on the first box, which hears. */
const camera = (number: number) => simulator.site.cameras[number - 1]!
const recorded = (speed: number) => ({
  playbackTimeNode: { playbackTime: iso(Date.now() - 600_000), speed, skipGaps: true },
})

/** Kinds of sections in the offer, and their names. */
async function offered(body: object, number = 1): Promise<string[]> {
  const wish = { deviceId: camera(number).id, ...body }
  const answer = await client.ask('POST', '/API/REST/v1/WebRTC/Session', { token, body: wish })
  return sectionsOf((JSON.parse(String(answer.json()['offerSDP'])) as { sdp: string }).sdp)
}
const sectionsOf = (sdp: string): string[] =>
  sdp
    .split(/^(?=m=)/m)
    .slice(1)
    .map((section) => `${/^a=mid:(\S+)/m.exec(section)![1]} ${/^m=(\w+)/.exec(section)![1]}`)

const SILENT = ['0 video', '1 application']
const HEARD = ['0 audio', '1 video', '2 application']

it('a camera with a microphone is heard where that is asked for, live and at its own speed', async () => {
  await start()
  const spans = [{ begin: iso(Date.now() - 3_600_000), end: iso(Date.now()) }]
  await simulator.act({ do: 'set-recorded', camera: 1, spans })
  expect(await offered({ includeAudio: true })).toEqual(HEARD)
  expect(await offered({})).toEqual(HEARD) // as the server has it by default
  expect(await offered({ includeAudio: true, ...recorded(1) })).toEqual(HEARD)
  expect(await offered({ includeAudio: true, ...recorded(4) })).toEqual(SILENT)
  expect(await offered({ includeAudio: true, ...recorded(0.5) })).toEqual(SILENT)
  expect(await offered({ includeAudio: false })).toEqual(SILENT)
  expect(simulator.state().sessions.map(({ sound }) => sound)).toEqual([true, true, true, false, false, false])
})

it('the section of sound is PCMU, and the candidates stand in the first section', async () => {
  await start()
  const body = { deviceId: camera(1).id, includeAudio: true }
  const answer = await client.ask('POST', '/API/REST/v1/WebRTC/Session', { token, body })
  const { sdp } = JSON.parse(String(answer.json()['offerSDP'])) as { sdp: string }
  const [session, audio, video] = sdp.split(/^(?=m=)/m)
  expect(session).toContain('a=group:BUNDLE 0 1 2\r\n')
  expect(audio).toMatch(/^m=audio 9 UDP\/TLS\/RTP\/SAVP 0\r\n/)
  expect(audio).toContain('a=rtpmap:0 PCMU/8000\r\n')
  expect(audio).toContain('a=candidate:')
  expect(video).not.toContain('a=candidate:')
})

it('one without a microphone, of an older server, or for a user who may not listen, is a picture alone', async () => {
  await start()
  expect(await offered({ includeAudio: true }, 2)).toEqual(SILENT)
  await simulator.act({ do: 'deny', user: simulator.user, right: 'LISTEN' })
  expect(await offered({ includeAudio: true })).toEqual(SILENT)
  await simulator.act({ do: 'allow', user: simulator.user, right: 'LISTEN' })
  expect(await offered({ includeAudio: true })).toEqual(HEARD)
  for (const profile of ['25.1', '24.2'] as const) {
    await client.close()
    await simulator.stop()
    await start({ profile })
    expect(await offered({ cameraId: camera(1).id, deviceId: undefined, includeAudio: true })).toEqual(SILENT)
  }
})

it('what is neither yes nor no is refused', async () => {
  await start()
  const body = { deviceId: camera(1).id, includeAudio: 'yes' }
  expect((await client.ask('POST', '/API/REST/v1/WebRTC/Session', { token, body })).status).toBe(400)
})

it('the socket takes the same wish', async () => {
  await start()
  const line = await openedLine(client, '/api/ws/webrtc/v1')
  const connect = (includeAudio: unknown) =>
    line.ask({ id: 2, method: 'connect', params: { authorization: token, peer: camera(1).id, includeAudio } })
  await line.ask({ id: 1, method: 'register', params: { authorization: token } })
  for (const [wish, expected] of [
    [true, HEARD],
    [false, SILENT],
  ] as const) {
    await connect(wish)
    const invite = (await line.next()) as { params: { offer: string } }
    expect(sectionsOf((JSON.parse(invite.params.offer) as { sdp: string }).sdp)).toEqual(expected)
    await line.next() // its candidate
  }
  expect(await connect('yes')).toMatchObject({
    method: 'error',
    params: { message: expect.stringContaining('could not be converted') as string },
  })
  line.socket.terminate()
})
