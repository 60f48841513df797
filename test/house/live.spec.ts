import { expect, test, type Page } from '@playwright/test'
import { openHouse, type House } from './harness.ts'
import { readTileStrip } from './read-strip.ts'
import { allLive, states, tile } from './tiles.ts'

let house: House
test.afterEach(async () => {
  // Whatever was tried, the password never reaches the log.
  expect(house.log.lines.join('\n')).not.toContain(house.simulator.password)
  await house.close()
})

/** All tiles but the one at `index`. */
const othersLive = (page: Page, index: number) =>
  expect
    .poll(async () => (await states(page)).toSpliced(index, 1), { timeout: 60_000 })
    .toEqual(Array.from({ length: 8 }, () => 'live'))

/** How many attempts each camera lost until it played: none, but on a busy machine, where a handshake may be. */
const attempts = (): number[] =>
  house.log.lines.flatMap((line) => /playing after \d+ ms \(attempt (\d+)\)/.exec(line)?.slice(1).map(Number) ?? [])

test('nine cameras play frames that were made a moment ago', async () => {
  house = await openHouse()
  await house.signIn()
  await allLive(house.page)
  for (const name of ['Car park north', 'Lobby', 'Service gate']) {
    const seen = await readTileStrip(tile(house.page, name))
    expect(seen.ageMs, `${name} shows a frame of ${seen.ageMs} ms ago`).toBeLessThan(2_000)
  }
  // Tiles of a third of the window take the small stream, each with one session and none before it but lost attempts.
  expect(house.simulator.state().sessions.map(({ stream }) => stream.name)).toEqual(Array(9).fill('Sub'))
  await expect.poll(() => attempts().length).toBe(9)
  expect(house.simulator.state().sessionsEverOpened).toBe(attempts().reduce((sum, before) => sum + before + 1, 0))
  expect(house.console.filter((line) => line.startsWith('error'))).toEqual([])
})

test('a frozen picture is called old after two seconds, dimmed after five, and live only when it moves again', async () => {
  house = await openHouse()
  await house.signIn()
  await allLive(house.page)
  const fault = house.simulator.addFault({ kind: 'freeze', camera: 'Lobby' })
  const lobby = tile(house.page, 'Lobby')
  await expect(lobby).toHaveAttribute('data-state', 'stale')
  await expect(lobby).toContainText(/last frame \d+ s ago/)
  await expect(lobby).toHaveAttribute('data-state', /dim|waiting/)
  await expect(lobby).not.toContainText('LIVE')
  await expect(tile(house.page, 'Main gate')).toHaveAttribute('data-state', 'live')
  house.simulator.removeFaults(fault)
  await expect(lobby).toHaveAttribute('data-state', 'live', { timeout: 30_000 })
})

test('cameras whose session the server drops come back by themselves', async () => {
  house = await openHouse()
  await house.signIn()
  await allLive(house.page)
  const before = house.simulator.state().sessionsEverOpened
  await house.simulator.act({ do: 'drop-sessions' })
  await expect.poll(() => house.simulator.state().sessionsEverOpened).toBeGreaterThanOrEqual(before + 9)
  await allLive(house.page)
  expect(house.simulator.state().sessions).toHaveLength(9)
})

test('a server that stops is waited for, and its cameras come back when it does', async () => {
  house = await openHouse()
  await house.signIn()
  await allLive(house.page)
  await house.simulator.act({ do: 'stop' })
  const lobby = tile(house.page, 'Lobby')
  await expect(lobby).toHaveAttribute('data-state', 'waiting', { timeout: 30_000 })
  await expect(lobby).toContainText(/Trying again/)
  await house.simulator.act({ do: 'start' })
  await allLive(house.page)
})

test('an older server without the signalling socket is asked by REST', async () => {
  house = await openHouse({ simulator: { profile: '24.2' } })
  await house.signIn()
  await allLive(house.page)
  const roads = new Set(house.simulator.state().sessions.map(({ road }) => road))
  expect([...roads]).toEqual(['rest'])
})

test('a camera in H.265 only, and one behind a privacy mask, say why there is no picture', async () => {
  house = await openHouse()
  await house.signIn()
  await allLive(house.page)
  const { page } = house
  await page.locator('[data-tile="0"]').click()
  await show(page, 'Rooftop')
  await expect(page.locator('[data-tile="0"]')).toContainText(
    'The camera sends H.265, which this computer cannot show.',
  )
  await expect(page.locator('[data-tile="0"]')).toContainText('Ask your administrator for an H.264 stream')
  await page.locator('[data-tile="1"]').click()
  await show(page, 'Canteen')
  await expect(page.locator('[data-tile="1"]')).toContainText(/mask/i)
  expect((await states(page)).filter((state) => state === 'live')).toHaveLength(7)
})

test('a camera whose media never arrives counts down to the next try and leaves the others alone', async () => {
  house = await openHouse()
  house.simulator.addFault({ kind: 'ice-never', camera: 'Main gate' })
  await house.signIn()
  await othersLive(house.page, 2)
  const gate = tile(house.page, 'Main gate')
  await expect(gate).toHaveAttribute('data-state', 'waiting', { timeout: 40_000 })
  await expect(gate).toContainText(/Trying again in \d+ s · attempt \d+/)
  expect((await states(house.page)).filter((state) => state === 'live')).toHaveLength(8)
})

test('the keyboard finds, shows, maximises and walks', async () => {
  house = await openHouse({ profile: { rows: 2, columns: 2 } })
  await house.signIn()
  await allLive(house.page, 4)
  const { page } = house
  await page.locator('[data-tile="3"]').click()
  await show(page, 'dock')
  await expect(page.locator('[data-tile="3"]')).toHaveAttribute('aria-label', /Loading dock/)
  await page.locator('[data-tile="3"]').press('Enter')
  await expect(page.locator('[data-tile]:visible')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-tile]:visible')).toHaveCount(4)
  await page.locator('[data-tile="3"]').press('ArrowUp')
  await expect(page.locator('[data-tile="1"]')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(page.locator('[data-tile="1"]')).toHaveAttribute('data-state', 'empty')
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-tile="1"]')).toHaveAttribute('data-state', 'live')
})

test('a tile one of whose tools was clicked hears its keys as before', async () => {
  house = await openHouse({ profile: { rows: 1, columns: 2 } })
  await house.signIn()
  await allLive(house.page, 2)
  const { page } = house
  const tile = page.locator('[data-tile="1"]')
  for (const tool of ['Maximise', 'Back to the view']) {
    await tile.hover()
    await tile.getByRole('button', { name: tool }).click()
  }
  await page.keyboard.press('Delete')
  await expect(tile).toHaveAttribute('data-state', 'empty')
  await page.keyboard.press('Control+z')
  await expect(tile).toHaveAttribute('data-state', 'live')
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('[data-tile="0"]')).toBeFocused()
})

/** Finds a camera by typing and puts it into the selected tile. */
async function show(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
