import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { HeardRecordings } from '../../../src-main/xprotect/events/heard-recordings.ts'
import type { AskRecorder, RecorderAsk } from '../../../src-main/xprotect/recording/recorder-commands.ts'
import { sequencesOf } from '../../../src-main/xprotect/sequences.ts'
import { soapBody } from '../../../src-main/xprotect/wire/soap.ts'
import { RECORDED_DATA } from '../../../src-main/xprotect/wire/time-line.ts'
import { guid } from './support/fake-gateway.ts'
import { listLog } from './support/site.ts'
import { never, signedIn } from './support/started.ts'

const cameraId = guid(1) as CameraId
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Some days ago, within what a recorder keeps. */
const T0 = Math.floor(Date.now() / DAY_MS) * DAY_MS - 20 * DAY_MS
const iso = (ms: number): string => new Date(ms).toISOString()
const span = (fromHours: number, toHours: number) => ({
  begin: iso(T0 + fromHours * HOUR_MS),
  end: iso(T0 + toHours * HOUR_MS),
})
const wish = { cameraId, fromMs: T0, toMs: T0 + DAY_MS, stepMs: HOUR_MS }

/** One bit for each of 24 hours, the first in the lowest bit. */
const bitmap = (...hours: number[]): Buffer => {
  const bits = Buffer.alloc(3)
  for (const hour of hours) bits[hour >> 3]! |= 1 << (hour & 7)
  return bits
}
const told = (bits: Buffer, type = RECORDED_DATA): string =>
  `<TimeLineInformationData><DeviceId>${cameraId}</DeviceId><Type>${type}</Type><Count>24</Count>` +
  `<Data>${bits.toString('base64')}</Data></TimeLineInformationData>`

/** A recorder that answers the one question as the test says, and knows of no sequences. */
function recorder(answer: string | AppError) {
  const asked: RecorderAsk<unknown>[] = []
  const askRecorder = (async (question: RecorderAsk<unknown>) => {
    asked.push(question)
    const isStepped = question.method === 'TimeLineInformationGet'
    if (isStepped && answer instanceof AppError) throw answer
    const inner = isStepped
      ? `<${question.method}Result>${answer as string}</${question.method}Result>`
      : '<SequencesGetResult/>'
    const text = `<e:Envelope xmlns:e="x"><e:Body><${question.method}Response>${inner}</${question.method}Response></e:Body></e:Envelope>`
    return question.schema.parse(soapBody(text))
  }) as AskRecorder
  const ask = sequencesOf({ askRecorder, heard: new HeardRecordings(() => T0), log: listLog() })
  return { asked, ask, methods: () => asked.map(({ method }) => method) }
}

describe('recordings in steps', () => {
  it('come of one question, begin and end at whole steps, and say nothing of motion', async () => {
    const { asked, ask } = recorder(told(bitmap(1, 2, 3, 7, 8, 23)))
    expect(await ask(wish, never)).toEqual({
      source: 'recorder',
      stepSeconds: 3600,
      known: span(0, 24),
      recordings: [span(1, 4), span(7, 9), span(23, 24)],
      motion: null,
    })
    expect(asked.map(({ method, fields }) => ({ method, ...fields }))).toMatchObject([
      {
        method: 'TimeLineInformationGet',
        deviceId: cameraId,
        beginTime: iso(T0),
        interval: { MicroSeconds: 3_600_000_000 },
        count: 24,
      },
    ])
  })

  it('are known no further than asked for, whatever the step', async () => {
    const { ask } = recorder(told(bitmap(0, 1)))
    const { known, recordings } = await ask({ ...wish, toMs: T0 + 1.5 * HOUR_MS }, never)
    expect([known, recordings]).toEqual([span(0, 1.5), [span(0, 1.5)]])
  })

  it('are those of the type asked for, whichever else a recorder tells of', async () => {
    const { ask } = recorder(told(bitmap(5), guid(9)) + told(bitmap(6)))
    expect((await ask(wish, never)).recordings).toEqual([span(6, 7)])
  })

  it.each([
    ['says nothing', ''],
    ['says it of another type only', told(bitmap(1), guid(9))],
    ['says less than was asked for', told(Buffer.alloc(1))],
    [
      'does not know the question',
      new AppError({ kind: 'refused', call: 'TimeLineInformationGet', status: 400, text: '' }),
    ],
  ])('are asked for one by one where the recorder %s', async (_what, answer) => {
    const { ask, methods } = recorder(answer)
    const found = await ask(wish, never)
    expect([found.stepSeconds, found.known, found.motion]).toEqual([undefined, span(0, 24), []])
    expect(methods()).toEqual(['TimeLineInformationGet', 'SequencesGet', 'SequencesGet'])
  })

  it('are not asked for where nobody wants them', async () => {
    const { ask, methods } = recorder(told(bitmap(1)))
    await ask({ cameraId, fromMs: T0, toMs: T0 + DAY_MS }, never)
    expect(methods()).not.toContain('TimeLineInformationGet')
  })
})

it('a real recorder tells a month of a busy camera in one answer, true to the step', async () => {
  const made = await signedIn()
  const spans = Array.from({ length: 2_000 }, (_, index) => {
    const beginMs = T0 + index * 600_000
    return { begin: iso(beginMs), end: iso(beginMs + 60_000) }
  })
  await made.simulator.act({ do: 'set-recorded', camera: 1, spans: [...spans.slice(0, 700), ...spans.slice(900)] })
  const stepMs = 600_000
  const range = { cameraId: made.camera(1), fromMs: T0, toMs: T0 + 2_000 * stepMs, stepMs }
  const found = await made.site.server.sequences(range, never)
  expect(found).toEqual({
    source: 'recorder',
    stepSeconds: 600,
    known: { begin: iso(T0), end: iso(range.toMs) },
    recordings: [
      { begin: iso(T0), end: iso(T0 + 700 * stepMs) },
      { begin: iso(T0 + 900 * stepMs), end: iso(range.toMs) },
    ],
    motion: null,
  })
})
