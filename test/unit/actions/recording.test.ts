import { expect, describe, it } from 'vitest'
import { outputsOf } from '../../simulator/config/outputs.ts'
import { recordingEventNames } from '../../simulator/events/definitions.ts'
import type { Simulator } from '../../simulator/start.ts'
import { openRoom, soon } from './room.ts'

const RECORDER = '/RecorderCommandService/RecorderCommandService.asmx'
const commandsOf = (simulator: Simulator): string[] => simulator.state().commands.map(({ command }) => command)
const short = () => ({ recording: { minSeconds: 1, defaultSeconds: 2, maxSeconds: 60 } })

describe('a recording by hand', () => {
  it('is shown once the server says so, counts down, and is stopped at its end', async () => {
    const { simulator, camera, start } = await openRoom({}, short)
    const main = await start()
    await main.signIn()
    const job = await main.ask('startRecording', { camera: camera(1), seconds: 2 })
    const now = await main.whenRecording(camera(1), 'recording')
    expect(now).toMatchObject({ startedBy: 'us', preBufferSeconds: 3, trouble: null })
    const leftMs = Date.parse(now!.endsAt!) - Date.now()
    expect(leftMs > 0 && leftMs <= 2_000).toBe(true)
    await main.whenRecording(camera(1), null)
    expect(main.phasesOf(job).map(({ phase }) => phase)).toEqual(['accepted', 'sending', 'done'])
    expect(commandsOf(simulator)).toEqual(['StartManualRecording', 'StopManualRecording'])
    const states = main.told(camera(1))
    expect(states.filter((state) => state === 'recording')).toEqual(['recording'])
    expect(states.at(-1)).toBe(null)
  })

  it('is lengthened without another command, and stopped by a person', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await main.ask('startRecording', { camera: camera(1), seconds: 60 })
    const before = await main.whenRecording(camera(1), 'recording')
    await main.whenJob(await main.ask('extendRecording', { camera: camera(1), seconds: 300 }), 'done')
    const after = await main.recording(camera(1))
    const byMs = Date.parse(after!.endsAt!) - Date.parse(before!.endsAt!)
    expect(Math.round(byMs / 1000)).toBe(300)
    await main.whenJob(await main.ask('stopRecording', { camera: camera(1) }), 'done')
    await main.whenRecording(camera(1), null)
    expect(commandsOf(simulator)).toEqual(['StartManualRecording', 'StopManualRecording'])
  })

  it('never becomes longer than the camera allows', async () => {
    const { simulator, camera, start } = await openRoom({ manualTimeoutMinutes: 2 })
    const main = await start()
    await main.signIn()
    expect(await main.ask('readRecordingLimits', { camera: camera(1) })).toEqual({
      defaultSeconds: 120,
      minSeconds: 60,
      maxSeconds: 120,
      stopsAfterSeconds: 120,
      preBufferSeconds: 3,
    })
    await main.ask('startRecording', { camera: camera(1) })
    const now = await main.whenRecording(camera(1), 'recording')
    const { until, startedAt } = simulator.state().recordings[0]!
    expect([Date.parse(until!) - Date.parse(startedAt), Date.parse(now!.endsAt!) <= Date.parse(until!) + 1]).toEqual([
      120_000,
      true,
    ])
  })

  it('is one command where the button is pressed twenty times', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    const presses = Array.from({ length: 20 }, () => main.ask('startRecording', { camera: camera(1) }))
    const ids = new Set((await Promise.all(presses)).map(({ id }) => id))
    await main.whenRecording(camera(1), 'recording')
    expect([ids.size, commandsOf(simulator)]).toEqual([1, ['StartManualRecording']])
  })

  it('can be started again at once after it was stopped', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    for (const call of ['startRecording', 'stopRecording', 'startRecording'] as const)
      await main.whenJob(await main.ask(call, { camera: camera(1) }), 'done')
    expect(commandsOf(simulator)).toEqual(['StartManualRecording', 'StopManualRecording', 'StartManualRecording'])
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'us' })
  })

  it('is done once where the reply was lost after it began', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    simulator.addFault({ kind: 'path', path: RECORDER, command: 'StartManualRecording', lost: 'after', times: 1 })
    const job = await main.ask('startRecording', { camera: camera(1) })
    await main.whenJob(job, 'done')
    expect(main.phasesOf(job).map(({ phase }) => phase)).toEqual(['accepted', 'sending', 'unknown', 'done'])
    expect([commandsOf(simulator), simulator.state().duplicates.commands]).toEqual([['StartManualRecording'], []])
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'us' })
  })

  it('is what the server refuses, with its words', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await simulator.act({ do: 'deny', user: simulator.user, right: 'START_MANUAL_RECORDING' })
    const job = await main.whenJob(await main.ask('startRecording', { camera: camera(1) }), 'refused')
    expect(job.state).toMatchObject({ because: { kind: 'refused', text: 'Access denied' } })
    expect(await main.recording(camera(1))).toBeUndefined()
  })
})

