import { expect, test, type Locator, type Page } from '@playwright/test'
import { readStrip } from '../simulator/media/strip.ts'
import { demoSiteId, pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded } from './recorded-tile.ts'
import { allLive } from './tiles.ts'

let house: House
test.afterEach(() => house.close())

const MINUTE_MS = 60_000
const CLOCK_SPAN_MS = 2 ** 28
const iso = (ms: number): string => new Date(ms).toISOString()

/** One camera that was recorded for five minutes, and again since two minutes after that; it stands still. */
async function paused(): Promise<{ fromMs: number; gapMs: number; againMs: number }> {
  const againMs = Math.floor(Date.now() / 1000) * 1000 - 3 * MINUTE_MS
  const gapMs = againMs - 2 * MINUTE_MS
  const fromMs = gapMs - 5 * MINUTE_MS
  const spans = [
    { begin: iso(fromMs), end: iso(gapMs) },
    { begin: iso(againMs), end: iso(Date.now() + 60 * MINUTE_MS) },
  ]
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 1, columns: 1, fields: { recorders: [recorder], trust } }
    },
    before: (simulator) => simulator.act({ do: 'set-recorded', camera: 1, spans }),
  })
  await house.signIn()
  await allLive(house.page, 1)
  await house.page.keyboard.press('F2')
  await allRecorded(house.page, 'playing', 1)
  await house.page.keyboard.press('Space')
  await allRecorded(house.page, 'still', 1)
  // All of it is in sight.
  await timeline(house.page).press('-')
  await timeline(house.page).press('-')
  return { fromMs, gapMs, againMs }
}

const timeline = (page: Page): Locator => page.getByRole('slider', { name: 'Timeline' })
const picture = (page: Page): Locator => page.locator('figure.picture')

/** Where a moment lies on the screen. */
async function placeOf(page: Page, atMs: number): Promise<{ x: number; y: number }> {
  const canvas = timeline(page).locator('canvas')
  const [min, max] = await Promise.all(['min', 'max'].map((end) => timeline(page).getAttribute(`aria-value${end}`)))
  const box = (await canvas.boundingBox())!
  const part = (atMs - Number(min)) / (Number(max) - Number(min))
  expect(part).toBeGreaterThan(0)
  expect(part).toBeLessThan(1)
  return { x: box.x + part * box.width, y: box.y + 45 }
}

async function pointAt(page: Page, atMs: number): Promise<void> {
  const { x, y } = await placeOf(page, atMs)
  await page.mouse.move(x, y)
}

/** A pixel is some seconds wide. */
const SLACK_MS = 5_000

async function pointedAt(page: Page, atMs: number, withinMs: number): Promise<Seen> {
  await pointAt(page, atMs)
  return seenNear(page, atMs + SLACK_MS, withinMs + SLACK_MS)
}

interface Seen {
  /** The moment it says it is of. */
  saidMs: number
  address: string
}

/** The picture, once it is one of about this moment, and not of a later one. */
async function seenNear(page: Page, atMs: number, withinMs: number): Promise<Seen> {
  const look = (): Promise<Seen | null> =>
    page.evaluate(() => {
      const [image, time] = [
        document.querySelector('figure.picture img'),
        document.querySelector('figure.picture time'),
      ]
      if (!(image instanceof HTMLImageElement) || !(time instanceof HTMLTimeElement)) return null
      return image.naturalWidth > 0 ? { saidMs: Date.parse(time.dateTime), address: image.src } : null
    })
  let seen: Seen | null = null
  await expect
    .poll(
      async () => {
        seen = await look()
        return seen !== null && seen.saidMs <= atMs && seen.saidMs > atMs - withinMs
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  return seen!
}

const nameIn = (address: string): string => address.split('/').at(-1)!

/** What the strip in the picture says, of the very bytes the page was given. */
async function stripOf(page: Page, { address }: Seen): Promise<number | undefined> {
  const jpeg = await house.services.picture(nameIn(address))
  const { pixels, widthPx } = await page.evaluate(pixelsOf, [...jpeg!])
  return readStrip(pixels, widthPx)?.sentMs
}

/** Runs in the page. */
async function pixelsOf(bytes: number[]): Promise<{ pixels: number[]; widthPx: number }> {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
  const paper = new OffscreenCanvas(bitmap.width, 32)
  const context = paper.getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return { pixels: [...context.getImageData(0, 0, bitmap.width, 32).data], widthPx: bitmap.width }
}

test('over the timeline stands what the camera saw at that moment, with the time that is in the picture', async () => {
  const { fromMs, gapMs, againMs } = await paused()
  const { page } = house
  const within = await pointedAt(page, gapMs - MINUTE_MS, 15_000)
  expect(await stripOf(page, within)).toBe(within.saidMs % CLOCK_SPAN_MS)

  // In the gap it is the last one before it, which says how much earlier it is.
  await pointAt(page, gapMs + MINUTE_MS)
  const before = await seenNear(page, gapMs, 2_000)
  expect(await stripOf(page, before)).toBe(before.saidMs % CLOCK_SPAN_MS)
  await expect(picture(page)).toContainText(/\d+ s earlier/)

  await pointedAt(page, againMs + MINUTE_MS, 15_000)

  await pointAt(page, fromMs - MINUTE_MS)
  await expect(picture(page)).toHaveAttribute('data-state', 'none')
  await expect(picture(page)).toContainText('Nothing is recorded up to here')

  await pointAt(page, Date.now() + MINUTE_MS)
  await expect(picture(page)).toBeHidden()
  expect(house.console.filter((line) => line.startsWith('error'))).toEqual([])
})

test('a pointer that runs along asks for few pictures and ends on the right one; signing out leaves none', async () => {
  const { fromMs, gapMs } = await paused()
  const { page, messages } = house
  const [from, to] = [await placeOf(page, fromMs + MINUTE_MS), await placeOf(page, gapMs - MINUTE_MS)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.move(to.x, to.y, { steps: 120 })
  const { address } = await seenNear(page, gapMs - MINUTE_MS + SLACK_MS, 15_000)
  const open = { now: 0, most: 0, all: 0 }
  for (const [what, name] of messages.map((line) => JSON.parse(line) as string[])) {
    if (name !== 'findPicture') continue
    open.now += what === 'call' ? 1 : -1
    open.all += what === 'call' ? 1 : 0
    open.most = Math.max(open.most, open.now)
  }
  // What was called off may still be on its way while its successor is asked for.
  expect(open.most).toBeLessThanOrEqual(4)
  expect(open.all).toBeLessThan(60)

  expect(await house.services.picture(nameIn(address))).toBeDefined()
  await house.services.answer('signOut', { siteId: demoSiteId })
  await expect.poll(() => house.services.picture(nameIn(address))).toBeUndefined()
})
