import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import type { Failure } from '../../src-preload/contract/failure.ts'

/** Something that went wrong where no form and no tile could say so. */
export interface Notice {
  id: number
  /** When it was last seen, epoch milliseconds. */
  atMs: number
  failure: Failure
  /** How often the same came again. */
  times: number
}

/** Enough to see what happened; the log has all of them. */
const MOST = 20

/** What the status line has to say. Newest first; nothing here ever covers a picture. */
export const useNotices = defineStore('notices', () => {
  const notices = shallowRef<readonly Notice[]>([])
  let lastId = 0

  function tell(failure: Failure, nowMs = Date.now()): void {
    const said = JSON.stringify(failure)
    const same = notices.value.find((notice) => JSON.stringify(notice.failure) === said)
    const notice = { id: same?.id ?? ++lastId, atMs: nowMs, failure, times: (same?.times ?? 0) + 1 }
    notices.value = [notice, ...notices.value.filter(({ id }) => id !== notice.id)].slice(0, MOST)
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  return { notices: shallowReadonly(notices), latest: computed(() => notices.value[0]), tell, dismiss }
})
