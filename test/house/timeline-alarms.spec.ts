import { expect, test } from '@playwright/test'
import { drawnIn } from './drawn-in.ts'
import { openHouse, type House } from './harness.ts'

const MINUTE_MS = 60_000
const iso = (ms: number): string => new Date(ms).toISOString()

let house: House
test.afterEach(() => house.close())

const slow = { timeout: 45_000 }
const timeline = () => house.page.getByRole('slider', { name: 'Timeline' })
const legend = () => house.page.locator('.legend')

/** Whole seconds some minutes ago at which the site has no alarm of its own. */
function quietMs(minutes: number): number {
  for (let atMs = Math.floor(Date.now() / 1000) * 1000 - minutes * MINUTE_MS; ; atMs += 1000)
    if (house.simulator.alarms(atMs - 20_000, atMs + 20_000).length === 0) return atMs
}
const raise = (name: string, atMs: number, camera: number) =>
  house.simulator.act({ do: 'raise-alarm', name, at: iso(atMs), camera, priority: 'Medium' })
/** Columns of pixels that are drawn as an alarm is, around a moment. */
const drawnAt = async (atMs: number): Promise<number> => {
  const { momentsMs } = await drawnIn(house.page, 'alarm-text')
  return momentsMs.filter((ms) => Math.abs(ms - atMs) < 6_000).length
}

test('an alarm stands at its moment, one of another camera does not, and an event server that does not answer is told of', async () => {
  test.setTimeout(180_000)
  house = await openHouse({ simulator: { media: null }, profile: { rows: 2, columns: 2 } })
  const { page, simulator } = house
  const [oursMs, theirsMs] = [quietMs(3), quietMs(5)]
  await raise('Glass broken', oursMs, 2)
  await raise('Elsewhere', theirsMs, 8)
  await house.signIn()
  await page.locator('[data-tile]').first().waitFor()
  await page.keyboard.press('F2')
  await expect.poll(() => drawnAt(oursMs), slow).toBeGreaterThan(3)
  expect(await drawnAt(theirsMs)).toBe(0)

  await page.getByRole('button', { name: 'Legend' }).click()
  await expect(legend()).toContainText('Alarms as the event server has them')
  const fault = simulator.addFault({ kind: 'event-server', status: 502 })
  await timeline().press('PageUp')
  await timeline().press('PageUp')
  await timeline().press('PageUp')
  await expect(legend()).toContainText('The event server does not answer', slow)
  await expect(page.getByText('Which alarms there are is not known')).toBeVisible()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).not.toContainText('cannot be reached')

  simulator.removeFaults(fault)
  await expect(legend()).toContainText('Alarms as the event server has them', slow)
  await expect(page.getByText('Which alarms there are is not known')).toBeHidden()
})

test('a role that may see no alarms has none, and is told so', async () => {
  test.setTimeout(120_000)
  house = await openHouse({
    simulator: { media: null },
    profile: { rows: 2, columns: 2 },
    before: (simulator) => simulator.act({ do: 'deny', user: simulator.user, right: 'ALARM_READ' }),
  })
  const { page } = house
  const atMs = quietMs(3)
  await raise('Glass broken', atMs, 2)
  await house.signIn()
  await page.locator('[data-tile]').first().waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Legend' }).click()
  await expect(legend()).toContainText('Alarms cannot be read with this server or user.', slow)
  expect((await drawnIn(page, 'alarm-text')).count).toBe(0)
  await expect(legend().getByText('Alarm', { exact: true })).toHaveCount(0)
})
