import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { journalPlaces } from '../../src-main/journal-in.ts'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'

/** Starting, starting again, starting twice, and starting badly. */
let desk: Desk
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  await desk.close()
})

const quiet = { media: null }
const opened = (desk: Desk) => expect(desk.page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
const tiles = (desk: Desk) => expect.poll(() => desk.page.locator('[data-tile]').count())

test('the place of the window and the chosen view are there after a restart', async () => {
  desk = await openDesk({ simulator: quiet })
  await desk.signIn()
  await opened(desk)
  await tiles(desk).toBe(9)
  await desk.page.keyboard.press('Alt+2')
  await tiles(desk).toBe(4)
  await expect
    .poll(() => desk.page.evaluate(() => window.bridge.call('readPreferences', undefined)))
    .toMatchObject({ ok: true, value: { view: { rows: 2, columns: 2 } } })
  const bounds = { x: 120, y: 90, width: 1111, height: 777 }
  await desk.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]!.setBounds(place), bounds)
  await desk.app.close()

  await desk.startAgain()
  const found = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())
  expect(found).toEqual(bounds)
  await desk.signIn()
  await opened(desk)
  await tiles(desk).toBe(4)
})

test('a second start shows the window of the first and ends', async () => {
  desk = await openDesk({ simulator: quiet })
  await desk.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    window.focus = () => void asked.push('focus')
  })
  const { executable, args, env, cwd } = desk.installed.command
  const second = spawn(executable, [...args, '--profile', '/etc/passwd', '--profile'], { env, cwd, stdio: 'ignore' })
  const [code] = (await once(second, 'exit')) as [number]
  expect(code).toBe(0)
  await expect
    .poll(() => desk.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual(['focus'])
  expect(desk.app.windows()).toHaveLength(1)
})

test('of two starts at once one lives, and the other ends before it touches a file', async () => {
  desk = await openDesk({ simulator: quiet })
  await desk.app.close()
  const trail = path.join(journalPlaces(desk.installed.dataFolder).folder, 'audit.log')
  const startsIn = () => readFileSync(trail, 'utf8').match(/"program-started"/g)?.length ?? 0
  const before = startsIn()
  const { executable, args, env, cwd } = desk.installed.command
  const both = [0, 1].map(() => spawn(executable, args, { env, cwd, stdio: 'ignore' }))
  try {
    const ended = both.map(async (child, at) => ({ at, code: ((await once(child, 'exit')) as [number])[0] }))
    const first = await Promise.race(ended)
    expect(first.code).toBe(0)
    await expect.poll(startsIn, { timeout: 30_000 }).toBe(before + 1)
    expect(both[1 - first.at]!.exitCode).toBeNull()
    const profiles = readdirSync(desk.installed.folder).filter((name) => name.includes('watchpost.json'))
    expect(profiles).toEqual(['hq.watchpost.json'])
  } finally {
    for (const child of both) child.kill('SIGKILL')
  }
})

test('a second start ends before it reads, mends or writes anything', async () => {
  desk = await openDesk({ simulator: quiet })
  const file = path.join(desk.installed.dataFolder, 'sites/annex.watchpost.json')
  const good = { version: 1, id: randomUUID(), name: 'Annex', gateway: ['https://annex.example'] }
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.bak1`, JSON.stringify(good))
  writeFileSync(file, '{"version": 1, "name": "Annex", "gat')
  const { executable, args, env, cwd } = desk.installed.command
  const second = spawn(executable, [...args, '--profile', '/no/such.watchpost.json'], { env, cwd, stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  const annex = readdirSync(path.dirname(file)).filter((name) => name.startsWith('annex'))
  expect(annex.sort()).toEqual(['annex.watchpost.json', 'annex.watchpost.json.bak1'])
  expect(readFileSync(file, 'utf8')).toContain('"gat')
  expect(desk.installed.log()).not.toContain('such.watchpost.json')
})

test('a damaged profile is shown by its name with what is wrong, and the other site works', async () => {
  desk = await openDesk({
    simulator: quiet,
    profile: { name: 'Quay' },
    prepare(folder) {
      const file = path.join(folder, 'Annex.watchpost.json')
      writeFileSync(file, '{"version": 1, "name": "Annex", "gat')
      return ['--profile', file]
    },
  })
  const annex = desk.page.getByRole('option', { name: /Annex/ })
  await annex.click()
  await expect(desk.page.getByText(/The file .*Annex\.watchpost\.json cannot be used: .+/).first()).toBeVisible()
  await desk.page.getByRole('option', { name: /Quay/ }).click()
  await desk.signIn()
  await opened(desk)
})

test('an environment that switches certificate checks off changes nothing: an impostor gets not one byte', async () => {
  desk = await openDesk({
    simulator: quiet,
    profile: { sha256: 'ab'.repeat(32) },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  })
  await desk.signIn()
  await expect(desk.page.getByText(/not the one that was trusted|certificate .* changed/i).first()).toBeVisible()
  expect(desk.simulator.state().applicationBytes).toBe(0)
  expect(desk.simulator.state().loginsTried).toBe(0)
  const left = await desk.app.evaluate(() => process.env.NODE_TLS_REJECT_UNAUTHORIZED)
  expect(left).toBeUndefined()
})
