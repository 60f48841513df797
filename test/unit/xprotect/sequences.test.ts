import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { HeardRecordings } from '../../../src-main/xprotect/events/heard-recordings.ts'
import type { AskRecorder, RecorderAsk } from '../../../src-main/xprotect/recording/recorder-commands.ts'
import { sequencesOf } from '../../../src-main/xprotect/sequences.ts'
import { soapBody } from '../../../src-main/xprotect/wire/soap.ts'
import { SEQUENCE_TYPES } from '../../../src-main/xprotect/wire/sequence.ts'
import { guid } from './support/fake-gateway.ts'
import { listLog } from './support/site.ts'
import { never, signedIn } from './support/started.ts'

const cameraId = guid(1) as CameraId
/** Some days ago, within what a recorder keeps. */
const T0 = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 86_400_000
const iso = (ms: number): string => new Date(ms).toISOString()
const wish = { cameraId, fromMs: T0, toMs: T0 + 3_600_000 }

/** What a recorder writes, to seven digits [V REAL]. */
const entry = (fromMs: number, toMs: number): string => {
  const moment = (ms: number): string => iso(ms).replace('Z', '0000Z')
  return (
    `<SequenceEntry><TimeBegin>${moment(fromMs)}</TimeBegin><TimeTrigged>${moment(fromMs)}</TimeTrigged>` +
    `<TimeEnd>${moment(toMs)}</TimeEnd></SequenceEntry>`
  )
}
const envelope = (entries: string[]): string =>
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><SequencesGetResponse>' +
  `<SequencesGetResult>${entries.join('')}</SequencesGetResult></SequencesGetResponse></soap:Body></soap:Envelope>`

/** A recorder that answers each question with XML of the test's. */
function recorder(answer: (fields: Record<string, unknown>) => string[]) {
  const asked: Record<string, unknown>[] = []
  const askRecorder = (async ({ fields, schema }: RecorderAsk<unknown>) => {
    asked.push(fields)
    return schema.parse(soapBody(envelope(answer(fields))))
  }) as AskRecorder
  return { asked, askRecorder }
}

const heardNothing = new HeardRecordings(() => T0)
const isRecording = ({ sequenceType }: Record<string, unknown>): boolean => sequenceType === SEQUENCE_TYPES.recording

describe('asking the recorder what is recorded', () => {
  it('gives recordings and motion, one of them or none', async () => {
    const { askRecorder } = recorder((fields) => (isRecording(fields) ? [entry(T0 + 1_000, T0 + 61_000)] : []))
    const ask = sequencesOf({ askRecorder, heard: heardNothing, log: listLog() })
    expect(await ask(wish, never)).toEqual({
      source: 'recorder',
      known: { begin: iso(wish.fromMs), end: iso(wish.toMs) },
      recordings: [{ begin: iso(T0 + 1_000), end: iso(T0 + 61_000) }],
      motion: [],
    })
  })

  it('asks on from the last end where there are more than one answer holds, and counts none twice', async () => {
    const all = Array.from({ length: 1_500 }, (_, index) => [T0 + index * 2_000, T0 + index * 2_000 + 1_000] as const)
    const { asked, askRecorder } = recorder((fields) => {
      if (!isRecording(fields)) return []
      const minMs = Date.parse(String(fields['minTime']))
      const from = all.filter(([, endMs]) => endMs >= minMs)
      return from.slice(0, Number(fields['maxCount'])).map(([beginMs, endMs]) => entry(beginMs, endMs))
    })
    const ask = sequencesOf({ askRecorder, heard: heardNothing, log: listLog() })
    const { recordings, known } = await ask(wish, never)
    expect([recordings.length, new Set(recordings.map(({ begin }) => begin)).size, known?.end]).toEqual([
      1_500,
      1_500,
      iso(wish.toMs),
    ])
    expect(asked.filter(isRecording)).toHaveLength(2)
  })

  it('says how far it knows where there are more than it reads', async () => {
    const { askRecorder } = recorder((fields) => {
      const minMs = Date.parse(String(fields['minTime']))
      return Array.from({ length: 1_000 }, (_, index) => entry(minMs + index * 100, minMs + index * 100 + 50))
    })
    const ask = sequencesOf({ askRecorder, heard: heardNothing, log: listLog() })
    const { known } = await ask(wish, never)
    expect(Date.parse(known!.end)).toBeLessThan(wish.toMs)
  })

  it('leaves out entries that make no sense', async () => {
    const { askRecorder } = recorder(() => [entry(T0 + 9_000, T0), '<SequenceEntry/>', entry(T0, T0 + 1_000)])
    const ask = sequencesOf({ askRecorder, heard: heardNothing, log: listLog() })
    expect((await ask(wish, never)).recordings).toEqual([{ begin: iso(T0), end: iso(T0 + 1_000) }])
  })
})

