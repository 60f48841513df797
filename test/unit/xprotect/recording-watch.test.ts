import { describe, expect, it } from 'vitest'
import type { CameraRecording } from '../../../src-main/xprotect/events/recording-watch.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { recordingEventNames } from '../../simulator/events/definitions.ts'
import { type FakeSocket, guid } from './support/fake-gateway.ts'
import { settled } from './support/fake-clock.ts'
import { until } from './support/real-site.ts'
import { bench, type Bench } from './support/site.ts'
import { never, signedIn, started, type Started } from './support/started.ts'

const STARTED = '4577f552-765a-438c-bc7d-e5ff1f754bc3'
const STOPPED = '79a94f89-92de-4fca-8a43-5561d407423d'

const now = ({ site }: Started) => site.server.actions().recordingNow
const is = (made: Started, number: number): CameraRecording['is'] => now(made).of(made.camera(number)).is

/** Everything the watch tells, in order. */
function heard(made: Pick<Started, 'site'> | Bench): { told: string[]; end: () => void } {
  const told: string[] = []
  const server = 'site' in made ? made.site.server : made.server
  const end = server.actions().recordingNow.listen({
    onChanged: (ids) => void told.push(...ids),
    onUnknown: ({ kind }) => void told.push(`unknown: ${kind}`),
    onKnown: () => void told.push('known'),
  })
  return { told, end }
}

async function watching(...options: Parameters<typeof signedIn>) {
  const made = await signedIn(...options)
  const { told, end } = heard(made)
  await until(() => told.includes('known'), 'the states are known')
  return { ...made, told, end }
}

describe('which cameras record', () => {
  it('is not known before somebody listens', async () => {
    const made = await signedIn()
    await made.simulator.act({ do: 'start-recording', camera: 1 })
    expect([is(made, 1), made.simulator.state().webSockets.events]).toEqual(['unknown', 0])
  })

  it('is known of those that recorded before, and of those that begin and end', async () => {
    const made = await signedIn()
    await made.simulator.act({ do: 'start-recording', camera: 1 })
    const { told } = heard(made)
    await until(() => told.includes('known'), 'the states are known')
    const before = [is(made, 1), is(made, 2)]
    await made.simulator.act({ do: 'start-recording', camera: 2 })
    await made.simulator.act({ do: 'stop-recording', camera: 1 })
    await until(() => is(made, 1) === 'idle', 'the end is heard')
    expect([before, is(made, 1), is(made, 2), told]).toEqual([
      ['recording', 'idle'],
      'idle',
      'recording',
      ['known', made.camera(2), made.camera(1)],
    ])
  })

  it(
    'is known of six thousand cameras that record, whose states come in one message',
    { timeout: 60_000 },
    async () => {
      const made = await signedIn({ cameras: 6_000, special: false })
      for (const { number } of made.simulator.site.cameras)
        await made.simulator.act({ do: 'start-recording', camera: number })
      const { told } = heard(made)
      await until(() => told.length > 0, 'something is told')
      expect([told, is(made, 1), is(made, 6_000)]).toEqual([['known'], 'recording', 'recording'])
    },
  )

  it('tells a recording of this program from one nobody knows the maker of', async () => {
    const made = await watching()
    await made.simulator.act({ do: 'start-recording', camera: 2 })
    await made.site.server.actions().recordings.start({ cameraId: made.camera(1), seconds: 60 }, never)
    await until(() => is(made, 1) === 'recording' && is(made, 2) === 'recording', 'both are heard')
    const since = expect.stringMatching(/^20\d\d-.*Z$/) as string
    expect([1, 2].map((number) => now(made).of(made.camera(number)))).toEqual([
      { is: 'recording', since, by: 'this-program' },
      { is: 'recording', since, by: 'not-known' },
    ])
  })

  it('is heard of the rules an administrator made, though the event confirmed nothing', async () => {
    const made = await watching({ ruleCameras: [1] }, ({ site }) => ({
      recording: {
        method: 'event',
        events: [{ ...recordingEventNames(site.cameras.find(({ number }) => number === 1)!.name), form: 'type' }],
        outputs: [],
        limits: { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200 },
      },
    }))
    const outcome = await made.site.server.actions().recordings.start({ cameraId: made.camera(1), seconds: 60 }, never)
    await until(() => is(made, 1) === 'recording', 'the rule is heard')
    expect(outcome).toMatchObject({ is: 'done', value: { confirms: { acts: false } } })
  })

  it('is heard when the camera’s own end comes', async () => {
    const made = await watching()
    await made.simulator.act({ do: 'start-recording', camera: 1, seconds: 0.3 })
    await until(() => is(made, 1) === 'recording', 'the start is heard')
    await until(() => is(made, 1) === 'idle', 'the end is heard')
  })
})

