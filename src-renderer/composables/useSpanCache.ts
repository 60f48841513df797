import { onScopeDispose, readonly, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import { merge, type Span, type Spans } from '../time/ranges.ts'
import { wanted } from '../time/wanted.ts'

/** A question that failed is not asked again before. */
const REST_MS = 15_000
/** A hand that zooms or moves is let finish: what it passes by is never asked for. */
const SETTLE_MS = 120
/** As often, what has become past since is asked for. */
const GROWN_MS = 10_000

/**
 * Keeps known what is seen, and a screen to each side: asks for what is missing, gives up what was passed, and asks again
 * after a rest where it failed. What was answered is `keep`'s to merge, by `merge` of `time/ranges.ts`.
 */
export function useSpanCache<Answer>(wish: {
  /** What is seen. Epoch milliseconds, by the server's clock. */
  seen: () => Span
  /** The server's now, renewed as it passes: what is beyond cannot be known. */
  nowMs: () => number
  fetch: (span: Span, signal: AbortSignal) => Promise<Answer>
  keep: (answer: Answer, span: Span) => void
}): {
  /** What was asked and answered. */
  known: Readonly<Ref<Spans>>
  isAsking: Readonly<Ref<boolean>>
  /** Why the last question had no answer; `null` once one has. */
  because: Readonly<Ref<Failure | null>>
  /** Forgets all that was answered and asks anew: another camera, another site. */
  forget: () => void
} {
  const known = shallowRef<Spans>([])
  const because = shallowRef<Failure | null>(null)
  const isAsking = shallowRef(false)
  const asking = new Map<Span, AbortController>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    const { ask, cancel } = wanted(wish.seen(), {
      known: known.value,
      asking: [...asking.keys()],
      untilMs: wish.nowMs(),
    })
    cancel.forEach(giveUp)
    for (const span of ask) void read(span) // never rejects
    isAsking.value = asking.size > 0
  }

  async function read(span: Span): Promise<void> {
    const attempt = new AbortController()
    asking.set(span, attempt)
    try {
      const answer = await wish.fetch(span, attempt.signal)
      if (attempt.signal.aborted) return
      wish.keep(answer, span)
      known.value = merge([...known.value, span])
      because.value = null
    } catch (error) {
      if (attempt.signal.aborted) return
      because.value = failureOf(error)
      lookAfter(REST_MS)
    } finally {
      asking.delete(span)
      isAsking.value = asking.size > 0
    }
  }

  function giveUp(span: Span): void {
    asking.get(span)?.abort()
    asking.delete(span)
  }
  function lookAfter(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(look, ms)
  }
  function forget(): void {
    ;[...asking.keys()].forEach(giveUp)
    known.value = []
    because.value = null
    lookAfter(0)
  }

  const lookSoon = (): void => {
    if (!because.value) lookAfter(SETTLE_MS) // else it is looked at after the rest
  }
  watch(wish.seen, lookSoon)
  watch(() => Math.floor(wish.nowMs() / GROWN_MS), lookSoon)
  lookAfter(0)
  onScopeDispose(() => {
    clearTimeout(timer)
    ;[...asking.keys()].forEach(giveUp)
  })

  return { known: shallowReadonly(known), isAsking: readonly(isAsking), because: shallowReadonly(because), forget }
}
