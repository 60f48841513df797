import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'

/** How a list that comes in pages stands. What was found before stays in sight while it is looked for anew. */
export type PagesState = { is: 'looking' } | { is: 'found' } | { is: 'failed'; because: Failure }

/** One page, and what to ask on with; `null` where there is no more. */
export interface Page<Row, Next> {
  rows: readonly Row[]
  next: Next | null
}

/** A list that is looked for at the server and comes in pages. An answer to an older question changes nothing. */
export function usePages<Row, Next>(read: (after: Next | null) => Promise<Page<Row, Next>>) {
  const rows = shallowRef<readonly Row[]>([])
  const state = shallowRef<PagesState>({ is: 'looking' })
  const next: ShallowRef<Next | null> = shallowRef(null)
  const isReadingOn = ref(false)
  let asked = 0

  /** From the beginning. */
  async function look(): Promise<void> {
    const mine = (asked += 1)
    state.value = { is: 'looking' }
    isReadingOn.value = false
    try {
      const page = await read(null)
      if (mine !== asked) return
      rows.value = page.rows
      next.value = page.next
      state.value = { is: 'found' }
    } catch (error) {
      if (mine !== asked) return
      rows.value = []
      next.value = null
      state.value = { is: 'failed', because: failureOf(error) }
    }
  }

  /** The next page below what is there. */
  async function readOn(): Promise<void> {
    const after: Next | null = next.value
    if (after === null || isReadingOn.value || state.value.is !== 'found') return
    const mine = asked
    isReadingOn.value = true
    try {
      const page = await read(after)
      if (mine !== asked) return
      rows.value = [...rows.value, ...page.rows]
      next.value = page.next
    } catch (error) {
      if (mine === asked) state.value = { is: 'failed', because: failureOf(error) }
    }
    if (mine === asked) isReadingOn.value = false
  }

  onScopeDispose(() => (asked += 1))

  return {
    rows: shallowReadonly(rows),
    state: shallowReadonly(state),
    next: shallowReadonly(next),
    isReadingOn: readonly(isReadingOn),
    look,
    readOn,
  }
}