describe('a site that cannot be reached', () => {
  it('is told at once, and what was asked for is never sent late', async () => {
    const { simulator, camera, leap, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await simulator.act({ do: 'stop' })
    const first = await main.ask('startRecording', { camera: camera(1) })
    await soon(async () => expect((await main.job(first.id))?.state).toHaveProperty('because.kind', 'unreachable'))
    // Now it is known to be away: nothing is tried any more before the operator hears of it.
    await soon(async () => expect((await main.ask('listSites'))[0]!.state).toMatchObject({ link: { is: 'down' } }))
    const job = await main.ask('startRecording', { camera: camera(2) })
    expect(job.state).toMatchObject({ phase: 'accepted', because: { kind: 'unreachable' } })
    expect(await main.recording(camera(1))).toBeUndefined()
    await leap(31_000)
    for (const { id } of [first, job]) await main.whenJob({ id }, 'expired')
    await simulator.act({ do: 'start' })
    await leap(60_000)
    await soon(async () => expect((await main.ask('listSites'))[0]!.state).toMatchObject({ link: { is: 'up' } }))
    expect(commandsOf(simulator)).toEqual([])
  })

  it('is told of where nobody is signed in', async () => {
    const { camera, start } = await openRoom()
    const main = await start()
    const job = await main.ask('startRecording', { camera: camera(1) })
    expect(job.state).toEqual({ phase: 'accepted', because: { kind: 'signed-out' } })
  })
})

describe('a restart', () => {
  it('knows what was started before, and stops it at its end', async () => {
    const { simulator, camera, leap, start } = await openRoom()
    const before = await start()
    await before.signIn()
    await before.whenJob(await before.ask('startRecording', { camera: camera(1), seconds: 60 }), 'done')
    await before.close()
    const main = await start()
    await main.signIn()
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'us', trouble: null })
    await leap(60_000)
    await main.whenRecording(camera(1), null)
    expect(commandsOf(simulator)).toEqual(['StartManualRecording', 'StopManualRecording'])
  })

  it('says that a recording has not ended, and stops it once somebody is signed in', async () => {
    const { simulator, camera, leap, start } = await openRoom()
    const before = await start()
    await before.signIn()
    await before.whenJob(await before.ask('startRecording', { camera: camera(1), seconds: 60 }), 'done')
    await before.close()
    await leap(300_000)
    const main = await start()
    await soon(async () =>
      expect(await main.recording(camera(1))).toMatchObject({ state: 'unknown', trouble: 'not-ended' }),
    )
    await main.signIn()
    await main.whenRecording(camera(1), null)
    expect(commandsOf(simulator)).toEqual(['StartManualRecording', 'StopManualRecording'])
  })
})

describe('somebody else', () => {
  it('is seen to record, and what is theirs is not stopped at our end', async () => {
    const { simulator, camera, leap, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await simulator.act({ do: 'start-recording', camera: 1 })
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'other', endsAt: null })
    await main.whenJob(await main.ask('startRecording', { camera: camera(1), seconds: 60 }), 'done')
    await leap(61_000)
    await simulator.act({ do: 'start-recording', camera: 2 })
    await main.whenRecording(camera(2), 'recording')
    expect(await main.recording(camera(1))).toMatchObject({ state: 'recording', startedBy: 'other', trouble: null })
    expect(commandsOf(simulator)).not.toContain('StopManualRecording')
  })
})

describe('each way of recording', () => {
  const nameOf = (simulator: Simulator, wanted = 1): string =>
    simulator.site.cameras.find(({ number }) => number === wanted)!.name
  it('starts, is confirmed by the server, and stops: by events', async () => {
    const { simulator, camera, start } = await openRoom({ ruleCameras: [1] }, (made) => ({
      recording: { method: 'event' },
      recordingWays: { events: [recordingEventNames(nameOf(made))] },
    }))
    const main = await start()
    await main.signIn()
    await main.ask('startRecording', { camera: camera(1) })
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'us' })
    await main.ask('stopRecording', { camera: camera(1) })
    await main.whenRecording(camera(1), null)
    expect(simulator.state().duplicates.commands).toEqual([])
  })

  it('starts, is confirmed by the server, and stops: by outputs', async () => {
    const { simulator, camera, start } = await openRoom({ outputs: 1, outputRules: true }, (made) => ({
      recording: { method: 'output' },
      recordingWays: { outputs: [{ start: outputsOf(made.site, 'watchpost', 1)[0]!.id }] },
    }))
    const main = await start()
    await main.signIn()
    await main.ask('startRecording', { camera: camera(1) })
    expect(await main.whenRecording(camera(1), 'recording')).toMatchObject({ startedBy: 'us' })
    await main.ask('stopRecording', { camera: camera(1) })
    await main.whenRecording(camera(1), null)
    expect([commandsOf(simulator), simulator.state().duplicates.commands]).toEqual([['Activate', 'Deactivate'], []])
  })

  it('says that the camera does not record where the server took an event that no rule follows', async () => {
    const { simulator, camera, leap, start } = await openRoom({ ruleCameras: [2] }, (made) => ({
      recording: { method: 'event' },
      recordingWays: { events: [recordingEventNames(nameOf(made, 2))] },
    }))
    const main = await start()
    await main.signIn()
    await main.whenJob(await main.ask('startRecording', { camera: camera(1) }), 'done')
    expect(await main.recording(camera(1))).toMatchObject({ state: 'requested', startedBy: 'us' })
    await leap(11_000)
    await main.whenRecording(camera(1), 'not-recording')
    expect(await main.recording(camera(1))).toMatchObject({ startedBy: null, endsAt: null, trouble: 'not-confirmed' })
    await soon(() => expect(main.told(camera(1))).toEqual([null, 'requested', 'not-recording']))
    expect(simulator.state().recordings.map((one) => one.camera.number)).toEqual([2])
  })
})

describe('the paths of a recording', () => {
  it('are none of those that do not exist', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await main.whenJob(await main.ask('startRecording', { camera: camera(1) }), 'done')
    await main.whenJob(await main.ask('stopRecording', { camera: camera(1) }), 'done')
    const asked = Object.keys(simulator.state().requests)
    expect(asked.filter((line) => /\/recordings\b|\/recordings?\/(start|stop)/.test(line))).toEqual([])
    expect(asked.some((line) => line.includes('startmanualrecording') || line.includes('StartManualRecording'))).toBe(
      true,
    )
  })
})
