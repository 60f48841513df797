// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { FarSteps } from '../../../src-renderer/screens/playback/useFarSteps.ts'
import { useTransport } from '../../../src-renderer/screens/playback/useTransport.ts'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import { FakeBridge, pending } from '../support/fake-bridge.ts'
import { fakePlaying, onPage } from './support.ts'

const nowMs = Date.parse('2026-11-26T14:00:00Z')
const nowhere = async () => null

function transport(far: Partial<FarSteps> = {}) {
  const { playing, did, become } = fakePlaying(nowMs - 60_000)
  const clock = { nowMs }
  const { used, wrapper } = onPage(new FakeBridge(), () =>
    useTransport(playing, {
      nextAfter: () => null,
      previousBefore: () => null,
      far: { begin: nowhere, end: nowhere, previousBookmark: nowhere, nextBookmark: nowhere, ...far },
      serverNow: () => clock.nowMs,
    }),
  )
  return { transport: used, did, become, clock, wrapper }
}

describe('following live', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('plays a few seconds behind at the speed of life', () => {
    const { transport: one, did } = transport()
    one.setSpeed(4)
    one.toggleFollow()
    expect(did).toEqual(['speed 4', 'speed 1', `seek ${nowMs - 5_000}`, 'play'])
    expect([one.isFollowing.value, usePlayback().speed]).toEqual([true, 1])
  })

  it('catches up where it has fallen behind, and not before the last seek is on the screen', () => {
    const { transport: one, did, become, clock } = transport()
    one.toggleFollow()
    did.length = 0
    become({ isSeeking: true })
    clock.nowMs += 20_000
    vi.advanceTimersByTime(2_000)
    expect(did).toEqual([])
    become({ isSeeking: false })
    vi.advanceTimersByTime(1_000)
    expect(did).toEqual([`seek ${clock.nowMs - 5_000}`])
  })

  it.each([
    ['a jump', (one: ReturnType<typeof transport>['transport']) => one.jump(-10_000)],
    ['a pause', (one: ReturnType<typeof transport>['transport']) => one.toggle()],
    ['another speed', (one: ReturnType<typeof transport>['transport']) => one.faster()],
    ['a seek', (one: ReturnType<typeof transport>['transport']) => one.seek(nowMs - 3_600_000)],
    ['the same again', (one: ReturnType<typeof transport>['transport']) => one.toggleFollow()],
  ])('ends with %s', (_, act) => {
    const { transport: one, did, clock } = transport()
    one.toggleFollow()
    act(one)
    expect(one.isFollowing.value).toBe(false)
    did.length = 0
    clock.nowMs += 60_000
    vi.advanceTimersByTime(5_000)
    expect(did).toEqual([])
  })
})

describe('a step whose end has to be looked for', () => {
  it('says so, and goes there once it is found', async () => {
    const found = pending<number>()
    const { transport: one, did } = transport({ begin: () => found.promise })
    const going = one.goFar('begin')
    expect(one.said.value).toBe('Looking for it')
    found.resolve(5)
    await going
    expect([one.said.value, did]).toEqual(['', ['seek 5']])
  })

  it('that leads nowhere says so and stays, until something else is asked for', async () => {
    const { transport: one, did } = transport()
    await one.goFar('nextBookmark')
    expect([one.said.value, did]).toEqual(['No later bookmark of these cameras.', []])
    one.jump(1_000)
    await nextTick()
    expect(one.said.value).toBe('')
  })

  it('is given up where something else is asked for meanwhile', async () => {
    const found = pending<number>()
    const { transport: one, did } = transport({ end: () => found.promise })
    const going = one.goFar('end')
    one.seek(7)
    found.resolve(5)
    await going
    expect(did).toEqual(['seek 7'])
  })

  it('that could not be looked for throws why, and does not go on saying that it is looked for', async () => {
    const { transport: one } = transport({ end: () => Promise.reject(new Error('away')) })
    await expect(one.goFar('end')).rejects.toThrow('away')
    expect(one.said.value).toBe('')
  })
})
