import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Media } from '../../simulator/media/index.ts'
import { frameFrom, recordedFrame, recordedFrameAt } from '../../simulator/media/recorded-frame.ts'
import { readStrip } from '../../simulator/media/strip.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import type { Answer } from './client.ts'
import { openMedia } from './media/cameras.ts'
import { command, soapToken, textsOf } from './soap.ts'

let media: Media
let simulator: Simulator
let token: string
beforeAll(async () => {
  media = await openMedia()
  simulator = await startSimulator({ media, keyType: 'ec' })
  token = await soapToken(simulator)
})
afterAll(async () => {
  await simulator.stop()
  await media.close()
})

const HOUR = 3_600_000
const RECORDING = 'f9c62604-d0c5-4050-ae25-72de51639b14'
const WITH_TRIGGER = '0601d294-b7e5-4d93-9614-9658561ad5e4'
const MOTION = '53cb5e33-2183-44bd-9491-8364d2457480'
const RECORDED_DATA = '78289503-CBF4-43be-9DC3-9F34A8B60E6D'

const camera = (number: number) => simulator.site.cameras[number - 1]!
const iso = (ms: number): string => new Date(ms).toISOString()
const xml = (named: Record<string, string | number>): string =>
  Object.entries(named)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')
const ask = (method: string, number: number, named: Record<string, string | number>, by = token) =>
  command(simulator, method, by, xml({ deviceId: camera(number).id, ...named }))
const sequences = (number: number, sequenceType: string, minMs: number, maxMs: number, maxCount = 10_000) =>
  ask('SequencesGet', number, { sequenceType, minTime: iso(minMs), maxTime: iso(maxMs), maxCount })
const timesOf = (answer: Answer, name: string): number[] => textsOf(answer, name).map((text) => Date.parse(text))
const setRecorded = (number: number, ...spans: [beginMs: number, endMs: number][]) =>
  simulator.act({
    do: 'set-recorded',
    camera: number,
    spans: spans.map(([beginMs, endMs]) => ({ begin: iso(beginMs), end: iso(endMs) })),
  })
const wordsOf = (answer: Answer): unknown[] => [answer.status, ...textsOf(answer, 'faultstring')]

it('names the three kinds of sequences, by their real ids', async () => {
  const answer = await ask('SequencesGetTypes', 1, {})
  expect([textsOf(answer, 'Id'), textsOf(answer, 'Name')]).toEqual([
    [WITH_TRIGGER, RECORDING, MOTION],
    ['RecordingWithTriggerSequence', 'RecordingSequence', 'MotionSequence'],
  ])
})

it('gives every sequence that reaches into the range, whole, oldest first and no more than asked for', async () => {
  const nowMs = Date.now()
  const minMs = nowMs - 24 * HOUR
  const truth = simulator.recorded(3, minMs, nowMs)
  const answer = await sequences(3, RECORDING, minMs, nowMs)
  expect(truth.length).toBeGreaterThan(20)
  expect(timesOf(answer, 'TimeBegin').slice(1)).toEqual(truth.map(({ beginMs }) => beginMs).slice(1))
  expect(answer.text).toMatch(
    /<SequenceEntry><TimeBegin>[0-9T:.-]{27}Z<\/TimeBegin><TimeTrigged>.{28}<\/TimeTrigged><TimeEnd>/,
  )
  const [first, second] = truth.slice(1)
  const middle = (first!.beginMs + first!.endMs) / 2
  const within = await sequences(3, RECORDING, middle, second!.beginMs + 1, 1)
  expect([timesOf(within, 'TimeBegin'), timesOf(within, 'TimeEnd')]).toEqual([[first!.beginMs], [first!.endMs]])
})

it('motion lies within recordings, and those on motion have their trigger', async () => {
  const [minMs, maxMs] = [Date.now() - 24 * HOUR, Date.now() - HOUR]
  const [motion, triggered] = [await sequences(6, MOTION, minMs, maxMs), await sequences(6, WITH_TRIGGER, minMs, maxMs)]
  expect(timesOf(motion, 'TimeBegin').slice(1, 5)).toEqual(timesOf(triggered, 'TimeTrigged').slice(1, 5))
  expect(timesOf(triggered, 'TimeBegin')[1]).toBe(timesOf(triggered, 'TimeTrigged')[1]! - 3000)
})

it('manual recordings are sequences too, and a camera that never recorded has an empty list', async () => {
  const [minMs, maxMs] = [Date.now() - HOUR, Date.now() + HOUR]
  const before = await sequences(9, RECORDING, minMs, maxMs)
  await simulator.act({ do: 'start-recording', camera: 9 })
  const { startedAt, recordedFrom } = simulator.state().recordings[0]!
  const during = await sequences(9, WITH_TRIGGER, minMs, maxMs)
  await simulator.act({ do: 'stop-recording', camera: 9 })
  expect(before.text).toContain('<SequencesGetResult />')
  expect([timesOf(during, 'TimeBegin'), timesOf(during, 'TimeTrigged')]).toEqual([
    [Date.parse(recordedFrom)],
    [Date.parse(startedAt)],
  ])
})

