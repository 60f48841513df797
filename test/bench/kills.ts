import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { killManyTimes } from '../unit/journal/support/killing.ts'
import { atMost, shown, type Bench } from './figure.ts'

const KILLS = 200

/** security.md 6, R01: a program that asks for one thing after the other, killed again and again at some moment or other. */
export const killsBench: Bench = {
  name: 'kills',
  what: `${KILLS} kills at some moment while commands are under way, a third of the replies lost`,
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'kills-'))
    try {
      const { accepted, lost, twice, notDone, unready, readyMs } = await killManyTimes(folder, KILLS)
      return [
        atMost(`${KILLS} kills: commands that were accepted and are lost`, lost.length, '', 0),
        atMost(`${KILLS} kills: commands that were done twice`, twice.length, '', 0),
        atMost(`${KILLS} kills: commands that are not done in the end`, notDone.length, '', 0),
        atMost(`${KILLS} kills: starts that could not open the journal`, unready, '', 0),
        atMost(`${KILLS} kills: from a start to its journal, the longest`, Math.max(...readyMs), 'ms', 1_000),
        shown(`${KILLS} kills: commands accepted`, accepted, ''),
      ]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
