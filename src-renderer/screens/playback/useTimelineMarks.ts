import { useIntervalFn } from '@vueuse/core'
import { computed, readonly, ref } from 'vue'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import type { EvidenceLock } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { LockBand, Mark } from '../../components/timeline/model.ts'
import { useCameraNames } from '../../composables/useCameraNames.ts'
import { dayText, useClock } from '../../composables/useClock.ts'
import { useJobsDone } from '../../composables/useJobsDone.ts'
import { useLockText } from '../../composables/useLockText.ts'
import { useMarking } from '../../composables/useMarking.ts'
import { useWords } from '../../composables/useWords.ts'
import { useAlarms } from '../../stores/alarms.ts'
import { momentOf, useBookmarks } from '../../stores/bookmarks.ts'
import { useEvidenceLocks } from '../../stores/evidence-locks.ts'
import type { ShelfOf } from '../../stores/time-shelves.ts'
import type { Span } from '../../time/ranges.ts'
import { bySite, sourceOf } from './marks-source.ts'

/** What others mark and lock meanwhile is seen so late at most. */
const ANEW_EVERY_MS = 60_000

/** Bookmarks and evidence locks of the cameras that play, for their timeline. */
export function useTimelineMarks(cameras: () => readonly CameraRef[]) {
  const { t } = useWords()
  const bookmarks = useBookmarks()
  const locks = useEvidenceLocks()
  const alarms = useAlarms()
  const clock = useClock()
  const { whyNot, offsetOf } = useMarking()
  const { namesOf } = useCameraNames()
  const { lockText } = useLockText()

  /** Who may not make any may read them all the same: the server decides. */
  const isThere = (action: 'bookmark' | 'evidence-lock', camera: CameraRef): boolean =>
    !['edition', 'version'].includes(whyNot(action, camera) ?? '')
  const shelvesOf = (action: 'bookmark' | 'evidence-lock'): ShelfOf[] =>
    bySite(cameras().filter((one) => isThere(action, one)))
  const bookmarkShelves = computed(() => shelvesOf('bookmark'))
  const lockShelves = computed(() => shelvesOf('evidence-lock'))

  function want(span: Span): void {
    for (const shelf of bookmarkShelves.value) bookmarks.inTime.want(shelf, span)
    for (const shelf of lockShelves.value) locks.inTime.want(shelf, span)
  }
  /** How often something was found to be old. */
  const age = ref(0)
  const forget = (...all: { forget: () => void }[]) => {
    for (const one of all) one.forget()
    age.value += 1
  }
  useJobsDone(['bookmark', 'edit-bookmark', 'delete-bookmark'], () => forget(bookmarks.inTime))
  useJobsDone(['evidence-lock', 'extend-lock', 'unlock'], () => forget(locks.inTime))
  useIntervalFn(() => forget(bookmarks.inTime, locks.inTime, alarms.inTime), ANEW_EVERY_MS)

  /** Bookmarks of one action have one reference and one moment: one flag. */
  const flags = computed((): Mark[] => {
    const together = new Map<string, Bookmark[]>()
    for (const one of bookmarkShelves.value.flatMap((shelf) => bookmarks.inTime.of(shelf).rows)) {
      const key = one.reference === '' ? one.id : `${one.reference} ${momentOf(one)}`
      together.set(key, [...(together.get(key) ?? []), one])
    }
    return [...together]
      .map(([key, all]) => {
        const text = `${all[0]!.headline} · ${namesOf(all.map(({ camera }) => camera))}`
        return { key, atMs: momentOf(all[0]!), text }
      })
      .sort((one, other) => one.atMs - other.atMs)
  })

  /** What is followed here is newer than what was found. */
  const newest = (lock: EvidenceLock): EvidenceLock => locks.progressOfLock(lock)?.lock ?? lock
  const minute = computed(() => Math.floor(clock.value / 60_000) * 60_000)
  const bands = computed((): LockBand[] =>
    lockShelves.value
      .flatMap((shelf) => locks.inTime.of(shelf).rows)
      .map(newest)
      .flatMap((lock) => bandOf(lock) ?? [])
      .sort((one, other) => one.beginMs - other.beginMs),
  )

  /** What it protects, whole hours of it, or where that is not said what was asked for; nothing once it has ended. */
  function bandOf(lock: EvidenceLock): LockBand | undefined {
    const nowMs = minute.value + offsetOf(lock.siteId)
    const progress = locks.progressOfLock(lock)
    const isOver = lock.expires.is === 'at' && Date.parse(lock.expires.at) <= nowMs
    if (isOver || progress?.is === 'gone') return undefined
    const { begin, end } = lock.protects ?? lock
    const [beginMs, endMs] = [Date.parse(begin), Date.parse(end)]
    if (!(endMs > beginMs)) return undefined
    const { tone, chip } = lockText(lock, progress, nowMs)
    const name = t('timeline.lockBand', { name: lock.reference || lock.headline })
    return { key: lock.id, beginMs, endMs, text: `${name} · ${tone === 'trouble' ? chip : untilText(lock)}` }
  }

  function untilText({ expires }: EvidenceLock): string {
    if (expires.is === 'at') return t('timeline.keptUntil', { day: dayText(Date.parse(expires.at)) })
    return t(expires.is === 'never' ? 'timeline.keptUntilUnlocked' : 'timeline.keptNotSaid')
  }

  return {
    want,
    /** Another number: what is seen is to be wanted anew. */
    age: readonly(age),
    flags,
    bands,
    sources: computed(() => ({
      bookmarks: sourceOf(cameras().length, bookmarkShelves.value.map(bookmarks.inTime.of)),
      locks: sourceOf(cameras().length, lockShelves.value.map(locks.inTime.of)),
    })),
  }
}
