import { describe, expect, it } from 'vitest'
import type { RecordingWays } from '../../../src-main/xprotect/recording/ways.ts'
import { outputsOf } from '../../simulator/config/outputs.ts'
import { recordingEventNames } from '../../simulator/events/definitions.ts'
import type { Simulator } from '../../simulator/start.ts'
import { until } from './support/real-site.ts'
import { failureIn } from './support/site.ts'
import { never, signedIn, started, type Started } from './support/started.ts'

const RECORDER = '/RecorderCommandService/RecorderCommandService.asmx'
const recorder = { method: 'recorder', confirms: { acts: true, state: true, end: true } } as const
const event = { method: 'event', confirms: { acts: false, state: false, end: false } } as const
const output = { method: 'output', confirms: { acts: false, state: false, end: false } } as const

const hand = ({ site }: Started) => site.server.actions().recordings
const running = ({ simulator }: Started) =>
  simulator
    .state()
    .recordings.filter(({ endedAt }) => endedAt === null)
    .map(({ camera }) => camera.number)
const done = ({ simulator }: Started) => simulator.state().commands.map(({ command }) => command)
const nameOf = (simulator: Simulator, number: number): string =>
  simulator.site.cameras.find((camera) => camera.number === number)!.name

describe('asking the recorder', () => {
  it('starts, confirms, and stops', async () => {
    const made = await signedIn()
    const camera = made.camera(1)
    const steps = [
      await hand(made).state(camera, never),
      await hand(made).start({ cameraId: camera, seconds: 300 }, never),
      await hand(made).state(camera, never),
      await hand(made).stop(camera, never),
      await hand(made).state(camera, never),
    ]
    expect(steps).toEqual([
      { is: 'idle', ...recorder },
      { is: 'done', value: recorder },
      { is: 'recording', ...recorder },
      { is: 'done', value: recorder },
      { is: 'idle', ...recorder },
    ])
  })

  it('has the recorder itself end it after the seconds asked for', async () => {
    const made = await signedIn()
    await hand(made).start({ cameraId: made.camera(1), seconds: 300 }, never)
    const [recording] = made.simulator.state().recordings
    expect(Date.parse(recording!.until!) - Date.parse(recording!.startedAt)).toBe(300_000)
  })

  it('asks the recorder a camera hangs on, where there are two', async () => {
    const made = await signedIn({ recorders: 2 })
    const { site } = made.simulator
    const cameras = site.cameras.filter(({ purpose }) => purpose === 'plain')
    const outcomes = await Promise.all(
      cameras.map(({ id }) => hand(made).start({ cameraId: id as never, seconds: 60 }, never)),
    )
    expect([outcomes.every(({ is }) => is === 'done'), running(made).length]).toEqual([true, cameras.length])
  })

  it('gets one token for many cameras, without the password', async () => {
    const made = await signedIn()
    const logins = made.simulator.state().loginsTried
    await Promise.all(
      [1, 2, 3, 4].map((number) => hand(made).start({ cameraId: made.camera(number), seconds: 60 }, never)),
    )
    const { requests, loginsTried } = made.simulator.state()
    const soap = Object.entries(requests).filter(([path]) => /ServerCommandService/i.test(path))
    expect([soap.map(([, count]) => count), loginsTried]).toEqual([[1], logins])
  })

  it('gets another token where the recorder refuses the one it has, and records once', async () => {
    const made = await signedIn()
    await hand(made).state(made.camera(1), never)
    await made.simulator.act({ do: 'expire-tokens', soapToo: true })
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome.is, done(made), made.simulator.state().duplicates.commands]).toEqual([
      'done',
      ['StartManualRecording'],
      [],
    ])
  })

  it('goes in with the password where the server knows no other way, and only where it is kept', async () => {
    const noOAuth = { kind: 'path', path: '*/ServerCommandServiceOAuth.svc', answer: { status: 404 } } as const
    const kept = await signedIn({}, () => ({ signIn: { kind: 'basic', client: 'GrantValidatorClient' } }))
    kept.simulator.addFault(noOAuth)
    const withIt = await hand(kept).start({ cameraId: kept.camera(1), seconds: 60 }, never)
    const forgotten = await signedIn()
    forgotten.simulator.addFault(noOAuth)
    const without = await hand(forgotten).start({ cameraId: forgotten.camera(1), seconds: 60 }, never)
    expect([withIt.is, without.is, done(forgotten)]).toEqual(['done', expect.stringMatching(/rejected|not-sent/), []])
  })

  it('passes on what the recorder says no with', async () => {
    const made = await signedIn()
    await hand(made).state(made.camera(1), never)
    await made.simulator.act({ do: 'deny', user: made.simulator.user, right: 'START_MANUAL_RECORDING' })
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect(outcome).toEqual({
      is: 'rejected',
      why: 'refused',
      because: { kind: 'refused', call: 'StartManualRecording', status: 400, text: 'Access denied' },
    })
  })

  it('does not know whether it records where the reply was lost, and the recorder does', async () => {
    const made = await signedIn()
    const camera = made.camera(1)
    await hand(made).state(camera, never)
    made.simulator.addFault({ kind: 'path', path: RECORDER, command: 'StartManualRecording', lost: 'after', times: 1 })
    const outcome = await hand(made).start({ cameraId: camera, seconds: 60 }, never)
    expect([outcome.is, (await hand(made).state(camera, never)).is]).toEqual(['unknown', 'recording'])
  })

  it('knows that nothing left where the recorder is away', async () => {
    const made = await signedIn()
    await hand(made).state(made.camera(1), never)
    await made.simulator.act({ do: 'stop', which: 'recorder' })
    // The connection that stood is found dead by a question; a command on it would have left.
    const asked = await failureIn(hand(made).state(made.camera(1), never))
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([asked?.kind, outcome.is, done(made)]).toEqual(['unreachable', 'not-sent', []])
  })

  it('says nothing to a recorder nobody has agreed on', async () => {
    const made = await signedIn({}, () => ({ recorders: undefined as never }))
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome, made.simulator.state().recorder.applicationBytes]).toEqual([
      { is: 'not-sent', because: { kind: 'not-pinned' } },
      0,
    ])
  })

  it('leaves no token in the log', async () => {
    const secrets: string[] = []
    const made = await signedIn({}, () => ({ keepSecret: (secret) => void secrets.push(secret) }))
    await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    const soap = secrets.filter((secret) => secret.startsWith('TOKEN#'))
    expect([soap.length, made.site.log.lines.filter((line) => secrets.some((one) => line.includes(one)))]).toEqual([
      1,
      [],
    ])
  })
})

