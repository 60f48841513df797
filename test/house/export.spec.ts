import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { BufferSource, EncodedPacketSink, Input, MP4 } from 'mediabunny'
import { readStrip } from '../simulator/media/strip.ts'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allLive } from './tiles.ts'

/** A span takes its own time, and a busy machine takes more to look at what came of it. */
test.setTimeout(300_000)

let house: House
test.afterEach(() => house.close())

const HOUR_MS = 3_600_000
const CLOCK_SPAN_MS = 2 ** 28
/** Recordings of the simulator have this rate, whatever their stream's. */
const FRAMES_PER_SECOND = 15

interface Copy {
  file: string
  sha256: string
  firstFrame: string
  lastFrame: string
  frames: number
  framesLost: number
  gaps: unknown[]
  speed: number
  widthPx: number
}

/** A view of cameras that have recorded for hours. */
async function opened(columns = 1): Promise<void> {
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 1, columns, fields: { recorders: [recorder], trust } }
    },
    before: async (simulator) => {
      const [begin, end] = [Date.now() - 4 * HOUR_MS, Date.now() + HOUR_MS].map((ms) => new Date(ms).toISOString())
      for (const camera of [1, 2])
        await simulator.act({ do: 'set-recorded', camera, spans: [{ begin: begin!, end: end! }] })
    },
  })
  await house.signIn()
  await allLive(house.page, columns)
}

const dialog = () => house.page.getByRole('dialog')
const stamp = (atMs: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(atMs)
/** A span well in the past, on whole seconds. */
const spanOf = (seconds: number) => {
  const fromMs = Math.floor(Date.now() / 1000) * 1000 - HOUR_MS
  return { fromMs, toMs: fromMs + seconds * 1000 }
}

/** Opens the form by its key, types the span and starts. */
async function start({ fromMs, toMs }: { fromMs: number; toMs: number }, isOfAll = false): Promise<void> {
  await house.page.keyboard.press('Control+e')
  for (const box of isOfAll ? await dialog().getByRole('checkbox').all() : []) await box.check()
  await dialog().getByLabel('From').fill(stamp(fromMs))
  await dialog().getByLabel('To').fill(stamp(toMs))
  await expect(dialog()).toContainText('this will need about')
  await dialog().getByRole('button', { name: 'Export', exact: true }).click()
}

const isThere = () => expect(dialog()).toContainText('The viewing copy is there', { timeout: 200_000 })

function copiesIn(): { folder: string; copies: Copy[] } {
  const root = path.join(house.folder, 'pictures', 'Watchpost')
  const folder = path.join(
    root,
    readdirSync(root).find((name) => name.endsWith('viewing copy'))!,
  )
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { files: Copy[] }
  return { folder, copies: manifest.files }
}

/** When each picture of a file is shown, milliseconds after the first. */
async function momentsIn(file: Buffer): Promise<number[]> {
  const input = new Input({ source: new BufferSource(file), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  expect(await track?.getCodec()).toBe('avc')
  const moments: number[] = []
  for await (const packet of new EncodedPacketSink(track!).packets()) moments.push(packet.timestamp * 1000)
  return moments
}

/** Shows moments of the file in a video element as any player would, and reads the strip of what is seen at each. */
async function stripsAt(file: Buffer, momentsMs: number[]): Promise<(number | undefined)[]> {
  const seen = await house.page.evaluate(lookAtMoments, [file.toString('base64'), momentsMs] as const)
  return seen.map(({ pixels, widthPx }) => readStrip(pixels, widthPx)?.sentMs)
}

/** Runs in the page. */
async function lookAtMoments([base64, momentsMs]: readonly [string, number[]]) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const video = document.createElement('video')
  video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }))
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve
    video.onerror = () => reject(new Error(`cannot be played: ${video.error?.message}`))
  })
  const context = new OffscreenCanvas(video.videoWidth, 32).getContext('2d')!
  const seen: { pixels: number[]; widthPx: number }[] = []
  for (const atMs of momentsMs) {
    await new Promise((resolve) => {
      video.onseeked = resolve
      video.currentTime = atMs / 1000
    })
    context.drawImage(video, 0, 0)
    seen.push({ pixels: [...context.getImageData(0, 0, video.videoWidth, 32).data], widthPx: video.videoWidth })
  }
  return seen
}

