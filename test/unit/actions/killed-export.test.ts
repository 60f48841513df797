import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { FromExporting } from './exporting-child.ts'
import { exportingMain, order } from './exporting-main.ts'

it('a program that is killed during an export says at its next start what is left of it, and leaves no half file', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'killed-export-'))
  const child = fork(path.join(import.meta.dirname, 'exporting-child.ts'), { execArgv: [] })
  child.send(folder)
  const [said] = (await once(child, 'message')) as [FromExporting]
  expect(said).toBe('half')
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
  const place = path.join(folder, 'pictures', 'Watchpost')
  const [copy] = readdirSync(place)
  const into = path.join(place, copy!)
  expect(readdirSync(into).filter((name) => name.endsWith('.part'))).toHaveLength(1)

  const { ask, services } = await exportingMain(folder)
  const [one, ...more] = await ask('listBrokenExports')
  expect([one, more]).toMatchObject([{ folder: into, complete: 1, missing: [order.cameras[1]], problem: null }, []])
  expect(
    readdirSync(into)
      .map((name) => name.split('viewing copy').at(-1))
      .sort(),
  ).toEqual(['.mp4', '.mp4.json', 'manifest.json'])
  const { lines } = await ask('listAudit', { filter: { text: 'broken off' }, before: null, count: 5 })
  expect(lines.map(({ what, outcome }) => `${what}: ${outcome}`)).toEqual([
    'export-cancelled: broken off: 1 of 2 cameras complete',
  ])
  await ask('dismissBrokenExport', { id: one!.id })
  expect([await ask('listBrokenExports'), readdirSync(path.join(folder, 'data', 'exports'))]).toEqual([[], []])
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})