it('a bitmap has a bit for each interval with something recorded, and none for types nobody knows', async () => {
  const startMs = Date.now() - 5 * HOUR
  await setRecorded(4, [startMs + 1000, startMs + 3500], [startMs + 9000, startMs + 9001])
  const timeline = (type: string, names: [begin: string, interval: string, count: string]) =>
    command(
      simulator,
      'TimeLineInformationGet',
      token,
      xml({ deviceId: camera(4).id }) +
        `<timeLineInformationTypes xmlns:a="http://microsoft.com/wsdl/types/"><a:guid>${type}</a:guid></timeLineInformationTypes>` +
        xml({ [names[0]]: iso(startMs), [names[1]]: xml({ MicroSeconds: 1_000_000 }), [names[2]]: 12 }),
    )
  const described: [string, string, string] = [
    'timeLineInformationBeginTime',
    'timeLineInformationInterval',
    'timeLineInformationCount',
  ]
  const answer = await timeline(RECORDED_DATA, described)
  const bits = Buffer.from(textsOf(answer, 'Data')[0]!, 'base64')
  expect([[...bits], textsOf(answer, 'Count'), timesOf(answer, 'BeginTime'), textsOf(answer, 'MicroSeconds')]).toEqual([
    [0b0000_1110, 0b0000_0010],
    ['12'],
    [startMs],
    ['1000000'],
  ])
  expect((await timeline(RECORDED_DATA, ['beginTime', 'interval', 'count'])).text).toBe(answer.text)
  expect((await timeline(MOTION, described)).text).toContain('<TimeLineInformationGetResult />')
})

/** What the strip of an answer's picture says, its time, and its size. */
function pictureOf(answer: Answer): { counter?: number; sentMs?: number; timeMs: number; size: string } {
  const jpeg = Buffer.from(textsOf(answer, 'Data')[0]!, 'base64')
  const header = jpeg.indexOf(Buffer.of(0xff, 0xc0)) // start of frame (T.81 B.2.2): height, then width
  const [heightPx, widthPx] = [jpeg.readUInt16BE(header + 5), jpeg.readUInt16BE(header + 7)]
  const { stdout } = spawnSync(
    'ffmpeg',
    '-loglevel error -i pipe:0 -vf extractplanes=y -f rawvideo -pix_fmt gray pipe:1'.split(' '),
    { input: jpeg },
  )
  return { ...readStrip(stdout, widthPx, 1), timeMs: timesOf(answer, 'Time')[0]!, size: `${widthPx},${heightPx}` }
}

it('a picture at or before a moment is a real one, marked as the same picture is in playback', async () => {
  const startMs = Date.now() - 6 * HOUR
  await setRecorded(5, [startMs, startMs + 60_000], [startMs + 120_000, startMs + 180_000])
  const at = (method: string, ms: number) => ask(method, 5, { time: iso(ms) })
  const within = recordedFrameAt(5, startMs + 30_000)
  const [lastBefore, firstAfter] = [
    recordedFrame(5, frameFrom(startMs + 60_000) - 1),
    recordedFrame(5, frameFrom(startMs + 120_000)),
  ]
  const shown = [
    pictureOf(await at('JPEGGetAtOrBefore', startMs + 30_000)),
    pictureOf(await at('JPEGGetAtOrBefore', startMs + 90_000)),
    pictureOf(await at('JPEGGetAtOrAfter', startMs + 90_000)),
    pictureOf(await at('JPEGGetAt', startMs + 30_000)),
  ]
  expect(shown).toEqual(
    [within, lastBefore, firstAfter, within].map(({ counter, recordedMs }) => ({
      counter,
      sentMs: recordedMs % 2 ** 28,
      timeMs: recordedMs,
      size: '320,180',
    })),
  )
})

it('where there is no such picture the result is left out', async () => {
  const startMs = Date.now() - 6 * HOUR
  await setRecorded(5, [startMs, startMs + 60_000])
  const answers = [
    await ask('JPEGGetAtOrBefore', 5, { time: iso(startMs - 1000) }),
    await ask('JPEGGetAtOrAfter', 5, { time: iso(startMs + 61_000) }),
    await ask('JPEGGetAt', 5, { time: iso(startMs + 61_000) }),
  ]
  expect(answers.map(({ status, text }) => [status, /<JPEG\w+ xmlns="[^"]+" \/>/.test(text)])).toEqual(
    answers.map(() => [200, true]),
  )
})

it('the picture of now is no larger than asked for', async () => {
  const before = Date.now()
  const { timeMs, size } = pictureOf(await ask('JPEGGetLive', 1, { maxWidth: 160, maxHeight: 160 }))
  expect([size, timeMs > before - 100, timeMs <= Date.now()]).toEqual(['160,90', true, true])
})

it('refuses devices that are not there or not for this user, and arguments that are missing or wrong', async () => {
  const viewer = await soapToken(simulator, 'viewer')
  await simulator.act({ do: 'deny', user: 'operator', right: 'PLAYBACK', camera: 2 })
  const range = { sequenceType: RECORDING, minTime: iso(0), maxTime: iso(1) }
  const answers = [
    await ask('SequencesGet', 4, { ...range, maxCount: 1 }, viewer),
    await ask('SequencesGet', 2, { ...range, maxCount: 1 }),
    await ask('SequencesGet', 1, { ...range }),
    await ask('SequencesGet', 1, { ...range, maxCount: 1, sequenceType: RECORDED_DATA }),
    await ask('SequencesGet', 1, { ...range, maxCount: 1, minTime: iso(5) }),
    await ask('JPEGGetAtOrBefore', 1, { time: 'noon' }),
    await command(simulator, 'JPEGGetLive', token, xml({ deviceId: 'lobby' })),
    await ask('JPEGGetLive', 1, {}, ''),
  ]
  await simulator.act({ do: 'allow', user: 'operator', right: 'PLAYBACK', camera: 2 })
  expect(answers.map(wordsOf)).toEqual(
    [
      `Device ${camera(4).id} not found`,
      `Access to device ${camera(2).id} denied`,
      'maxCount must be a whole number from 1 to 2147483647',
      `${RECORDED_DATA.toLowerCase()} is no type of sequence`,
      'maxTime is before minTime',
      'time is no dateTime',
      'deviceId is no guid',
      'No token supplied',
    ].map((words) => [500, words]),
  )
})