describe('a socket that is cut', () => {
  it('leaves nothing known, and is resumed with what was missed', async () => {
    const made = await watching()
    await made.simulator.act({ do: 'start-recording', camera: 1 })
    await until(() => is(made, 1) === 'recording', 'the start is heard')
    await made.simulator.act({ do: 'cut-websockets', which: 'events' })
    await until(() => made.told.includes('unknown: unreachable'), 'the cut is heard')
    const meanwhile = is(made, 1)
    await made.simulator.act({ do: 'stop-recording', camera: 1 })
    await made.simulator.act({ do: 'start-recording', camera: 2 })
    await until(() => is(made, 2) === 'recording', 'what was missed is heard')
    expect([meanwhile, is(made, 1), made.simulator.state().eventsSessions]).toEqual(['unknown', 'idle', 1])
  })

  it('for longer than the server waits begins anew with what is so', async () => {
    const made = await watching({ eventsInactiveTimeoutSeconds: 0.05 })
    await made.simulator.act({ do: 'start-recording', camera: 1 })
    await until(() => is(made, 1) === 'recording', 'the start is heard')
    made.simulator.addFault({ kind: 'path', path: '/api/ws/events/*', method: 'WS', answer: { status: 503 } })
    await made.simulator.act({ do: 'cut-websockets', which: 'events' })
    await until(() => made.simulator.state().eventsSessions === 0, 'the session is forgotten')
    await made.simulator.act({ do: 'stop-recording', camera: 1 })
    await made.simulator.act({ do: 'start-recording', camera: 2 })
    made.simulator.removeFaults()
    made.site.server.renew()
    await until(() => is(made, 2) === 'recording', 'the states are read')
    expect(is(made, 1)).toBe('idle')
  })

  it('ends with its last listener', async () => {
    const made = await watching()
    made.end()
    await until(() => made.simulator.state().webSockets.events === 0, 'the socket is closed')
    expect(is(made, 1)).toBe('unknown')
  })

  it('ends with the sign-in, and begins with the next', async () => {
    const made = await watching()
    await made.site.server.signOut()
    const after = is(made, 1)
    await until(() => made.simulator.state().webSockets.events === 0, 'the socket is closed')
    await made.site.server.signIn(made.simulator.user, made.simulator.password)
    await until(() => is(made, 1) === 'idle', 'the states are known again')
    expect([after, made.told]).toEqual(['unknown', ['known', 'unknown: signed-out', 'known']])
  })

  it('outlives the token it was opened with', async () => {
    const made = await watching({ tokenTtlSeconds: 1 })
    await until(() => made.simulator.state().tokensIssued >= 3, 'three tokens')
    await made.simulator.act({ do: 'start-recording', camera: 1 })
    await until(() => is(made, 1) === 'recording', 'the start is heard')
    expect(made.told).toEqual(['known', made.camera(1)])
  })

  it('is opened with a new token where the old one was revoked', async () => {
    const made = await watching()
    await made.simulator.act({ do: 'expire-tokens' })
    await made.simulator.act({ do: 'cut-websockets', which: 'events' })
    await until(() => made.told.filter((word) => word === 'known').length === 2, 'known again')
  })

  it('is not opened by who is not signed in', async () => {
    const made = await started()
    heard(made)
    await settled()
    expect(made.simulator.state().webSockets.everOpened).toBe(0)
  })
})

/** A server that answers commands as told, and says what a test makes it say. */
async function scripted(
  answers: Record<string, (command: Record<string, unknown>, socket: FakeSocket) => object | undefined>,
) {
  const made = bench()
  const opened: FakeSocket[] = []
  made.gateway.onSocket = (socket) => {
    socket.onHeard = (message) => {
      const answer = answers[String(message['command'])]?.(message, socket)
      if (answer) socket.say({ commandId: message['commandId'], status: 200, ...answer })
      if (message['command'] !== undefined && !opened.includes(socket)) opened.push(socket)
    }
  }
  const { told } = heard(made)
  await made.server.signIn('anna', 'secret')
  await settled()
  return { ...made, told, opened, of: (n: number) => made.server.actions().recordingNow.of(guid(n) as CameraId) }
}

