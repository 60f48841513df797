import { watchDebounced } from '@vueuse/core'
import { computed, reactive, ref } from 'vue'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { SiteSearch } from '../../../src-preload/contract/models/search.ts'
import { matches, searchWords } from '../../composables/camera-match.ts'
import { useMarking } from '../../composables/useMarking.ts'
import { usePeriod } from '../../composables/usePeriod.ts'
import { useCameras } from '../../stores/cameras.ts'
import { useLayout } from '../../stores/layout.ts'
import { useSession } from '../../stores/session.ts'

/** As many as one search may name. */
export const MOST_CAMERAS = 1_000
const PAGE = 100
const AFTER_TYPING_MS = 350

/** What bookmarks and evidence locks are searched for: the same for both lists, and kept while another screen is shown. */
export function useSearchFilter() {
  const session = useSession()
  const cameras = useCameras()
  const layout = useLayout()
  const { offsetOf } = useMarking()

  const wantedSite = ref<SiteId>()
  const text = ref('')
  const user = ref('')
  const cameraText = ref('')
  const inView = ref(false)

  /** The one that was chosen, while it is open. */
  const site = computed(() => session.openSites.find(({ id }) => id === wantedSite.value) ?? session.openSites[0])
  const nowMs = (): number => Date.now() + (site.value ? offsetOf(site.value.id) : 0)
  const period = usePeriod('week', nowMs)

  /** The cameras that are meant; null: every camera. */
  const cameraIds = computed((): CameraId[] | null => {
    const here = site.value?.id
    if (!here) return null
    const words = searchWords(cameraText.value)
    const named = words.length > 0 ? matches(cameras.of(here).cameras, words).map(({ camera }) => camera.id) : null
    if (!inView.value) return named
    const seen = layout.tiles.flatMap((tile) => (tile?.siteId === here ? [tile.cameraId] : []))
    return [...new Set(seen)].filter((id) => named?.includes(id) ?? true)
  })
  const problem = computed((): 'no-camera' | 'too-many' | undefined => {
    if (!cameraIds.value) return undefined
    if (cameraIds.value.length === 0) return 'no-camera'
    return cameraIds.value.length > MOST_CAMERAS ? 'too-many' : undefined
  })

  /** Undefined while nothing can be searched for: no site, no such camera, no such time. */
  function wish(after: string | null): SiteSearch | undefined {
    const span = period.span()
    if (!site.value || !span || problem.value) return undefined
    const named = cameraIds.value && [...cameraIds.value]
    const words = { text: text.value.trim(), user: user.value.trim() }
    return { siteId: site.value.id, cameraIds: named, ...span, ...words, after, count: PAGE }
  }

  /** Calls `act` when something else is searched for, once the typing rests. */
  function onChange(act: () => void): void {
    const asked = () => [
      site.value?.id,
      text.value.trim(),
      user.value.trim(),
      cameraIds.value?.join(),
      period.chosen,
      period.chosen === 'own' ? [period.fromMs, period.toMs].join() : '',
    ]
    watchDebounced(() => JSON.stringify(asked()), act, { debounce: AFTER_TYPING_MS })
  }

  return reactive({
    site,
    wantedSite,
    text,
    user,
    cameraText,
    inView,
    period,
    cameraIds,
    problem,
    nowMs,
    wish,
    onChange,
  })
}

export type SearchFilter = ReturnType<typeof useSearchFilter>
