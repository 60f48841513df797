import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { installApp, type InstalledApp } from '../support/app.ts'
import { keepEvidence, openDesk } from './fixture.ts'

async function run({ command }: InstalledApp, ...words: string[]): Promise<{ code: number | null; complaint: string }> {
  const { executable, args, cwd, env } = command
  const child = spawn(executable, [...args, ...words], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, complaint }
}

test('a capture that is not told clearly ends in one sentence, before there is a window', async () => {
  const installed = await installApp()
  expect(await run(installed, '--capture')).toMatchObject({
    code: 2,
    complaint: expect.stringContaining('--capture needs the folder to write into: --capture FOLDER.\n'),
  })
  expect(await run(installed, '--capture', installed.folder, '--probe', 'bookmrak')).toMatchObject({
    code: 2,
    complaint: expect.stringContaining('--probe bookmrak is not known. Known are bookmark-search, '),
  })
  expect(existsSync(path.join(installed.dataFolder, 'logs'))).toBe(false)
  installed.remove()
})

test('a capture told at the start is made once somebody signs in, and a second start cannot tell one', async ({}, info) => {
  const desk = await openDesk({
    simulator: { media: null },
    prepare: (folder) => ['--capture', path.join(folder, 'facts')],
  })
  const { installed } = desk
  const facts = path.join(installed.folder, 'facts')
  try {
    expect(await run(installed)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('Watchpost runs already'),
    })
    expect(existsSync(facts)).toBe(false)
    await desk.signIn()
    await expect.poll(() => installed.log()).toContain(`files into ${facts}`)
    expect(readdirSync(facts)).toContain('index.md')
  } finally {
    await keepEvidence(desk, info)
    await desk.close()
  }
})

test('a capture can be asked for in the menu that Alt shows', async ({}, info) => {
  const desk = await openDesk({ simulator: { media: null } })
  try {
    await expect(desk.page.getByLabel('Password', { exact: true })).toBeVisible() // before that nobody hears the menu
    const menu = await desk.app.evaluate(({ BrowserWindow, Menu }) => {
      const window = BrowserWindow.getAllWindows()[0]!
      const entries = Menu.getApplicationMenu()!.items.flatMap(({ submenu }) => submenu?.items ?? [])
      entries.find(({ label }) => label === 'Capture server facts…')?.click(undefined, window, undefined)
      return { showsOnAlt: window.isMenuBarAutoHide(), isShown: window.isMenuBarVisible() }
    })
    expect(menu).toEqual({ showsOnAlt: true, isShown: false })
    await expect(desk.page.getByRole('dialog')).toContainText('Nobody is signed in at any site.')
  } finally {
    await keepEvidence(desk, info)
    await desk.close()
  }
})
