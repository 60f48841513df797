import { readFile } from 'node:fs/promises'
import { chromium, type Browser, type Page } from '@playwright/test'
import ts from 'typescript'
import type { Sender } from '../../../simulator/media/index.ts'
import type * as Strip from '../../../simulator/media/strip.ts'

/** Debian's Chromium, able to connect to this machine's own address. */
export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

const stripFile = new URL('../../../simulator/media/strip.ts', import.meta.url)

/** A page that can read the strip: `strip.ts` runs in it as it is. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  const { outputText } = ts.transpileModule(await readFile(stripFile, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  })
  await page.addScriptTag({ content: `{ const exports = {}; ${outputText}; globalThis.strip = exports }` })
  return page
}

/** One picture as a page saw it: its reading, and how late it was. */
interface Seen {
  counter: number | null
  lateMs: number | null
  rtpTimestamp: number
}

/** What a page reports of one session. */
export interface Report {
  seen: Seen[]
  answer: string
  stats: Record<string, unknown>
}

/**
 * Plays a session in a page of Chromium until it painted `pictures` of them, or `timeoutMs` is over. All signalling is
 * the offer and the answer: the offer has every candidate, and Chromium's own checks find the way back.
 */
export async function play(
  page: Page,
  sender: Pick<Sender, 'offerSdp' | 'answer'>,
  pictures: number,
  timeoutMs: number,
): Promise<Report> {
  const answerTo = `answer${Math.random().toString(36).slice(2)}`
  await page.exposeFunction(answerTo, (sdp: string) => sender.answer(sdp))
  return page.evaluate(playInPage, { offer: sender.offerSdp, answerTo, pictures, timeoutMs })
}

/** As `play`, anew where libdatachannel turns the page down though it is honest, as it may on a busy machine. */
export async function playSurely(
  page: Page,
  openSender: () => Promise<Sender>,
  pictures: number,
  timeoutMs: number,
): Promise<Report & { sender: Sender }> {
  for (let tries = 1; ; tries++) {
    const sender = await openSender()
    const report = await play(page, sender, pictures, timeoutMs)
    if (report.seen.length > 0 || tries === 3) return { ...report, sender }
    sender.close()
  }
}

/** Runs in the page: uses nothing from outside but what the page was given as `strip`. */
async function playInPage(wanted: {
  offer: string
  answerTo: string
  pictures: number
  timeoutMs: number
}): Promise<Report> {
  const { strip } = globalThis as unknown as { strip: typeof Strip }
  const peer = new RTCPeerConnection()
  const video = document.createElement('video')
  video.muted = true
  video.autoplay = true
  document.body.append(video)
  peer.ontrack = ({ track }) => {
    video.srcObject = new MediaStream([track])
  }
  peer.createDataChannel('commands', { protocol: 'videoos-commands' }).onopen = (event) => {
    ;(event.target as RTCDataChannel).send('{"method":"ptzMove"}')
  }

  const canvas = new OffscreenCanvas(192, 32)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const seen: Seen[] = []
  const enough = new Promise<void>((resolve) => {
    setTimeout(resolve, wanted.timeoutMs)
    peer.onconnectionstatechange = () => {
      if (peer.connectionState === 'failed') resolve()
    }
    const look = (_now: number, { rtpTimestamp }: VideoFrameCallbackMetadata): void => {
      context.drawImage(video, 0, 0, 192, 32, 0, 0, 192, 32)
      const reading = strip.readStrip(context.getImageData(0, 0, 192, 32).data, 192)
      seen.push({
        counter: reading?.counter ?? null,
        lateMs: reading && strip.ageMs(reading, Date.now()),
        rtpTimestamp: rtpTimestamp ?? -1,
      })
      if (seen.length >= wanted.pictures) resolve()
      else video.requestVideoFrameCallback(look)
    }
    video.requestVideoFrameCallback(look)
  })

  await peer.setRemoteDescription({ type: 'offer', sdp: wanted.offer })
  await peer.setLocalDescription(await peer.createAnswer())
  const answer = peer.localDescription!.sdp
  const page = globalThis as unknown as Record<string, (sdp: string) => Promise<void>>
  await page[wanted.answerTo]!(answer)
  await enough
  const stats: Record<string, unknown> = {}
  for (const report of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
    if (report['type'] === 'inbound-rtp') Object.assign(stats, report)
  }
  peer.close()
  video.remove()
  return { seen, answer, stats }
}

/** A picture as a page saw it, with what its strip says. */
interface Reading {
  counter: number | undefined
  sentMs: number | undefined
  rtpTimestamp: number
}

/** As `play`, where the page makes the offer: `answerTo` is given it whole, with every candidate. */
export async function offerAndPlay(
  page: Page,
  pictures: number,
  timeoutMs: number,
  answerTo: (offer: RTCSessionDescriptionInit) => Promise<RTCSessionDescriptionInit>,
): Promise<Reading[]> {
  const name = `answer${Math.random().toString(36).slice(2)}`
  await page.exposeFunction(name, answerTo)
  return page.evaluate(offerInPage, { answerTo: name, pictures, timeoutMs })
}

/** Runs in the page, as `playInPage` does. */
async function offerInPage(wanted: { answerTo: string; pictures: number; timeoutMs: number }): Promise<Reading[]> {
  const { strip } = globalThis as unknown as { strip: typeof Strip }
  const peer = new RTCPeerConnection()
  const video = document.createElement('video')
  video.muted = true
  video.autoplay = true
  document.body.append(video)
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.ontrack = ({ track }) => {
    video.srcObject = new MediaStream([track])
  }
  const canvas = new OffscreenCanvas(192, 32)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const seen: Reading[] = []
  const enough = new Promise<void>((resolve) => {
    setTimeout(resolve, wanted.timeoutMs)
    const look = (_now: number, { rtpTimestamp }: VideoFrameCallbackMetadata): void => {
      context.drawImage(video, 0, 0, 192, 32, 0, 0, 192, 32)
      const reading = strip.readStrip(context.getImageData(0, 0, 192, 32).data, 192)
      seen.push({ counter: reading?.counter, sentMs: reading?.sentMs, rtpTimestamp: rtpTimestamp ?? -1 })
      if (seen.length >= wanted.pictures) resolve()
      else video.requestVideoFrameCallback(look)
    }
    video.requestVideoFrameCallback(look)
  })
  await peer.setLocalDescription(await peer.createOffer())
  while (peer.iceGatheringState !== 'complete') {
    await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }))
  }
  const page = globalThis as unknown as Record<string, (offer: unknown) => Promise<RTCSessionDescriptionInit>>
  await peer.setRemoteDescription(await page[wanted.answerTo]!(peer.localDescription!.toJSON()))
  await enough
  peer.close()
  video.remove()
  return seen
}