const eventsOf = (simulator: Simulator, number: number, form: 'type' | 'customer' = 'type'): RecordingWays => ({
  method: 'event',
  events: [{ ...recordingEventNames(nameOf(simulator, number)), form }],
  outputs: [],
  limits,
})

const limits = { defaultSeconds: 900, minSeconds: 60, maxSeconds: 7200 }

describe('firing user-defined events', () => {
  it('starts and stops by the rules of an administrator, and confirms neither', async () => {
    const made = await signedIn({ ruleCameras: [1] }, (simulator) => ({ recording: eventsOf(simulator, 1) }))
    const start = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    await until(() => running(made).length === 1, 'the rule records')
    const state = await hand(made).state(made.camera(1), never)
    const stop = await hand(made).stop(made.camera(1), never)
    await until(() => running(made).length === 0, 'the rule stops')
    expect([start, state, stop]).toEqual([
      { is: 'done', value: event },
      { is: 'unknown', ...event },
      { is: 'done', value: event },
    ])
  })

  it('speaks the customer’s form where the profile says so', async () => {
    const made = await signedIn({ ruleCameras: [1], integration: true }, (simulator) => ({
      recording: eventsOf(simulator, 1, 'customer'),
    }))
    const start = await hand(made).start({ cameraId: made.camera(2), seconds: 120 }, never)
    const [recording] = made.simulator.state().recordings
    const lengthMs = Date.parse(recording!.until!) - Date.parse(recording!.startedAt)
    await hand(made).stop(made.camera(2), never)
    expect([start.is, recording!.camera.number, recording!.method, lengthMs, running(made)]).toEqual([
      'done',
      2,
      'integration',
      120_000,
      [],
    ])
  })

  it('fires nothing where the server has no such event', async () => {
    const made = await signedIn({}, (simulator) => ({ recording: eventsOf(simulator, 1) }))
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome, made.simulator.state().eventsFired]).toEqual([
      {
        is: 'rejected',
        why: 'refused',
        because: { kind: 'not-found', what: recordingEventNames(nameOf(made.simulator, 1)).start },
      },
      0,
    ])
  })

  it.each(['before', 'after'] as const)(
    'a reply lost %s the event leaves it open, and nothing is fired again',
    async (lost) => {
      const made = await signedIn({ ruleCameras: [1] }, (simulator) => ({ recording: eventsOf(simulator, 1) }))
      made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/events', method: 'POST', lost, times: 1 })
      const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
      expect([outcome.is, made.simulator.state().eventsFired]).toEqual(['unknown', lost === 'after' ? 1 : 0])
    },
  )

  it('an event server that asks for patience is asked another time', async () => {
    const made = await signedIn({ ruleCameras: [1] }, (simulator) => ({ recording: eventsOf(simulator, 1) }))
    made.simulator.addFault({ kind: 'path', path: '/api/rest/v1/events', answer: { status: 503, body: 'empty' } })
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect(outcome).toEqual({ is: 'rejected', why: 'later', because: { kind: 'busy', status: 503 } })
  })
})

