import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Media } from '../../simulator/media/index.ts'
import { recordedFrameAt } from '../../simulator/media/recorded-frame.ts'
import { startSimulator, type Simulator } from '../../simulator/start.ts'
import { clientOf, until, type Answer, type Client } from './client.ts'
import { openMedia } from './media/cameras.ts'
import { launch, offerAndPlay, openPage } from './media/page.ts'

let media: Media
let simulator: Simulator
let client: Client
let token: string
let browser: Browser
let page: Page
beforeAll(async () => {
  ;[media, browser] = await Promise.all([openMedia(), launch()])
  page = await openPage(browser)
  simulator = await startSimulator({ media, keyType: 'ec', singleShot: true })
  client = clientOf(simulator)
  token = await client.token()
})
afterAll(async () => {
  await browser.close()
  await client.close()
  await simulator.stop()
  await media.close()
})

const startMs = Date.now() - 3_600_000
const iso = (ms: number): string => new Date(ms).toISOString()
const ask = (body: object): Promise<Answer> => client.ask('POST', '/API/REST/v1/WebRTC/Signaling', { token, body })
const cause = ({ status, text }: Answer): unknown[] => [status, text.slice(text.indexOf('---> ') + 5)]

it('answers a client’s own offer with a recording, each picture at its time', async () => {
  const spans = [{ begin: iso(startMs - 60_000), end: iso(startMs + 600_000) }]
  await simulator.act({ do: 'set-recorded', camera: 5, spans })
  const deviceId = simulator.site.cameras[4]!.id
  const seen = await offerAndPlay(page, 20, 20_000, async (offer) => {
    const answer = await ask({ deviceId, playback: { time: iso(startMs), speed: 1, skipGaps: true }, offer })
    return (answer.json() as { answer: RTCSessionDescriptionInit }).answer
  })
  const readings = seen.slice(1) // the first may be painted before the element has its size
  expect(readings.length).toBeGreaterThanOrEqual(19)
  expect(readings).toEqual(
    readings.map(({ rtpTimestamp }) => {
      const { counter, recordedMs } = recordedFrameAt(5, startMs + rtpTimestamp)
      return { rtpTimestamp, counter, sentMs: recordedMs % 2 ** 28 }
    }),
  )
  await until(() => simulator.state().sessions.length === 0)
  expect(simulator.state().sessionsByCamera).toMatchObject([{ camera: { number: 5 }, open: 0, everOpened: 1 }])
})

it('refuses what is no offer, or has no place for a picture, and what was never recorded', async () => {
  const deviceId = simulator.site.cameras[4]!.id
  const offer = { type: 'offer', sdp: 'v=0\r\n' }
  const refusals = [
    await ask({ deviceId, offer: 'v=0' }),
    await ask({ deviceId, offer }),
    await ask({ offer }),
    await ask({ deviceId, offer, playback: { time: iso(startMs), speed: 99 } }),
    await ask({ deviceId: simulator.site.cameras.find(({ purpose }) => purpose === 'h265-only')!.id, offer }),
    await ask({ deviceId: simulator.site.cameras[8]!.id, offer, playback: { time: iso(startMs) } }),
  ]
  expect(refusals.map(cause)).toEqual([
    [400, 'The offer could not be parsed.'],
    [400, 'The offer has no place for a picture.'],
    [400, 'The deviceId is missing.'],
    [400, 'The playback speed must be above 0 and at most 32.'],
    [400, 'The camera sends H.265, which the simulator puts into no answer.'],
    [400, 'No recordings were found.'],
  ])
})

it('is not there unless asked for', async () => {
  const usual = await startSimulator({ media: null, keyType: 'ec' })
  const other = clientOf(usual)
  const answer = await other.ask('POST', '/API/REST/v1/WebRTC/Signaling', { token: await other.token(), body: {} })
  await other.close()
  await usual.stop()
  expect(answer.status).toBe(404)
})
