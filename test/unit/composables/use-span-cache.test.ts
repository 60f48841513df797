import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { useSpanCache } from '../../../src-renderer/composables/useSpanCache.ts'
import type { Span } from '../../../src-renderer/time/ranges.ts'

const spanOf = (beginMs: number, endMs: number): Span => ({ beginMs, endMs })

interface Question {
  span: Span
  signal: AbortSignal
  answer: (text: string) => Promise<void>
  fail: (error: Error) => Promise<void>
}

let scope: EffectScope

function start(now = shallowRef(10_000)) {
  const seen = shallowRef(spanOf(1_000, 1_100))
  const asked: Question[] = []
  const kept: string[] = []
  const cache = scope.run(() =>
    useSpanCache<string>({
      seen: () => seen.value,
      nowMs: () => now.value,
      fetch(span, signal) {
        const { promise, resolve, reject } = Promise.withResolvers<string>()
        const settled = () => vi.advanceTimersByTimeAsync(0).then(() => undefined)
        asked.push({
          span,
          signal,
          answer: (text) => (resolve(text), settled()),
          fail: (error) => (reject(error), settled()),
        })
        return promise
      },
      keep: (answer) => kept.push(answer),
    }),
  )!
  const see = async (span: Span) => {
    seen.value = span
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
  }
  return { cache, asked, kept, see }
}

describe('the cache of spans', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('asks for what is seen and a screen to each side, keeps the answer, and asks no second time', async () => {
    const { cache, asked, kept, see } = start()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.map(({ span }) => span)).toEqual([spanOf(900, 1_200)])
    expect(cache.isAsking.value).toBe(true)
    await asked[0]!.answer('first')
    await see(spanOf(1_010, 1_110))
    expect({ asked: asked.length, kept, known: cache.known.value, isAsking: cache.isAsking.value }).toEqual({
      asked: 1,
      kept: ['first'],
      known: [spanOf(900, 1_200)],
      isAsking: false,
    })
    await see(spanOf(1_100, 1_200))
    expect(asked[1]!.span).toEqual(spanOf(1_200, 1_300))
    await asked[1]!.answer('second')
    expect(cache.known.value).toEqual([spanOf(900, 1_300)])
  })

  it('gives up what was passed, whose late answer changes nothing', async () => {
    const { cache, asked, kept, see } = start()
    await vi.advanceTimersByTimeAsync(0)
    await see(spanOf(5_000, 5_100))
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
    await asked[0]!.answer('late')
    expect([kept, cache.known.value]).toEqual([[], []])
  })

  it('says why nothing came, and asks again after a rest', async () => {
    const { cache, asked } = start()
    await vi.advanceTimersByTimeAsync(0)
    await asked[0]!.fail(new AppError({ kind: 'forbidden' }))
    expect([cache.because.value, cache.known.value]).toEqual([{ kind: 'forbidden' }, []])
    await vi.advanceTimersByTimeAsync(14_000)
    expect(asked.length).toBe(1)
    await vi.advanceTimersByTimeAsync(1_001)
    await asked[1]!.answer('now')
    expect(cache.because.value).toBeNull()
  })

  it('goes on asking for what has become past', async () => {
    const now = shallowRef(1_050)
    const { asked } = start(now)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked[0]!.span).toEqual(spanOf(900, 1_050))
    await asked[0]!.answer('first')
    now.value = 11_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
    expect(asked[1]!.span).toEqual(spanOf(1_050, 1_200))
  })

  it('forgets when told, and lets go of all when its screen goes', async () => {
    const { cache, asked } = start()
    await vi.advanceTimersByTimeAsync(0)
    await asked[0]!.answer('first')
    cache.forget()
    await vi.advanceTimersByTimeAsync(0)
    expect([cache.known.value, asked.length]).toEqual([[], 2])
    scope.stop()
    expect(asked[1]!.signal.aborted).toBe(true)
  })
})
