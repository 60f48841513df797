import { computed } from 'vue'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { mayReadAlarms } from '../../../src-preload/contract/may-do.ts'
import type { Alarm } from '../../../src-preload/contract/models/alarm.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Mark } from '../../components/timeline/model.ts'
import { useCameraNames } from '../../composables/useCameraNames.ts'
import type { AlarmsSource } from '../../composables/useTimelineLegend.ts'
import { useWords } from '../../composables/useWords.ts'
import { alarmMs, useAlarms } from '../../stores/alarms.ts'
import { useSession } from '../../stores/session.ts'
import type { Span } from '../../time/ranges.ts'
import { bySite, sourceOf } from './marks-source.ts'

/** Alarms of the cameras that play and of their sites, for their timeline. */
export function useTimelineAlarms(cameras: () => readonly CameraRef[]) {
  const { t } = useWords()
  const { inTime } = useAlarms()
  const session = useSession()
  const { nameOf } = useCameraNames()

  const isThere = ({ siteId }: CameraRef): boolean => {
    const site = session.sites.find(({ id }) => id === siteId)
    return !site || mayReadAlarms(site.capabilities).ok
  }
  const wanted = computed(() => bySite(cameras().filter(isThere)))
  /** A role that may see none is told so once; it is asked about again with the rest. */
  const shelves = computed(() => wanted.value.map(inTime.of).filter(({ because }) => !mayNot(because)))

  const source = computed((): AlarmsSource => {
    if (shelves.value.some(({ because }) => isAway(because))) return 'away'
    return sourceOf(cameras().length, shelves.value)
  })
  /** `null` where nobody may say. */
  const marks = computed((): Mark[] | null => {
    if (source.value === 'cannot') return null
    return shelves.value
      .flatMap(({ rows }) => rows)
      .map((alarm) => ({ key: alarm.id, atMs: alarmMs(alarm), text: wordsOf(alarm) }))
      .sort((one, other) => one.atMs - other.atMs)
  })

  const wordsOf = ({ name, state, priority, camera }: Alarm): string =>
    [t('timeline.alarm', { name }), priority, state, camera ? nameOf(camera) : t('timeline.noCamera')]
      .filter((part) => part !== '')
      .join(' · ')

  return {
    want: (span: Span): void => wanted.value.forEach((of) => inTime.want(of, span)),
    marks,
    source,
  }
}

const mayNot = (because: Failure | null): boolean => because?.kind === 'forbidden' || because?.kind === 'not-found'
/** Alarms are another server's, behind the same gateway (xprotect-api.md 8). */
const isAway = (because: Failure | null): boolean => because?.kind === 'busy' && because.status >= 502
