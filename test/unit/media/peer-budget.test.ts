import { afterEach, describe, expect, it, vi } from 'vitest'
import { PeerBudget, reclaimMemory } from '../../../src-renderer/media/peer-budget.ts'

/** An engine that refuses new peers once so many closed ones have not been collected, as Chromium does at 500. */
function engine(limit: number, { collects = true } = {}) {
  const swept: boolean[] = []
  const told: string[] = []
  let uncollected = 0
  const budget = new PeerBudget({
    newPeer() {
      if (uncollected >= limit) throw new DOMException('Cannot create so many PeerConnections', 'UnknownError')
      uncollected++
      return { close() {} } as RTCPeerConnection
    },
    onExhausted: () => told.push('exhausted'),
    reclaim(thorough) {
      swept.push(thorough)
      if (collects) uncollected = 0
    },
  })
  return { budget, swept, told }
}

afterEach(() => vi.unstubAllGlobals())

describe('the budget of peers', () => {
  it('counts every one ever made and those still open', () => {
    const { budget } = engine(500)
    budget.close(budget.take([]))
    budget.take([])
    expect(budget.counts).toEqual({ made: 2, open: 1 })
  })

  it('has closed ones collected every hundred, so that the wall is never reached', () => {
    const { budget, swept, told } = engine(500)
    for (let count = 0; count < 2000; count++) budget.close(budget.take([]))
    expect({ ...budget.counts, sweeps: swept.length, told }).toEqual({ made: 2000, open: 0, sweeps: 20, told: [] })
  })

  it('has them collected in a quiet moment too, if there is anything to collect', () => {
    const { budget, swept } = engine(500)
    budget.tidy()
    budget.close(budget.take([]))
    budget.tidy()
    budget.tidy()
    expect(swept).toEqual([false])
  })

  it('collects thoroughly and tries once more when the engine refuses', () => {
    const { budget, swept } = engine(50)
    for (let count = 0; count < 51; count++) budget.take([])
    expect([budget.counts.made, swept]).toEqual([51, [true]])
  })

  it('asks for a new page when even that does not help', () => {
    const { budget, told } = engine(3, { collects: false })
    for (let count = 0; count < 3; count++) budget.take([])
    expect(() => budget.take([])).toThrow('bug')
    expect([told, budget.counts]).toEqual([['exhausted'], { made: 3, open: 3 }])
  })

  it('collects by the door of V8 where it is open, without holding the page unless it must', () => {
    const gc = vi.fn()
    vi.stubGlobal('gc', gc)
    reclaimMemory(false)
    reclaimMemory(true)
    expect(gc.mock.calls).toEqual([[{ type: 'major', execution: 'async' }], [{ type: 'major', execution: 'sync' }]])
  })
})