describe('where no recorder answers', () => {
  const askRecorder = (async () => {
    throw new AppError({ kind: 'not-pinned' }, { unsent: true })
  }) as AskRecorder

  it('says what was heard since somebody listens, and why it is no more', async () => {
    let now = T0 + 600_000
    const heard = new HeardRecordings(() => now)
    heard.begin()
    heard.started(cameraId, iso(T0 + 660_000))
    heard.stopped(cameraId, iso(T0 + 720_000))
    heard.started(cameraId, iso(T0 + 900_000))
    now = T0 + 1_000_000
    const ask = sequencesOf({ askRecorder, heard, log: listLog() })
    expect(await ask(wish, never)).toEqual({
      source: 'heard',
      because: { kind: 'not-pinned' },
      known: { begin: iso(T0 + 600_000), end: iso(T0 + 1_000_000) },
      recordings: [
        { begin: iso(T0 + 660_000), end: iso(T0 + 720_000) },
        { begin: iso(T0 + 900_000), end: iso(T0 + 1_000_000) },
      ],
      motion: null,
    })
  })

  it('knows nothing before it listened, nor of what it missed', async () => {
    const heard = new HeardRecordings(() => T0 + 1_000)
    const ask = sequencesOf({ askRecorder, heard, log: listLog() })
    const before = await ask(wish, never)
    heard.begin()
    heard.started(cameraId, iso(T0))
    heard.forget()
    const after = await ask(wish, never)
    expect([before.known, after.known, after.recordings]).toEqual([null, null, []])
  })

  it('takes a recording whose end was missed for no longer than it was seen', async () => {
    const heard = new HeardRecordings(() => T0 + 500_000)
    heard.begin()
    heard.started(cameraId, iso(T0 + 100_000))
    heard.begin()
    const ask = sequencesOf({ askRecorder, heard, log: listLog() })
    expect((await ask({ ...wish, fromMs: T0 + 200_000 }, never)).recordings).toEqual([])
  })
})

describe('of a real recorder', () => {
  it('knows its recordings to the millisecond, and those of no other camera', async () => {
    const made = await signedIn()
    const spans = [
      { begin: iso(T0 - 7_200_000), end: iso(T0 - 3_600_000) },
      { begin: iso(T0 - 3_000_000), end: iso(T0 - 600_000) },
    ]
    await made.simulator.act({ do: 'set-recorded', camera: 1, spans })
    await made.simulator.act({ do: 'set-recorded', camera: 2, spans: [] })
    const range = { fromMs: T0 - 8_000_000, toMs: T0 }
    const [first, second] = await Promise.all(
      [1, 2].map((number) => made.site.server.sequences({ cameraId: made.camera(number), ...range }, never)),
    )
    expect([first!.source, first!.known, first!.recordings, second!.recordings]).toEqual([
      'recorder',
      { begin: iso(range.fromMs), end: iso(range.toMs) },
      spans,
      [],
    ])
  })
})
