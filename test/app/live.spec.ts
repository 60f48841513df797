import { expect, test } from '@playwright/test'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'
import { allLive, attachAnew, framesDecoded, sessionsAre } from './tiles.ts'

let desk: Desk
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  // Whatever was tried, the password never reaches the log.
  expect(desk.installed.log()).not.toContain(desk.simulator.password)
  await desk.close()
})

test('nine cameras play in real Electron; where no tray is drawn, closing the window ends the app and every session', async () => {
  desk = await openDesk({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } })
  await desk.signIn()
  await allLive(desk.page, 9)
  const before = await framesDecoded(desk.page)
  await expect
    .poll(async () => (await framesDecoded(desk.page)).every((count, tile) => count > (before[tile] ?? 0) + 15))
    .toBe(true)
  await sessionsAre(desk, 9)
  expect(desk.console.filter((line) => line.startsWith('error'))).toEqual([])

  const ended = new Promise((resolve) => desk.app.process().once('exit', resolve))
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
  expect(await ended).toBe(0)
  await sessionsAre(desk, 0)
})

test('a page that loads itself anew shows its cameras again and leaves no session behind', async () => {
  desk = await openDesk()
  await desk.signIn()
  await allLive(desk.page, 9)
  const old = desk.simulator.state().sessions.map(({ id }) => id)
  await desk.page.evaluate(() => Object.assign(window, { isOld: true }))
  await desk.page.evaluate(() => location.reload())
  await desk.page.waitForFunction(() => !('isOld' in window))
  await allLive(desk.page, 9)
  await sessionsAre(desk, 9)
  expect(desk.simulator.state().sessions.filter(({ id }) => old.includes(id))).toEqual([])
  expect(desk.simulator.state().loginsTried).toBe(1)
})

test('a renderer that is killed is replaced within ten seconds, signed in, its cameras live', async () => {
  // A dead page cannot hang up, so main does; of the simulated versions this one lets it.
  desk = await openDesk({ simulator: { profile: '25.2' } })
  await desk.signIn()
  await allLive(desk.page, 9)
  const pid = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  )
  const killedMs = Date.now()
  process.kill(pid, 'SIGKILL')
  await expect
    .poll(() =>
      desk.app.evaluate(({ BrowserWindow }) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!
        return webContents.isCrashed() || webContents.isLoading() ? 0 : webContents.getOSProcessId()
      }),
    )
    .not.toBe(pid)
  const { page, detach } = await attachAnew(desk)
  await allLive(page, 9)
  expect(Date.now() - killedMs).toBeLessThan(10_000)
  await sessionsAre(desk, 9)
  expect(desk.simulator.state().loginsTried).toBe(1)
  expect(desk.installed.log()).toContain('the page died (killed): reload')
  await detach()
})

test('a server that has gone silent does not keep the app from ending', async () => {
  desk = await openDesk()
  await desk.signIn()
  await allLive(desk.page, 9)
  desk.simulator.addFault({ kind: 'path', path: '/*', answer: { status: 200, body: 'hang' } })
  const ended = new Promise((resolve) => desk.app.process().once('exit', resolve))
  const askedMs = Date.now()
  await desk.app.evaluate(({ app }) => app.quit())
  expect(await ended).toBe(0)
  expect(Date.now() - askedMs).toBeLessThan(8_000)
})
