import { expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { openHouse, type House } from './harness.ts'
import { allRecorded } from './recorded-tile.ts'
import { allLive } from './tiles.ts'

let house: House
test.afterEach(() => house.close())

/** What a question for recordings asked for, and what was answered. */
interface Said {
  stepSeconds?: number
  recordings?: unknown[]
}

test('a timeline of days is asked for in steps, and says so; of hours, recording by recording', async () => {
  house = await openHouse({
    profile: ({ gateway, recorder, sha256 }) => ({
      rows: 1,
      columns: 1,
      fields: {
        recorders: [recorder],
        trust: pinned([gateway, recorder].map((origin) => ({ origin, sha256 }))),
      },
    }),
  })
  const { page, messages } = house
  const said = (what: 'call' | 'answer') =>
    messages
      .map((line) => JSON.parse(line) as [string, string, Said & { value?: Said }])
      .filter(([kind, name]) => kind === what && name === 'listSequences')
      .map(([, , input]) => input.value ?? input)
  await house.signIn()
  await allLive(page, 1)
  await page.keyboard.press('F2')
  await allRecorded(page, 'playing', 1)
  await expect.poll(() => said('answer').length).toBeGreaterThan(0)
  expect(said('call').filter(({ stepSeconds }) => stepSeconds !== undefined)).toEqual([])

  const timeline = page.getByRole('slider', { name: 'Timeline' })
  const seenMs = async (): Promise<number> => {
    const [min, max] = await Promise.all(['min', 'max'].map((end) => timeline.getAttribute(`aria-value${end}`)))
    return Number(max) - Number(min)
  }
  while ((await seenMs()) < 7 * 86_400_000) await timeline.press('-')
  await expect(page.getByText('Shown in steps of 10 min')).toBeVisible({ timeout: 30_000 })
  const inSteps = said('answer').filter(({ stepSeconds }) => stepSeconds !== undefined)
  expect(inSteps.length).toBeGreaterThan(0)
  expect(inSteps.flatMap(({ recordings }) => recordings).length).toBeGreaterThan(0)

  while ((await seenMs()) > 3_600_000) await timeline.press('+')
  await expect(page.getByText('Shown in steps of')).toBeHidden()
})
