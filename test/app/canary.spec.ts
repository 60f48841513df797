import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { leaksBelow, leaksIn, writtenForms } from '../support/leaks.ts'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'
import { recordMessages } from './record-messages.ts'
import { allLive, attachAnew, sessionsAre } from './tiles.ts'

/** A whole day at work with a password that stands out, and one typed wrong: neither is anywhere afterwards. */
const password = 'Kanarienvögel/"singen"+19 & «leise»?'
const mistyped = 'Kanarienvögel/"fliegen"+20 & «laut»?'
const secrets = [password, mistyped]

let desk: Desk
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  await desk.close()
})

test('no password and no token is left in a file, a log, a message or a console, whatever happened to the page', async () => {
  // A dead page cannot hang up, so main does; of the simulated versions this one lets it.
  desk = await openDesk({ simulator: { profile: '25.2', password } })
  const { installed, app } = desk
  // The first page has asked for its sites before anything is recorded.
  await expect(desk.page.getByLabel('Password', { exact: true })).toBeVisible()
  const messages = path.join(installed.folder, 'messages.txt')
  await recordMessages(desk, messages)
  const printed: string[] = []
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString('latin1')))

  await desk.page.getByLabel('Password', { exact: true }).fill(mistyped)
  await desk.page.getByRole('button', { name: 'Sign in' }).click()
  await expect(desk.page.getByText('The user name or the password is wrong.')).toBeVisible()
  await desk.signIn()
  await allLive(desk.page, 9)

  await desk.page.evaluate(() => Object.assign(window, { isOld: true }))
  await desk.page.evaluate(() => location.reload())
  await desk.page.waitForFunction(() => !('isOld' in window))
  await allLive(desk.page, 9)

  const pageProcess = () =>
    app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      return webContents.isCrashed() || webContents.isLoading() ? 0 : webContents.getOSProcessId()
    })
  const pid = await pageProcess()
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => [0, pid].includes(await pageProcess())).toBe(false)
  const { page, detach } = await attachAnew(desk)
  page.on('console', (message) => desk.console.push(message.text()))
  await allLive(page, 9)

  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  await sessionsAre(desk, 0)
  await detach()
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ app }) => app.quit())
  expect(await ended).toBe(0)

  // The record is one of the whole run, and of both directions.
  const recorded = readFileSync(messages, 'utf8')
  expect(recorded).toContain('["answer","signIn",{"ok":false,"failure":{"kind":"wrong-password"')
  for (const line of ['["answer","signIn",{"ok":true', '["answer","signOut",{"ok":true', '["event:siteChanged",{'])
    expect(recorded).toContain(line)
  // Of the page loaded anew, and of the one after the crash.
  expect(recorded.match(/\["answer","listSites",/g)).toHaveLength(2)
  expect(installed.log()).toContain('the page died (killed): reload')
  expect(desk.simulator.state().loginsTried).toBe(2)

  // What is looked for would be found, in each of its forms.
  const planted = path.join(installed.dataFolder, 'planted')
  const jwt = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.`
  for (const [form, written] of [
    ...Object.entries(writtenForms(password)),
    ['token', jwt] as const,
    ['base64 0', Buffer.from(`${password} more`).toString('base64')] as const,
    ['base64 2', Buffer.from(`up${password}more`).toString('base64')] as const,
    ['base64 1', Buffer.from(`user${password}`).toString('base64')] as const,
  ]) {
    writeFileSync(planted, `before ${written} after`, 'latin1')
    expect(leaksBelow(installed.folder, secrets), form).toContain(`${planted}: ${form}`)
  }
  rmSync(planted)

  expect(leaksBelow(installed.folder, secrets)).toEqual([])
  expect(leaksIn(Buffer.from([...desk.console, ...printed].join('\n')).toString('latin1'), secrets)).toEqual([])
})
