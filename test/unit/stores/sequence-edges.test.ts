// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Input } from '../../../src-preload/contract/calls.ts'
import { useSequences } from '../../../src-renderer/stores/sequences.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'

const DAY_MS = 86_400_000
const nowMs = Date.parse('2026-11-26T14:00:00Z')
const day = (before: number): string => new Date(nowMs - before * DAY_MS).toISOString()

/** A recorder that has these recordings, days before now, and gives those that touch what is asked for. */
function recorder(...recordings: [from: number, to: number][]) {
  const asked: Input<'listSequences'>[] = []
  const all = recordings.map(([from, to]) => ({ begin: day(from), end: day(to) }))
  const bridge = new FakeBridge({
    async listSequences(wish) {
      asked.push(wish)
      const touching = all.filter(({ begin, end }) => begin < wish.to && end > wish.from)
      return { source: 'recorder', known: { begin: wish.from, end: wish.to }, recordings: touching, motion: [] }
    },
  })
  usePage(bridge)
  return asked
}

describe('the edges of what is recorded', () => {
  it('begin where the first recording of a year begins, and nothing newer is asked for than is needed', async () => {
    const asked = recorder([20, 19.5], [8, 2], [0.5, 0.25])
    expect(await useSequences().edgeOf(cameraRef(1), 'begin', nowMs)).toBe(nowMs - 20 * DAY_MS)
    expect(asked.map(({ to }) => to)).toEqual([day(92), day(31), day(7)])
  })

  it('end where the last one ends, which may be days ago', async () => {
    const asked = recorder([20, 19.5], [8, 2])
    expect(await useSequences().edgeOf(cameraRef(1), 'end', nowMs)).toBe(nowMs - 2 * DAY_MS)
    expect(asked.map(({ from }) => from)).toEqual([day(1), day(7)])
  })

  it('are not asked for twice', async () => {
    const asked = recorder([20, 19.5])
    const sequences = useSequences()
    await sequences.edgeOf(cameraRef(1), 'begin', nowMs)
    const before = asked.length
    expect(await sequences.edgeOf(cameraRef(1), 'begin', nowMs)).toBe(nowMs - 20 * DAY_MS)
    expect(asked).toHaveLength(before)
  })

  it('are nowhere where nothing is recorded', async () => {
    recorder()
    expect(await useSequences().edgeOf(cameraRef(1), 'end', nowMs)).toBeNull()
  })

  it('that the recorder was not asked about are not made up', async () => {
    usePage(new FakeBridge())
    await expect(useSequences().edgeOf(cameraRef(1), 'begin', nowMs)).rejects.toThrow()
  })
})
