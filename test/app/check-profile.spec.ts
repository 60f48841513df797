import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { installApp, type InstalledApp } from '../support/app.ts'

/** The installed program as an administrator's tool: it prints and ends, on a computer without a screen too. */
let installed: InstalledApp
test.beforeEach(async () => {
  installed = await installApp()
})
test.afterEach(() => installed.remove())

async function run(...words: string[]): Promise<{ code: number | null; text: string }> {
  const { executable, args, cwd, env } = installed.command
  const blind = { ...env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
  const child = spawn(executable, [...args, ...words], { cwd, env: blind, stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}
const profile = (name: string, content: object): string => {
  const file = path.join(installed.folder, `${name}.watchpost.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

test('a profile is checked without a window, and nothing is left behind', async () => {
  const least = { version: 1, id: '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01', name: 'North' }
  const good = profile('good', { ...least, gateway: ['https://gateway.example'] })
  const bad = profile('bad', { ...least, gateway: ['http://hunter2.example'] })
  expect(await run('--check-profile', good)).toMatchObject({
    code: 0,
    text: expect.stringContaining(`${good}: good: North`),
  })
  expect(await run(`--check-profile=${bad}`)).toEqual({
    code: 1,
    text: `${bad}: NOT usable: gateway > 0: must be https://host or https://host:port\n`,
  })
  expect(await run('--check-profile')).toMatchObject({ code: 2, text: expect.stringContaining('Usage:') })
  expect(existsSync(path.join(installed.dataFolder, 'logs'))).toBe(false)
})
