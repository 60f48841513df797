import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { ageMs, readStrip } from '../simulator/media/strip.ts'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded, seeFrame } from './recorded-tile.ts'
import { allLive } from './tiles.ts'

/** Pictures are encoded, written, read back and decoded again: a busy machine takes its time. */
test.setTimeout(240_000)

let house: House
test.afterEach(() => house.close())

const HOUR_MS = 3_600_000
/** A frame's moment is rounded to whole milliseconds on its way, once by the server and once by the page. */
const ROUNDED_MS = 2
const CLOCK_SPAN_MS = 2 ** 28

interface Sidecar {
  file: string
  sha256: string
  widthPx: number
  heightPx: number
  source: string
  frameTime: string
  frameTimeIs: string
  stale: boolean
  site: { name: string }
  camera: { name: string }
  user: string
}

/** A tile that has recorded for hours, one of them. */
async function opened(): Promise<void> {
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => {
      const trust = pinned([gateway, recorder].map((origin) => ({ origin, sha256 })))
      return { rows: 1, columns: 1, fields: { recorders: [recorder], trust } }
    },
    before: (simulator) => {
      const [begin, end] = [Date.now() - 4 * HOUR_MS, Date.now() + HOUR_MS].map((ms) => new Date(ms).toISOString())
      return simulator.act({ do: 'set-recorded', camera: 1, spans: [{ begin: begin!, end: end! }] })
    },
    dialogs: { chooseFile: async () => null, chooseTarget: async () => null, chooseFolder: async () => stick() },
  })
  await house.signIn()
  await allLive(house.page, 1)
}

const line = () => house.page.locator('.saved')
const stick = () => path.join(house.folder, 'stick')
const folderOf = () => path.join(house.folder, 'pictures', 'Watchpost')

/** Presses the key and reads what was written, with the strip of the picture read out of the very file. */
async function saved(count = 1): Promise<Sidecar & { stripMs: number; bytes: Buffer }> {
  await house.page.keyboard.press('Control+s')
  await expect(line()).toContainText(folderOf(), { timeout: 30_000 })
  const sidecars = () => readdirSync(folderOf()).filter((name) => name.endsWith('.json'))
  await expect.poll(() => sidecars().length, { timeout: 30_000 }).toBe(count)
  const all = sidecars().map((name) => JSON.parse(readFileSync(path.join(folderOf(), name), 'utf8')) as Sidecar)
  const newest = all.sort((a, b) => a.frameTime.localeCompare(b.frameTime)).at(-1)!
  const bytes = readFileSync(path.join(folderOf(), newest.file))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(newest.sha256)
  const { pixels, widthPx, heightPx } = await house.page.evaluate(decode, bytes.toString('base64'))
  expect([widthPx, heightPx]).toEqual([newest.widthPx, newest.heightPx])
  const reading = readStrip(pixels, widthPx)
  if (!reading) throw new Error('the strip in the file cannot be read')
  return { ...newest, stripMs: reading.sentMs, bytes }
}

/** Runs in the page: the picture of a file, as any program would show it. */
async function decode(base64: string) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes]))
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const pixels = [...context.getImageData(0, 0, bitmap.width, 32).data]
  return { pixels, widthPx: bitmap.width, heightPx: bitmap.height }
}

/** How far the moment in the description is from the one in the picture. */
const strayMs = ({ frameTime, stripMs }: Sidecar & { stripMs: number }): number =>
  Math.abs(
    ((stripMs - (Date.parse(frameTime) % CLOCK_SPAN_MS) + CLOCK_SPAN_MS * 1.5) % CLOCK_SPAN_MS) - CLOCK_SPAN_MS / 2,
  )

test('one key saves the live picture in its own size, with a description that says when it was seen, roughly', async () => {
  await opened()
  const native = await house.page.locator('[data-tile] video').evaluate((video: HTMLVideoElement) => video.videoWidth)
  const { source, stale, frameTime, frameTimeIs, stripMs, widthPx, file, site, camera, user } = await saved()
  expect({ source, stale, widthPx }).toEqual({ source: 'live', stale: false, widthPx: native })
  expect(frameTimeIs).toMatch(/^estimate/)
  // What was painted then was sent a moment before; a machine under load is late.
  const lateMs = ageMs({ counter: 0, sentMs: stripMs }, Date.parse(frameTime))
  expect(lateMs).toBeGreaterThanOrEqual(-1_000)
  expect(lateMs).toBeLessThan(2_000)
  expect(file).toContain(camera.name)
  expect(site.name).not.toBe('')
  expect(user).toContain(house.simulator.user)

  await line().getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(() => house.shown).toEqual([path.join(folderOf(), file)])
})

test('in playback the file has the recorded moment of the very frame, moving and paused', async () => {
  await opened()
  const { page } = house
  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 1)
  const moving = await saved(1)
  expect([moving.source, moving.stale]).toEqual(['recorded', false])
  expect(strayMs(moving)).toBeLessThanOrEqual(ROUNDED_MS)

  await page.keyboard.press('Space')
  await allRecorded(page, 'still', 1)
  const { saysMs } = await seeFrame(page, 0)
  const still = await saved(2)
  expect(Date.parse(still.frameTime)).toBe(saysMs)
  expect(strayMs(still)).toBeLessThanOrEqual(ROUNDED_MS)
  // The same frame once more: a second file, and the first stays.
  await page.keyboard.press('Control+s')
  await expect.poll(() => readdirSync(folderOf()).filter((name) => name.endsWith('.png')).length).toBe(3)
  expect(readdirSync(folderOf())).toContain(still.file.replace('.png', ' (2).png'))
})

test('while the server looks for what is sought, the picture before is saved as old, with its own moment', async () => {
  await opened()
  const { page, simulator } = house
  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 1)
  simulator.addFault({ kind: 'slow-seek', delayMs: 8_000 })
  await page.keyboard.press('Shift+ArrowLeft')
  await allRecorded(page, 'opening', 1)
  const before = await saved()
  expect([before.source, before.stale]).toEqual(['recorded', true])
  expect(strayMs(before)).toBeLessThanOrEqual(ROUNDED_MS)
})

test('a frozen picture is saved as old; without a picture nothing is written, and that is said', async () => {
  await opened()
  const { page, simulator } = house
  simulator.addFault({ kind: 'freeze', camera: '*' })
  await expect(page.locator('[data-tile]')).toHaveAttribute('data-state', /stale|dim/, { timeout: 30_000 })
  const old = await saved()
  expect(old.stale).toBe(true)
  await expect(line()).toContainText('old picture')

  await page.locator('[data-tile]').focus()
  await page.keyboard.press('Delete')
  await page.keyboard.press('Control+s')
  await expect(line()).toContainText('select a tile with a camera')
  expect(readdirSync(folderOf())).toHaveLength(2)
})

test('a folder that is gone is named, and another is chosen on the spot', async () => {
  await opened()
  const { page } = house
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Choose the folder' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Pictures as JPEG' }).click()
  await page.keyboard.press('Control+s')
  await expect(line()).toContainText(`${stick()}: it is not there`)
  mkdirSync(stick())
  await page.keyboard.press('Control+s')
  await expect(line()).toContainText(`is in ${stick()}`)
  const written = readdirSync(stick()).sort()
  expect(written).toEqual([expect.stringMatching(/\.jpg$/), expect.stringMatching(/\.jpg\.json$/)])
  expect(readFileSync(path.join(stick(), written[0]!)).subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff))
})
