import { expect, type Locator, type Page } from '@playwright/test'
import { momentText } from '../../src-renderer/time/typed-moment.ts'
import type { CallName, Input, Output } from '../../src-preload/contract/calls.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import { demoSiteId } from '../support/profile-file.ts'
import { clientOf } from '../unit/simulator/client.ts'
import { openHouse, type House, type HouseWish } from './harness.ts'
import { tile } from './tiles.ts'

const MINUTE_MS = 60_000

/** Moments before now, epoch milliseconds. */
export const minutesAgo = (minutes: number): number => Date.now() - minutes * MINUTE_MS
export const daysAgo = (days: number): number => minutesAgo(days * 24 * 60)

/** How a person types a moment. */
export const typed = (atMs: number): string => momentText(atMs)

/** A signed-in wall without pictures, of a site that has everything, once its server has said what may be done there. */
export async function openMarking(simulator: HouseWish['simulator'] = {}): Promise<House> {
  const house = await openHouse({ simulator: { media: null, edition: 'corporate', ...simulator } })
  await house.signIn()
  await expect(tile(house.page, 'Lobby')).toBeVisible()
  await expect.poll(async () => (await ask(house, 'listSites'))[0]!.capabilities.rights.is).toBe('known')
  return house
}

/** Asks main as the page does. Throws where it says no. */
export async function ask<K extends CallName>(house: House, name: K, input?: Input<K>): Promise<Output<K>> {
  const result = await house.services.answer(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
  return result.value as Output<K>
}

export function cameraNamed({ simulator }: House, name: string): CameraRef {
  const camera = simulator.site.cameras.find((one) => one.name === name)
  if (!camera) throw new Error(`the site has no camera ${name}`)
  return { siteId: demoSiteId as SiteId, cameraId: camera.id as CameraId }
}

/** Selects the tile of a camera, and keeps the pointer off what lies over it. */
export const select = (page: Page, name: string): Promise<void> =>
  tile(page, name).click({ position: { x: 40, y: 40 } })

/** A bookmark that was made here before, ten seconds long. */
export async function bookmarked(house: House, camera: string, headline: string, atMs: number): Promise<Job> {
  const [job] = await ask(house, 'addBookmarks', {
    cameras: [cameraNamed(house, camera)],
    at: new Date(atMs).toISOString(),
    beforeSeconds: 5,
    afterSeconds: 5,
    headline,
    description: '',
  })
  await untilDone(house, job!)
  return job!
}

/** What somebody else's client made, as the administrator. */
export async function bookmarkedElsewhere(house: House, camera: string, headline: string, atMs: number) {
  const client = clientOf(house.simulator)
  const signedIn = await client.signIn({ username: 'administrator' })
  const iso = (ms: number): string => new Date(ms).toISOString()
  const { status } = await client.ask('POST', '/api/rest/v1/bookmarks', {
    token: String(signedIn.json()['access_token']),
    body: {
      header: headline,
      timeBegin: iso(atMs - 5_000),
      timeTriggered: iso(atMs),
      timeEnd: iso(atMs + 5_000),
      devicePath: { type: 'cameras', id: cameraNamed(house, camera).cameraId },
    },
  })
  expect(status).toBe(201)
  await client.close()
}

async function untilDone(house: House, { id }: Job): Promise<void> {
  const phase = async () => (await ask(house, 'listJobs')).find((job) => job.id === id)?.state.phase
  await expect.poll(phase, { timeout: 30_000 }).toBe('done')
}

/** Opens the list of bookmarks or of evidence locks. */
export async function openList(page: Page, list: 'Bookmarks' | 'Evidence locks'): Promise<void> {
  await page.keyboard.press('F3')
  await page.getByRole('tab', { name: list }).click()
}

/** The rows of a list, without its head. */
export const rowsOf = (page: Page, list: 'Bookmarks' | 'Evidence locks'): Locator =>
  page.getByRole('grid', { name: list }).locator('[data-index]')

/** What the rows say in the column of this name, from the top; nothing while there is no list. */
export function expectColumn(
  page: Page,
  { list, column }: { list: 'Bookmarks' | 'Evidence locks'; column: string },
  says: readonly string[],
): Promise<void> {
  return expect.poll(() => page.evaluate(readColumn, { list, column }), { timeout: 30_000 }).toEqual(says)
}

/** Runs in the page. */
function readColumn({ list, column }: { list: string; column: string }): string[] {
  const grid = document.querySelector(`[role="grid"][aria-label="${list}"]`)
  const names = [...(grid?.querySelectorAll('[role="columnheader"]') ?? [])].map((head) => head.textContent.trim())
  const at = names.indexOf(column)
  return [...(grid?.querySelectorAll('[data-index]') ?? [])].map((row) => row.children[at]?.textContent.trim() ?? '')
}

/** What a dialog says became of each camera, by its name. */
export const resultOf = (page: Page, camera: string): Locator =>
  page.getByRole('dialog').getByRole('status').getByRole('listitem').filter({ hasText: camera })
