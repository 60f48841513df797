import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { _electron, expect, test } from '@playwright/test'
import { pinned } from '../support/profile-file.ts'
import { startSessionBus, type SessionBus } from '../support/session-bus.ts'
import { keepEvidence, openDesk, type Desk, type DeskWish } from './fixture.ts'
import { chooseInTray, clickTray, traySight, watchTray } from './tray-hand.ts'

/** Life in the tray, the window closed. Somebody draws trays here: a name on the bus of the session says so. */
let bus: SessionBus
let desk: Desk
test.beforeAll(async () => {
  bus = await startSessionBus()
  await bus.own('org.kde.StatusNotifierWatcher')
})
test.afterAll(() => bus.stop())
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  await desk.close()
})

const NAME = 'Northgate Works'

/** A desk whose site names two cameras for the tray, signed in, its window closed. */
async function openInTray(wish: DeskWish = {}): Promise<void> {
  desk = await openDesk({
    simulator: { media: null },
    env: { DBUS_SESSION_BUS_ADDRESS: bus.address },
    profile: ({ site, gateway, sha256, recorders }) => ({
      fields: {
        recorders: recorders.map(({ origin }) => origin),
        trust: pinned([{ origin: gateway, sha256 }, ...recorders]),
        tray: { cameras: site.cameras.slice(0, 2).map(({ id }) => id) },
      },
    }),
    ...wish,
  })
  await watchTray(desk)
  await desk.signIn()
  await expect(desk.page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  await expect.poll(async () => (await traySight(desk)).menu).toContain(`${NAME}/Sign out`)
  await closeWindow()
}

async function closeWindow(): Promise<void> {
  const closed = desk.page.waitForEvent('close')
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
  await closed
}

const quick = (): string[] => desk.simulator.site.cameras.slice(0, 2).map(({ name }) => name)
const windows = () => desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
const tooltip = () => expect.poll(async () => (await traySight(desk)).tooltip)
const titles = () => expect.poll(async () => (await traySight(desk)).notices.map(({ title }) => title))
const starts = () => desk.simulator.state().commands.filter(({ command }) => command === 'StartManualRecording')
const running = () => desk.simulator.state().recordings.filter(({ endedAt }) => endedAt === null)

test('with the window closed, one click records, and tooltip and notice say so once the server has confirmed', async () => {
  await openInTray()
  expect(await windows()).toBe(0)
  expect(running()).toEqual([])
  await clickTray(desk)
  await tooltip().toMatch(/^Watchpost: REC 2 cameras, \d\d:\d\d left$/)
  expect(running().map(({ camera }) => camera.name)).toEqual(expect.arrayContaining(quick()))
  for (const name of quick()) await titles().toContainEqual(expect.stringMatching(`^Recording: .*${name}`))
  await expect
    .poll(async () => (await traySight(desk)).menu)
    .toEqual(expect.arrayContaining(quick().map((name) => expect.stringMatching(`^${NAME}/Stop ${name} \\(REC`))))

  for (const name of quick()) await chooseInTray(desk, `${NAME}/Stop ${name}`)
  await tooltip().toBe('Watchpost: nothing is recorded')
  expect(running()).toEqual([])
  for (const name of quick()) await titles().toContainEqual(expect.stringMatching(`^Recording ended: .*${name}`))
  expect(desk.simulator.state().loginsTried).toBe(1)
})

test('twenty clicks are one command for each camera', async () => {
  await openInTray()
  await clickTray(desk, 20)
  await tooltip().toContain('REC 2 cameras')
  expect(starts()).toHaveLength(2)
  expect(desk.simulator.state().duplicates.commands).toEqual([])
})

test('a bookmark from the menu is told of when the server has one at each camera', async () => {
  await openInTray()
  await chooseInTray(desk, 'Bookmark now')
  for (const name of quick()) await titles().toContainEqual(expect.stringMatching(`^Bookmarked: .*${name}`))
  expect(desk.simulator.state().bookmarks).toBe(2)
})

test('while the server is away a click says NOT recording, and nothing says that it records', async () => {
  await openInTray()
  await desk.simulator.act({ do: 'stop' })
  await clickTray(desk, 20)
  await titles().toContainEqual(expect.stringMatching(/^NOT recording: /))
  const { tooltip: said, notices } = await traySight(desk)
  expect(said).not.toContain('REC')
  expect(notices.filter(({ title }) => title.startsWith('Recording'))).toEqual([])
})

test('while the site is blocked by another certificate a click says NOT recording and not a byte leaves', async () => {
  await openInTray()
  await desk.simulator.act({ do: 'swap-certificate', cutConnections: true })
  await expect.poll(async () => (await traySight(desk)).menu.join()).toContain('certificate')
  const { applicationBytes } = desk.simulator.state()
  await clickTray(desk, 20)
  await titles().toContainEqual(`NOT recording: ${quick().join(', ')}`)
  const { tooltip: said, notices } = await traySight(desk)
  expect(said).not.toContain('REC')
  expect(notices.filter(({ title }) => title.startsWith('Recording'))).toEqual([])
  expect(starts()).toEqual([])
  expect(desk.simulator.state().applicationBytes).toBe(applicationBytes)
})

test('where nobody is signed in a click says NOT recording and asks the server nothing', async () => {
  await openInTray()
  await chooseInTray(desk, `${NAME}/Sign out`)
  await expect.poll(async () => (await traySight(desk)).menu).toContain(`${NAME}: nobody is signed in`)
  await clickTray(desk)
  await expect
    .poll(async () => (await traySight(desk)).notices)
    .toContainEqual({ title: `NOT recording: ${quick().join(', ')}`, body: `${NAME}: nobody is signed in` })
  expect(starts()).toEqual([])
})

test('the menu opens the window again, still signed in; so does a second start, and neither starts twice', async () => {
  await openInTray()
  const [first] = await Promise.all([desk.app.waitForEvent('window'), chooseInTray(desk, 'Open Watchpost')])
  await expect(first.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  desk.page = first
  await closeWindow()
  const { executable, args, env, cwd } = desk.installed.command
  const [second] = await Promise.all([
    desk.app.waitForEvent('window'),
    once(spawn(executable, args, { env, cwd, stdio: 'ignore' }), 'exit'),
  ])
  await expect(second.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  desk.page = second
  expect(await windows()).toBe(1)
  expect(desk.simulator.state().loginsTried).toBe(1)
})

test('Quit ends the program with a recording under way, which the server goes on with', async () => {
  await openInTray()
  await clickTray(desk)
  await tooltip().toContain('REC 2 cameras')
  const ended = new Promise((resolve) => desk.app.process().once('exit', resolve))
  await chooseInTray(desk, 'Quit')
  expect(await ended).toBe(0)
  expect(running()).toHaveLength(2)

  await desk.startAgain()
  await watchTray(desk)
  await desk.signIn()
  await tooltip().toContain('REC 2 cameras')
})

test('the recording key is this program’s until another is chosen; one that another program has is told of', async () => {
  await openInTray()
  const isOurs = (keys: string) =>
    desk.app.evaluate(({ globalShortcut }, name) => globalShortcut.isRegistered(name), keys)
  expect(await isOurs('Ctrl+Alt+R')).toBe(true)
  await chooseInTray(desk, 'Recording key/Ctrl+Shift+F9')
  await expect.poll(() => isOurs('Ctrl+Shift+F9')).toBe(true)
  expect(await isOurs('Ctrl+Alt+R')).toBe(false)
  await chooseInTray(desk, 'Recording key/Ctrl+Alt+R')
  await expect.poll(() => isOurs('Ctrl+Alt+R')).toBe(true)

  // Another program: this one once more, with data of its own, at the same screen.
  const other = await openDesk({ simulator: { media: null }, env: { DBUS_SESSION_BUS_ADDRESS: bus.address } })
  await expect.poll(() => other.installed.log()).toContain('the recording key Ctrl+Alt+R is taken by another program')
  await other.close()
})

test('started hidden it has no window until a second start', async () => {
  desk = await openDesk({ simulator: { media: null }, env: { DBUS_SESSION_BUS_ADDRESS: bus.address } })
  await desk.app.close()
  const { executable, args, env, cwd } = desk.installed.command
  const how = { executablePath: executable, env, cwd, chromiumSandbox: true, timeout: 60_000 }
  desk.app = await _electron.launch({ ...how, args: [...args, '--hidden'] })
  await expect
    .poll(() => desk.app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Ctrl+Alt+R')))
    .toBe(true)
  expect(await windows()).toBe(0)
  const [page] = await Promise.all([
    desk.app.waitForEvent('window'),
    once(spawn(executable, args, { env, cwd, stdio: 'ignore' }), 'exit'),
  ])
  desk.page = page
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
})

test('starting at log-on is a line of the menu, and writes what the desktop reads', async () => {
  await openInTray()
  const file = await desk.app.evaluate(({ app }) => `${app.getPath('appData')}/autostart/watchpost.desktop`)
  expect(existsSync(file)).toBe(false)
  await chooseInTray(desk, 'Start at log-on')
  await expect.poll(() => existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toMatch(/^Exec=.* "--hidden"$/m)
  await chooseInTray(desk, 'Start at log-on')
  await expect.poll(() => existsSync(file)).toBe(false)
})
