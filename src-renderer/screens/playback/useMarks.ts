import { computed, type Ref } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useMarking } from '../../composables/useMarking.ts'
import { useWords } from '../../composables/useWords.ts'
import { useBookmarks } from '../../stores/bookmarks.ts'
import { usePlayback } from '../../stores/playback.ts'

/** What can be done with what is marked, or with the moment that is played, for buttons and keys alike. */
export interface Marks {
  whyNoBookmark: Readonly<Ref<string | undefined>>
  whyNoLock: Readonly<Ref<string | undefined>>
  /** At once, of the selected camera, around the moment that is played. */
  bookmarkQuickly: () => void
  bookmark: () => void
  lock: () => void
}

interface Played {
  /** Those that play. */
  cameras: () => readonly CameraRef[]
  selected: () => CameraRef | undefined
  /** The moment that is played, epoch milliseconds by the server's clock. */
  atMs: () => number
}

export function useMarks({ cameras, selected, atMs }: Played): Marks {
  const { t } = useWords()
  const playback = usePlayback()
  const bookmarks = useBookmarks()
  const { whyNot, headlineOf, bookmarkPlayed, lockPlayed } = useMarking()

  /** One camera of which it can be done is enough: the form says of each why not. */
  function reason(action: 'bookmark' | 'evidence-lock'): string | undefined {
    const whys = cameras().map((camera) => whyNot(action, camera))
    if (whys.length === 0) return t('recording.noCamera')
    const [first] = whys
    return first && whys.every((why) => why !== undefined) ? t(`cannot.${first}`) : undefined
  }
  const whyNoBookmark = computed(() => reason('bookmark'))
  const whyNoLock = computed(() => reason('evidence-lock'))

  return {
    whyNoBookmark,
    whyNoLock,
    bookmarkQuickly() {
      const camera = selected()
      if (!camera || whyNot('bookmark', camera)) return
      const at = Math.round(atMs())
      void bookmarks.addQuick([camera], headlineOf('bookmark', [camera], at), at) // a failure reaches the status line
    },
    bookmark() {
      if (!whyNoBookmark.value) bookmarkPlayed(cameras(), Math.round(atMs()), playback.marked)
    },
    lock() {
      if (!whyNoLock.value) lockPlayed(cameras(), Math.round(atMs()), playback.marked)
    },
  }
}
