import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Media } from '../../../simulator/media/index.ts'
import { carPark, openMedia, sub } from './cameras.ts'
import { launch, openPage, play, playSurely } from './page.ts'

describe('in real Chromium', () => {
  let browser: Browser
  let page: Page
  let media: Media

  beforeAll(async () => {
    ;[browser, media] = await Promise.all([launch(), openMedia()])
    page = await openPage(browser)
  })
  afterAll(async () => {
    await browser.close()
    await media.close()
  })

  it('the real server’s offer plays: each painted picture has its strip, and is fresh', async () => {
    const commands: string[] = []
    const openSender = async () => {
      const sender = await media.openSender({ camera: carPark, stream: sub })
      sender.onCommand((text) => commands.push(text))
      return sender
    }
    const { seen, answer, sender } = await playSurely(page, openSender, 45, 15_000)
    sender.close()

    const readings = seen.slice(1) // the first may be painted before the element has its size
    expect(readings.length).toBeGreaterThanOrEqual(40)
    expect(readings.filter(({ counter }) => counter === null)).toEqual([])
    const rising = readings.every(({ counter }, i) => i === 0 || counter! > readings[i - 1]!.counter!)
    const lateMs = readings.map((reading) => reading.lateMs!).sort((a, b) => a - b)
    expect({ rising, isFresh: lateMs[lateMs.length >> 1]! < 500, commands }).toEqual({
      rising: true,
      isFresh: true,
      commands: ['{"method":"ptzMove"}'],
    })
    expect(answer).toContain('m=video 9 UDP/TLS/RTP/SAVP 104')
    expect(readings.at(-1)!.rtpTimestamp - readings[0]!.rtpTimestamp).toBeLessThan(20_000)
  })

  it('with nack in the offer a lossy line loses no picture', async () => {
    const openSender = async () => {
      const sender = await media.openSender({ camera: carPark, stream: sub, feedback: 'nack' })
      sender.lossPercent = 5
      return sender
    }
    const { stats, sender } = await playSurely(page, openSender, 60, 15_000)
    const { nacks, framesSent } = sender.stats()
    sender.close()
    expect(nacks).toBeGreaterThan(0)
    // Without nack it would be one in fifty. On a busy machine the last second's are still on their way.
    expect(stats['framesDecoded']).toBeGreaterThan(framesSent * 0.5)
  })

  it('a client whose certificate is not the one its answer promises gets no picture', async () => {
    const sender = await media.openSender({ camera: carPark, stream: sub })
    const states: string[] = []
    sender.onState((state) => states.push(state))
    const answer = (sdp: string) =>
      sender.answer(sdp.replaceAll(/^a=fingerprint:.+$/gm, `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`))
    const { stats } = await play(page, { offerSdp: sender.offerSdp, answer }, 1, 2_000)
    expect({ state: states.at(0), decoded: stats['framesDecoded'] ?? 0 }).toEqual({ state: 'failed', decoded: 0 })
  })

  it('an H.265 offer is turned down', async () => {
    const sender = await media.openSender({ camera: carPark, stream: { ...sub, codec: 'H265' } })
    const { answer, stats } = await play(page, sender, 1, 1_000)
    sender.close()
    expect(answer).toContain('m=video 0 ')
    expect(stats['framesDecoded']).toBeUndefined()
  })
})
