import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KilledServer, killManyTimes, startChild } from './support/killing.ts'

/** security.md 6, R01 asks for 200, which takes some minutes: `npm run bench -- kills` tries so many. */
const KILLS = 12

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'kill-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('a program that is killed', () => {
  it(`at any moment, ${KILLS} times, loses nothing that was accepted and does nothing twice`, async () => {
    const { accepted, lost, twice, notDone, unready, trail } = await killManyTimes(folder, KILLS)
    expect({ lost, twice, notDone, unready }).toEqual({ lost: [], twice: [], notDone: [], unready: 0 })
    expect(accepted).toBeGreaterThan(KILLS)
    expect([trail.damaged, trail.lines > accepted]).toEqual([[], true])
  }, 120_000)
})

describe('a second start', () => {
  it('touches nothing while the first one runs, and has it all once that is gone, however it went', async () => {
    const server = new KilledServer()
    const first = await startChild(server, folder)
    expect(first.readyMs).toBeDefined()
    const before = readdirSync(folder)
    const second = await startChild(server, folder)
    expect(second.readyMs).toBeUndefined()
    await second.over
    expect(readdirSync(folder)).toEqual(before)
    first.child.kill('SIGKILL')
    await first.over
    const third = await startChild(server, folder)
    expect(third.readyMs).toBeDefined()
    third.child.kill('SIGKILL')
    await third.over
  })
})