describe('switching outputs', () => {
  const byOutput = ({ site }: Simulator): { recording: RecordingWays } => ({
    recording: { method: 'output', events: [], outputs: [{ start: outputsOf(site, 'watchpost', 1)[0]!.id }], limits },
  })

  it('activates one to start and deactivates it to stop', async () => {
    const made = await signedIn({ outputs: 1, outputRules: true }, byOutput)
    const start = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    await until(() => running(made).length > 0, 'the rule records')
    const stop = await hand(made).stop(made.camera(1), never)
    await until(() => running(made).length === 0, 'the rule stops')
    expect([start, stop, done(made)]).toEqual([
      { is: 'done', value: output },
      { is: 'done', value: output },
      ['Activate', 'Deactivate'],
    ])
  })

  it('switches nothing where the output is not there', async () => {
    const nowhere = '00000000-0000-4000-8000-000000000001'
    const ways: RecordingWays = { method: 'output', events: [], outputs: [{ start: nowhere }], limits }
    const made = await signedIn({ outputs: 1 }, () => ({ recording: ways }))
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome.is, done(made)]).toEqual(['rejected', []])
  })
})

describe('left to choose', () => {
  it('a camera goes by events where its recorder cannot be asked', async () => {
    const made = await signedIn({ ruleCameras: [1] }, (simulator) => ({
      recording: { ...eventsOf(simulator, 1), method: 'auto' },
      recorders: undefined as never,
    }))
    expect(await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)).toEqual({
      is: 'done',
      value: event,
    })
  })

  it('and by its recorder where both ways are open', async () => {
    const made = await signedIn({ ruleCameras: [1] }, (simulator) => ({
      recording: { ...eventsOf(simulator, 1), method: 'auto' },
    }))
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome, made.simulator.state().eventsFired]).toEqual([{ is: 'done', value: recorder }, 0])
  })

  it('nobody who is not signed in asks anything of anybody', async () => {
    const made = await started()
    const outcome = await hand(made).start({ cameraId: made.camera(1), seconds: 60 }, never)
    expect([outcome, made.simulator.state().requests]).toEqual([
      { is: 'not-sent', because: { kind: 'signed-out' } },
      {},
    ])
  })
})

describe('what an administrator decided', () => {
  it('is read for each camera', async () => {
    const made = await signedIn()
    await made.simulator.act({
      do: 'set-recording-options',
      camera: 2,
      options: { prebufferEnabled: false, manualRecordingTimeoutEnabled: false },
    })
    const plans = await Promise.all([1, 2].map((number) => hand(made).plan(made.camera(number), 1800, never)))
    expect(plans).toEqual([
      {
        facts: { recordingEnabled: true, preBufferSeconds: 3, stopsAfterSeconds: 900 },
        length: { seconds: 900, because: 'camera' },
      },
      {
        facts: { recordingEnabled: true, preBufferSeconds: 0, stopsAfterSeconds: null },
        length: { seconds: 1800, because: 'asked' },
      },
    ])
  })
})