/** A file has every frame of its span, at its time, and shows what it says. */
async function expectWhole(folder: string, copy: Copy, { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const bytes = readFileSync(path.join(folder, copy.file))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(copy.sha256)
  const moments = await momentsIn(bytes)
  const firstMs = Date.parse(copy.firstFrame)
  const seconds = (toMs - fromMs) / 1000
  expect({ frames: moments.length, said: copy.frames, lost: copy.framesLost, gaps: copy.gaps }).toEqual({
    frames: seconds * FRAMES_PER_SECOND,
    said: seconds * FRAMES_PER_SECOND,
    lost: 0,
    gaps: [],
  })
  const steps = moments.slice(1).map((moment, index) => moment - moments[index]!)
  expect(Math.max(...steps)).toBeLessThan(69)
  expect(firstMs - fromMs).toBeGreaterThanOrEqual(0)
  expect(firstMs - fromMs).toBeLessThan(68)
  expect(Math.abs(Date.parse(copy.lastFrame) - firstMs - moments.at(-1)!)).toBeLessThan(1)
  const looked = [0, 37, Math.floor(moments.length / 2), moments.length - 1].map((index) => moments[index]!)
  // In the middle of each frame's time, so that rounding finds it.
  const strips = await stripsAt(
    bytes,
    looked.map((moment) => moment + 30),
  )
  expect(strips).toEqual(looked.map((moment) => Math.round(firstMs + moment) % CLOCK_SPAN_MS))
}

test('ten seconds of a camera become a file that plays anywhere, with every frame and a paper that holds', async () => {
  await opened()
  const span = spanOf(10)
  await start(span)
  await isThere()
  await expect(dialog()).toContainText('150 frames')
  const { folder, copies } = copiesIn()
  expect(readdirSync(folder)).toHaveLength(3)
  expect(copies).toHaveLength(1)
  expect(copies[0]!.file).toMatch(/viewing copy\.mp4$/)
  await expectWhole(folder, copies[0]!, span)
  // What the server sends none of any more is closed.
  await expect.poll(() => house.simulator.state().sessions.filter(({ playback }) => playback).length).toBe(0)
})

test('a longer span of two cameras is taken out faster than it was recorded, and lacks nothing', async () => {
  await opened(2)
  const span = spanOf(24)
  await start(span, true)
  await isThere()
  const { folder, copies } = copiesIn()
  // The simulator sends every frame up to twice the speed, and only key pictures beyond.
  expect(copies.map(({ speed }) => speed)).toEqual([2, 2])
  for (const copy of copies) await expectWhole(folder, copy, span)
})

test('a session that is cut in the middle goes on by itself, and the file has no seam', async () => {
  await opened()
  const span = spanOf(11)
  await start(span)
  await expect(dialog()).toContainText(/[2-7]\d %/, { timeout: 60_000 })
  await house.simulator.act({ do: 'drop-sessions' })
  await isThere()
  const { folder, copies } = copiesIn()
  await expectWhole(folder, copies[0]!, span)
})

test('one that is called off leaves nothing behind, here and at the server', async () => {
  await opened()
  await start(spanOf(600))
  await expect(dialog()).toContainText(/at 1×/, { timeout: 60_000 })
  await house.page.keyboard.press('Escape')
  await house.page.getByRole('button', { name: /Export \d+ %/ }).click()
  await dialog().getByRole('button', { name: 'Throw it away' }).click()
  await expect(dialog()).toContainText('called off')
  await expect.poll(() => readdirSync(path.join(house.folder, 'pictures', 'Watchpost'))).toEqual([])
  await expect.poll(() => house.simulator.state().sessions.filter(({ playback }) => playback).length).toBe(0)
})
