import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Media, Sender } from '../../simulator/media/index.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, openedLine, until, type Client, type Line } from './client.ts'
import { openMedia } from './media/cameras.ts'
import { receive, type Receiver } from './media/receiver.ts'

let media: Media
let simulator: Simulator
let client: Client
let token: string
let receiver: Receiver | undefined
beforeAll(async () => {
  media = await openMedia()
  simulator = await startSimulator({ media, keyType: 'ec' })
  client = clientOf(simulator)
  token = await client.token()
})
afterEach(() => {
  receiver?.close()
  simulator.removeFaults()
})
afterAll(async () => {
  await client.close()
  await simulator.stop()
  await media.close()
})

const lobby = () => simulator.site.cameras[4]!
const stateOfSession = () => simulator.state().sessions[0]

/** A receiver whose answer goes where `answer` carries it. */
const answering = (offerJson: unknown, answer: (description: string) => void): Receiver =>
  receive({
    offerSdp: (JSON.parse(String(offerJson)) as { sdp: string }).sdp,
    answer: (sdp: string) => answer(JSON.stringify({ type: 'answer', sdp })),
    addCandidate: () => {}, // a client that never trickles must connect too
  } as unknown as Sender)

/**
 * Opens sessions until one plays. A libdatachannel client can be done with DTLS before a libdatachannel server has
 * stored its answer, and is refused then; no browser is that quick.
 */
async function playing(open: () => Promise<Receiver>): Promise<Receiver> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    const opened = await open()
    await until(() => opened.packets.length > 0 || simulator.state().sessions.length === 0)
    if (opened.packets.length > 0) return opened
    opened.close()
  }
  throw new Error('five sessions in a row were refused')
}

async function openByRest(camera = lobby()): Promise<Receiver> {
  const opened = await client.ask('POST', '/API/REST/v1/WebRTC/Session', { token, body: { deviceId: camera.id } })
  const { sessionId, offerSDP } = opened.json() as { sessionId: string; offerSDP: string }
  return answering(offerSDP, (answerSDP) => {
    void client.ask('PATCH', `/API/REST/v1/WebRTC/Session/${sessionId}`, { token, body: { answerSDP } }) // its fruit is the picture
  })
}

async function openBySocket(line: Line): Promise<Receiver> {
  await line.ask({ jsonrpc: '2.0', id: 1, method: 'register', params: { authorization: token } })
  await line.ask({ jsonrpc: '2.0', id: 2, method: 'connect', params: { authorization: token, peer: lobby().id } })
  const { id, params } = (await line.next()) as { id: number; params: { offer: string } }
  return answering(params.offer, (answer) => line.send({ jsonrpc: '2.0', id, result: { answer } }))
}

it('a session asked for by REST brings pictures, and goes when the client closes', async () => {
  receiver = await playing(openByRest)
  await receiver.arrived(30)
  expect(stateOfSession()).toMatchObject({
    road: 'rest',
    answered: true,
    connection: 'connected',
    camera: { number: 5 },
  })
  receiver.close()
  await until(() => simulator.state().sessions.length === 0)
})

it('a session asked for by WebSocket brings pictures, and outlives the socket', async () => {
  let line!: Line
  receiver = await playing(async () => {
    line = await openedLine(client, '/api/ws/webrtc/v1')
    return openBySocket(line)
  })
  line.socket.terminate()
  await until(() => simulator.state().webSockets.webrtc === 0)
  await receiver.arrived(receiver.packets.length + 30)
  expect(stateOfSession()).toMatchObject({ road: 'ws', connection: 'connected' })
  receiver.close()
  await until(() => simulator.state().sessions.length === 0)
})

it('a frozen camera sends nothing while its connection lives, and goes on when thawed', async () => {
  receiver = await playing(openByRest)
  const fault = simulator.addFault({ kind: 'freeze', camera: 'Lobby' })
  const sentWhenFrozen = stateOfSession()?.media['framesSent']
  // Another camera shows that time passes.
  const witness = await openByRest(simulator.site.cameras[0])
  await until(() => simulator.state().sessions.length === 1 || witness.packets.length > 60)
  expect(stateOfSession()).toMatchObject({ connection: 'connected', media: { framesSent: sentWhenFrozen } })
  simulator.removeFaults(fault)
  await receiver.arrived(receiver.packets.length + 10)
  witness.close()
  receiver.close()
  await until(() => simulator.state().sessions.length === 0)
})

it('loses the share of packets it is told to', async () => {
  simulator.addFault({ kind: 'loss', camera: '*', percent: 50 })
  receiver = await playing(openByRest)
  await receiver.arrived(100)
  const sent = stateOfSession()?.media['packetsSent'] ?? 0
  expect(receiver.packets.length / sent).toBeGreaterThan(0.3)
  expect(receiver.packets.length / sent).toBeLessThan(0.7)
  receiver.close()
  await until(() => simulator.state().sessions.length === 0)
})

it('ICE never completes where it is told not to', async () => {
  simulator.addFault({ kind: 'ice-never', camera: 'Lobby' })
  receiver = await openByRest()
  const witness = await openByRest(simulator.site.cameras[0])
  await until(() => simulator.state().sessions.length === 1 || witness.packets.length > 60)
  expect([stateOfSession()?.answered, stateOfSession()?.connection, receiver.packets.length]).toEqual([
    true,
    'connecting',
    0,
  ])
  witness.close()
})
