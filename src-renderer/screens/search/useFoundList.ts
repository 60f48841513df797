import { computed, onMounted, ref } from 'vue'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import type { SiteSearch } from '../../../src-preload/contract/models/search.ts'
import { useComeBack } from '../../composables/useComeBack.ts'
import { useJobsDone } from '../../composables/useJobsDone.ts'
import { usePages, type Page } from '../../composables/usePages.ts'
import { useWords } from '../../composables/useWords.ts'
import type { SearchFilter } from './useSearchFilter.ts'

/**
 * What a filter finds, and which of it is chosen. It is looked for anew when the filter is another, when a command of
 * these kinds is done, and when the screen comes back.
 */
export function useFoundList<Row extends { id: string }>(
  of: 'bookmark' | 'lock',
  filter: SearchFilter,
  kinds: readonly JobKind[],
  find: (search: SiteSearch) => Promise<Page<Row, string>>,
) {
  const { t } = useWords()
  const found = usePages<Row, string>(async (after) => {
    const wish = filter.wish(after)
    return wish ? find(wish) : { rows: [], next: null }
  })
  const { rows, state, next, look } = found
  const lookAnew = (): void => void look() // says itself what fails

  filter.onChange(lookAnew)
  useJobsDone(kinds, lookAnew)
  onMounted(lookAnew)
  useComeBack(lookAnew)

  const chosenId = ref<string>()
  const chosen = computed(() => rows.value.find(({ id }) => id === chosenId.value))
  const says = computed(() => {
    if (state.value.is !== 'found') return t(`${of}.${state.value.is}`)
    return next.value === null
      ? t(`${of}.found`, {}, rows.value.length)
      : t(`${of}.foundMore`, { count: rows.value.length })
  })

  return { ...found, chosenId, chosen, says }
}