const honest = {
  startSession: ({ sessionId }: Record<string, unknown>) =>
    sessionId === '' ? { status: 201, sessionId: 'one' } : { sessionId },
  addSubscription: () => ({ subscriptionId: 's' }),
  getState: () => ({ states: [] as object[] }),
}
const event = (type: string, source: string, id = 'e1') => ({ id, type, source, time: '2026-01-05T12:00:00.0000000Z' })

describe('servers as nobody has seen them', () => {
  it('one that keeps the states to itself leaves nothing known, and is asked again from the beginning', async () => {
    const made = await scripted({ ...honest, getState: () => undefined })
    await made.clock.pass(15_000)
    const sessions = made.opened.map(({ heard: [first] }) => first?.['sessionId'])
    expect([made.of(1).is, made.told[0], sessions.length > 1, new Set(sessions)]).toEqual([
      'unknown',
      'unknown: unreachable',
      true,
      new Set(['']),
    ])
  })

  it('one that resumes is told the last event that was seen', async () => {
    const made = await scripted(honest)
    made.opened[0]!.say({ events: [event(STARTED, `cameras/${guid(1)}`, 'cursor')] })
    made.opened[0]!.close()
    await made.clock.pass(3000)
    expect([made.opened[1]?.heard, made.of(1).is]).toEqual([
      [expect.objectContaining({ command: 'startSession', sessionId: 'one', eventId: 'cursor' })],
      'recording',
    ])
  })

  it('one that gives another session than the one asked for is asked for all states', async () => {
    const made = await scripted({ ...honest, startSession: () => ({ sessionId: `${Math.random()}` }) })
    made.opened[0]!.say({ events: [event(STARTED, `cameras/${guid(1)}`)] })
    made.opened[0]!.close()
    await made.clock.pass(3000)
    expect([made.opened[1]?.heard.map(({ command }) => command), made.of(1).is]).toEqual([
      ['startSession', 'addSubscription', 'getState'],
      'idle',
    ])
  })

  it.each([
    ['no JSON', '<html>'],
    ['events that are none', { events: [null, 7, { id: 'x' }, event(STARTED, 'cameras/nobody')] }],
    ['an event of another device', { events: [event(STARTED, `outputs/${guid(1)}`)] }],
    ['an event of another kind', { events: [event(guid(77), `cameras/${guid(1)}`)] }],
    ['a reply nobody waits for', { commandId: 99, status: 200 }],
  ])('%s changes nothing', async (_, message) => {
    const made = await scripted(honest)
    made.opened[0]!.say(message)
    await settled()
    expect([made.told, made.of(1).is]).toEqual([['known'], 'idle'])
  })

  it('ids are the same ids in capitals', async () => {
    const made = await scripted(honest)
    const id = 'abcdef00-0000-4000-8000-000000000001'
    made.opened[0]!.say({ events: [event(STARTED.toUpperCase(), `Cameras/${id.toUpperCase()}`)] })
    expect(made.told).toEqual(['known', id])
  })

  it('events that come between the states and their question are not lost', async () => {
    const made = await scripted({
      ...honest,
      getState: (_, socket) => {
        socket.say({ events: [event(STARTED, `cameras/${guid(2)}`)] })
        return { states: [event(STOPPED, `cameras/${guid(1)}`), event(STARTED, `cameras/${guid(2)}`)] }
      },
    })
    expect([made.of(1).is, made.of(2).is]).toEqual(['idle', 'recording'])
  })

  it('what is told while ten thousand states are being read comes after them', async () => {
    const made = await scripted({
      ...honest,
      getState: ({ commandId }, socket) => {
        const states = Array.from({ length: 10_000 }, (_, index) => event(STOPPED, `cameras/${guid(index + 1)}`))
        socket.say({ commandId, status: 200, states })
        socket.say({ events: [event(STARTED, `cameras/${guid(1)}`, 'e2')] })
        return undefined
      },
    })
    await until(() => made.told.length > 1, 'the event is told')
    expect([made.told, made.of(1).is, made.of(10_000).is]).toEqual([['known', guid(1)], 'recording', 'idle'])
  })

  it('a server that has no such service is asked seldom', async () => {
    const made = bench()
    heard(made)
    await made.server.signIn('anna', 'secret')
    await made.clock.pass(10 * 60_000)
    const asked = made.log.lines.filter((line) => line.startsWith('events socket is away')).length
    expect([asked > 3, asked < 30]).toEqual([true, true])
  })

  it('a line that shows no sign of life is demanded one, again and again', async () => {
    const made = await scripted(honest)
    await made.clock.pass(60_000)
    expect(made.opened[0]!.lifeDemanded).toBeGreaterThanOrEqual(4)
  })
})
