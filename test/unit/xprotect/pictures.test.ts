import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { picturesOf } from '../../../src-main/xprotect/pictures.ts'
import type { AskRecorder, RecorderAsk } from '../../../src-main/xprotect/recording/recorder-commands.ts'
import { soapBody } from '../../../src-main/xprotect/wire/soap.ts'
import { guid } from './support/fake-gateway.ts'
import { failureIn } from './support/site.ts'
import { never, signedIn } from './support/started.ts'

const cameraId = guid(1) as CameraId
const atMs = Date.parse('2026-11-26T12:00:00.500Z')
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

/** A recorder that answers with XML of the test's. */
function recorder(response: string) {
  const asked: RecorderAsk<unknown>[] = []
  const askRecorder = (async (wish: RecorderAsk<unknown>) => {
    asked.push(wish)
    const text =
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      `${response}</soap:Body></soap:Envelope>`
    return wish.schema.parse(soapBody(text, wish.longest))
  }) as AskRecorder
  return { asked, ask: () => picturesOf(askRecorder)({ cameraId, atMs }, never) }
}
const response = (inner: string): string =>
  `<JPEGGetAtOrBeforeResponse xmlns="http://videoos.net/2/XProtectCSRecorderCommand">${inner}</JPEGGetAtOrBeforeResponse>`
const result = (time: string, data: Buffer): string =>
  response(
    `<JPEGGetAtOrBeforeResult><Time>${time}</Time><Data>${data.toString('base64')}</Data></JPEGGetAtOrBeforeResult>`,
  )

describe('the last picture up to a moment', () => {
  it('comes with the moment it was really recorded at', async () => {
    const { asked, ask } = recorder(result('2026-11-26T11:58:00.1230000Z', jpeg))
    expect(await ask()).toEqual({ atMs: Date.parse('2026-11-26T11:58:00.123Z'), jpeg })
    expect(asked.map(({ method, fields }) => ({ method, fields }))).toEqual([
      { method: 'JPEGGetAtOrBefore', fields: { deviceId: cameraId, time: '2026-11-26T12:00:00.500Z' } },
    ])
  })

  it.each([
    ['no result', response('')],
    ['an empty response', '<JPEGGetAtOrBeforeResponse/>'],
    ['an empty result', response('<JPEGGetAtOrBeforeResult/>')],
    ['a result that is said to be nil', response('<JPEGGetAtOrBeforeResult xsi:nil="true"/>')],
  ])('is none where there is %s', async (_what, xml) => {
    expect(await recorder(xml).ask()).toBeNull()
  })

  it('may be larger than any other answer', async () => {
    const large = Buffer.concat([jpeg, Buffer.alloc(2 << 20)])
    expect((await recorder(result('2026-11-26T11:58:00Z', large)).ask())?.jpeg.length).toBe(large.length)
  })

  it.each([
    ['is no JPEG', result('2026-11-26T11:58:00Z', Buffer.from('<svg onload="alert(1)"/>'))],
    ['has no moment', result('', jpeg)],
    ['is somebody else’s answer', '<JPEGGetLiveResponse/>'],
  ])('that %s is not taken', async (_what, xml) => {
    await expect(recorder(xml).ask()).rejects.toThrow()
  })
})

describe('of a real recorder', () => {
  it('is the one at the moment, the last before a gap, or none before the first', async () => {
    const made = await signedIn()
    const T0 = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 86_400_000
    const spans = [{ begin: new Date(T0).toISOString(), end: new Date(T0 + 60_000).toISOString() }]
    await made.simulator.act({ do: 'set-recorded', camera: 1, spans })
    const at = (ms: number) => made.site.server.pictureBefore({ cameraId: made.camera(1), atMs: T0 + ms }, never)
    const [within, after, before] = await Promise.all([at(30_000), at(600_000), at(-1_000)])
    expect([within!.atMs - T0 <= 30_000, within!.atMs - T0 > 29_000]).toEqual([true, true])
    expect([after!.atMs - T0 < 60_000, after!.atMs - T0 > 59_000]).toEqual([true, true])
    expect([within!.jpeg.subarray(0, 3).toString('hex'), before]).toEqual(['ffd8ff', null])
  })

  it('is refused where its recorder is not agreed on', async () => {
    const transport = () => {
      throw new AppError({ kind: 'not-pinned' }, { unsent: true })
    }
    const made = await signedIn({}, () => ({ recorders: { known: [], transport } }))
    const asking = made.site.server.pictureBefore({ cameraId: made.camera(1), atMs: Date.now() }, never)
    expect(await failureIn(asking)).toMatchObject({ kind: 'not-pinned' })
  })
})
