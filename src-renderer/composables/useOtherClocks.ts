import { computed, type Ref } from 'vue'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { useSession } from '../stores/session.ts'
import { zoneNamed } from '../time/zone.ts'
import { clockElsewhere } from '../time/zone-text.ts'
import { timeText } from './useClock.ts'
import { useWords } from './useWords.ts'

/**
 * What a form or list that goes by this computer's zone says of sites whose clocks show another time, as Playback does; empty
 * where none do, or none says its zone.
 */
export function useOtherClocks(
  siteIds: () => Iterable<SiteId | undefined>,
  nowMs: () => number,
): Readonly<Ref<string>> {
  const { t } = useWords()
  const session = useSession()
  return computed(() => {
    const wanted = new Set(siteIds())
    const asked = session.sites.filter(({ id }) => wanted.has(id))
    const there = asked.flatMap(({ name, timeZone }) => {
      const zone = zoneNamed(timeZone)
      const time = zone.isGuess ? null : clockElsewhere(zone.id, nowMs())
      return time === null ? [] : [t('span.clockAt', { time, site: name })]
    })
    return there.length > 0 ? t('span.ownClock', { here: timeText(nowMs()).slice(0, 5), there: there.join(', ') }) : ''
  })
}
