import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { CameraSequences, SequenceSearch } from '../../../src-preload/contract/models/sequence.ts'
import { useSteppedSequences } from '../../../src-renderer/stores/stepped-sequences.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'

const HOUR_MS = 3_600_000
const T0 = Date.parse('2026-11-20T00:00:00Z')
const nowMs = T0 + 100.4 * HOUR_MS
const gate = { siteId: 'north' as SiteId, cameraId: 'gate' as CameraId }
const yard = { ...gate, cameraId: 'yard' as CameraId }
const at = (hours: number): number => T0 + hours * HOUR_MS
const iso = (hours: number): string => new Date(at(hours)).toISOString()
const hours = (from: number, to: number) => ({ beginMs: at(from), endMs: at(to) })

interface Asked {
  wish: SequenceSearch
  answer: (found: Partial<CameraSequences>) => Promise<void>
  fail: () => Promise<void>
}
let asked: Asked[]
let store: ReturnType<typeof useSteppedSequences>
const settled = () => new Promise((resolve) => setTimeout(resolve))
beforeEach(() => {
  asked = []
  const bridge = new FakeBridge({
    listSequences(wish) {
      const { promise, resolve, reject } = pending<CameraSequences>()
      const known = { begin: wish.from, end: wish.to }
      asked.push({
        wish,
        async answer(found) {
          resolve({ source: 'recorder', known, recordings: [], motion: null, stepSeconds: 3600, ...found })
          await settled()
        },
        async fail() {
          reject(new Error('no answer'))
          await settled()
        },
      })
      return promise
    },
  })
  vi.stubGlobal('window', { bridge })
  setActivePinia(createPinia())
  store = useSteppedSequences()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const questions = () =>
  asked.map(({ wish: { camera, from, to, stepSeconds } }) => [
    camera.cameraId,
    (Date.parse(from) - T0) / HOUR_MS,
    (Date.parse(to) - T0) / HOUR_MS,
    stepSeconds,
  ])
const want = (from: number, to: number, cameras = [gate]): void => store.want(cameras, hours(from, to), HOUR_MS, nowMs)

describe('recordings in steps', () => {
  it('are asked for in whole steps up to the last that is over, and kept', async () => {
    want(10.5, 200)
    expect(questions()).toEqual([['gate', 10, 100, 3600]])
    await asked[0]!.answer({ recordings: [{ begin: iso(20), end: iso(22) }] })
    want(30, 60)
    expect([store.of(gate, HOUR_MS), asked.length]).toEqual([
      { known: [hours(10, 100)], recordings: [hours(20, 22)], isStepped: true },
      1,
    ])
  })

  it('are asked for where they are not known or being asked for, and by each step anew', async () => {
    want(10, 20)
    want(5, 25)
    expect(questions()).toEqual([
      ['gate', 10, 20, 3600],
      ['gate', 5, 10, 3600],
    ])
    await asked[0]!.answer({})
    await asked[1]!.answer({})
    expect(questions()[2]).toEqual(['gate', 20, 25, 3600])
    await asked[2]!.answer({})
    store.want([gate], hours(6, 18), 6 * HOUR_MS, nowMs)
    expect(questions()[3]).toEqual(['gate', 6, 18, 21_600])
  })

  it('of a view that was passed by are not asked for any more', async () => {
    want(0, 10, [gate, yard])
    for (const from of [20, 40, 60]) want(from, from + 10, [gate, yard])
    await asked[0]!.answer({})
    await asked[1]!.answer({})
    expect(questions()).toEqual([
      ['gate', 0, 10, 3600],
      ['yard', 0, 10, 3600],
      ['gate', 60, 70, 3600],
      ['yard', 60, 70, 3600],
    ])
  })

  it('that are told one by one are not called stepped', async () => {
    want(0, 10)
    const { wish } = asked[0]!
    expect(wish.stepSeconds).toBe(3600)
    await asked[0]!.answer({ stepSeconds: undefined! })
    expect(store.of(gate, HOUR_MS).isStepped).toBe(false)
  })

  it('are not asked for at once where nobody answered', async () => {
    want(0, 10)
    await asked[0]!.fail()
    want(0, 10)
    expect([asked.length, store.of(gate, HOUR_MS).known]).toEqual([1, []])
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 16_000)
    want(0, 10)
    expect(asked.length).toBe(2)
  })
})
