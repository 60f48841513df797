import { expect, test } from '@playwright/test'
import { signIn, type House } from './harness.ts'
import { ask, cameraNamed, openMarking, select } from './marking.ts'

/** Commands that wait for a person: the real page, the real main and its journal (security.md 4.4, rule 6). */
let house: House
test.afterEach(() => house.close())

test('what one user asked for is not sent in another’s name: a person sends it, or gives it up, and the trail has both', async () => {
  house = await openMarking()
  const { page, simulator } = house
  const { siteId } = cameraNamed(house, 'Lobby')
  await simulator.act({ do: 'stop' })
  for (const camera of ['Lobby', 'Main gate']) {
    await select(page, camera)
    await page.keyboard.press('b')
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(`Bookmark, ${camera}: not sent`)
  }
  await ask(house, 'signOut', { siteId })
  await simulator.act({ do: 'start' })
  await page.getByRole('button', { name: 'Sites', exact: true }).click()
  await signIn(page, 'administrator', simulator.password)

  await page.keyboard.press('F5')
  const open = page.getByRole('table', { name: 'Open commands' })
  const rowOf = (camera: string) => open.getByRole('row').filter({ hasText: camera })
  await expect(rowOf('Lobby').getByRole('button', { name: 'Send again' })).toBeVisible({ timeout: 30_000 })
  await expect(rowOf('Main gate').getByRole('button', { name: 'Give up' })).toBeVisible()
  expect(simulator.state().bookmarks).toBe(0)
  await rowOf('Main gate').getByRole('button', { name: 'Give up' }).click()
  await expect(rowOf('Main gate')).toHaveCount(0)
  await rowOf('Lobby').getByRole('button', { name: 'Send again' }).click()
  const over = page.getByRole('table', { name: 'Over' })
  await expect(over.getByRole('row').filter({ hasText: 'Lobby' })).toContainText('done', { timeout: 30_000 })
  await expect(over.getByRole('row').filter({ hasText: 'Main gate' })).not.toContainText('done')
  expect([simulator.state().bookmarks, simulator.state().duplicates.references]).toEqual([1, []])

  const what = ['command-drop', 'command-send-again'] as const
  const trail = await ask(house, 'listAudit', { filter: { what: [...what] }, before: null, count: 10 })
  expect(trail.lines.map(({ what: act, who }) => [act, who]).sort()).toEqual(what.map((act) => [act, 'administrator']))
})
