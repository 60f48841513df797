import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts'
import { clientOf, openedLine, until, type Client, type Line } from './client.ts'

let simulator: Simulator
let client: Client
let token: string
let line: Line

const PATH = '/api/ws/webrtc/v1'
async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ media: null, keyType: 'ec', ...options })
  client = clientOf(simulator)
  token = await client.token()
  line = await openedLine(client, PATH)
}
async function stop(): Promise<void> {
  line.socket.terminate()
  await client.close()
  await simulator.stop()
}
beforeEach(() => start())
afterEach(stop)

const rpc = (method: string, params: object, id?: number) => ({
  jsonrpc: '2.0',
  method,
  params,
  ...(id !== undefined && { id }),
})
const register = (): Promise<Record<string, unknown>> => line.ask(rpc('register', { authorization: token }, 1))
const camera = (name: string) => simulator.site.cameras.find((candidate) => candidate.name === name)!
const connect = (peer: string, more: object = {}) =>
  line.ask(rpc('connect', { authorization: token, peer, includeAudio: false, ...more }, 2))

/** Registers, connects, and gives the session's id and the server's invite. */
async function invited(more: object = {}) {
  await register()
  const result = (await connect(camera('Lobby').id, more))['result'] as { session: string }
  const invite = (await line.next()) as { id: number; method: string; params: { session: string; offer: string } }
  return { session: result.session, invite }
}

it('register, connect, and the server invites with its own request and its candidates', async () => {
  expect(await register()).toEqual({ ApiVersion: '1.0', id: 1, result: {} })
  const connected = await connect(camera('Lobby').id, { streamID: camera('Lobby').streams[1]!.id })
  const { session } = connected['result'] as { session: string }
  expect([connected, await line.next(), await line.next()]).toEqual([
    { ApiVersion: '1.0', id: 2, result: { session } },
    {
      ApiVersion: '1.0',
      id: expect.any(Number) as number,
      method: 'invite',
      params: { session, offer: expect.stringMatching(/^\{"type":"offer","sdp":"v=0/) as string },
    },
    {
      ApiVersion: '1.0',
      method: 'trickle',
      params: {
        session,
        candidate: { candidate: expect.stringMatching(/^candidate:/) as string, sdpMid: '0', sdpMLineIndex: 0 },
      },
    },
  ])
  expect(simulator.state().sessions).toMatchObject([{ id: session, road: 'ws', stream: { name: 'Sub' } }])
})

it('25.2 speaks jsonrpc 2.0', async () => {
  await stop()
  await start({ profile: '25.2' })
  expect(await register()).toEqual({ jsonrpc: '2.0', id: 1, result: {} })
})

it('24.2 has no such socket', async () => {
  await stop()
  simulator = await startSimulator({ media: null, keyType: 'ec', profile: '24.2' })
  client = clientOf(simulator)
  expect(await client.socket(PATH)).toBe(404)
})

it('the answer is the result of the invite, and candidates may follow', async () => {
  const { session, invite } = await invited()
  line.send({ jsonrpc: '2.0', id: invite.id, result: { answer: JSON.stringify({ type: 'answer', sdp: 'v=0\r\n' }) } })
  const candidate = JSON.stringify({ candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0' })
  line.send(rpc('trickle', { session, candidate }))
  await until(() => simulator.state().sessions[0]?.answered === true)
  expect(simulator.state().sessions.length).toBe(1)
})

const complaint = (message: string) => ({ ApiVersion: '1.0', method: 'error', params: { message } })

it('says what is wrong in notifications', async () => {
  const unregistered = await connect(camera('Lobby').id)
  const badToken = await line.ask(rpc('register', { authorization: 'made.up' }, 1))
  await register()
  line.socket.send('no json')
  const malformed = await line.next()
  expect([
    unregistered,
    badToken,
    malformed,
    await connect(camera('Canteen (masked)').id),
    await line.ask(rpc('trickle', { session: 'x', candidate: '{}' })),
    await line.ask(rpc('dance', {})),
  ]).toEqual([
    complaint('The authorization token is invalid.'),
    complaint('The authorization token is invalid.'),
    complaint('The message could not be parsed.'),
    complaint('Session cannot be initiated. Streaming from cameras with a privacy mask is not supported.'),
    complaint('The session was not found.'),
    complaint('Unknown method dance.'),
  ])
})

it('a session that is not up yet goes with its socket', async () => {
  await invited()
  line.socket.close()
  await until(() => simulator.state().sessions.length === 0)
  expect(simulator.state().sessionsEverOpened).toBe(1)
})

it('both roads see one list: a session from here is renewed there', async () => {
  const { session } = await invited()
  const answer = await client.ask('PATCH', `/api/rest/v1/webrtc/session/${session}`, { token, body: { token } })
  expect(answer.status).toBe(200)
})

it('a dropped session says why', async () => {
  await invited()
  await line.next() // the candidate
  await simulator.act({ do: 'drop-sessions', camera: 'Lobby' })
  expect(await line.next()).toEqual(complaint('The session was closed by the server.'))
})

it('a new register keeps the sessions of this socket alive', async () => {
  const before = (await invited(), simulator.state().sessions[0]!.expiresAt)
  await line.next() // the candidate
  do token = await client.token()
  while ((await register(), simulator.state().sessions[0]!.expiresAt) === before)
  expect(Date.parse(simulator.state().sessions[0]!.expiresAt)).toBeGreaterThan(Date.parse(before))
})
