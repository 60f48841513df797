import { computed, type ComputedRef } from 'vue'
import type { Fact } from '../../../src-preload/contract/models/capabilities.ts'
import type { CameraListState, Site } from '../../../src-preload/contract/models/site.ts'
import type { FactRow } from '../../components/fact-row.ts'
import { timeText } from '../../composables/useClock.ts'
import { useWords } from '../../composables/useWords.ts'
import type { Say } from '../../locales/words.ts'

/** What there is to know of an open site, row by row. */
export function useOpenSiteFacts(site: () => Site): ComputedRef<FactRow[]> {
  const { t } = useWords()
  return computed(() => [
    { name: t('signIn.link'), says: linkText(site(), t) },
    { name: t('signIn.cameras'), says: camerasText(site().cameras, t) },
    ...clockRow(site().clockOffsetMs, t),
    { name: t('site.version'), says: factText(site().capabilities.version, t, (version) => version) },
    { name: t('site.edition'), says: factText(site().capabilities.edition, t, ({ name }) => name) },
    ...masterRow(site().masterAddress, t),
  ])
}

function linkText({ state }: Site, t: Say): string {
  if (state.phase !== 'open' || state.link.is === 'up') return t('signIn.linkUp')
  return t('signIn.linkDown', { since: timeText(Date.parse(state.link.since)) })
}

function camerasText(cameras: CameraListState, t: Say): string {
  switch (cameras.phase) {
    case 'none':
      return t('signIn.camerasNone')
    case 'loading':
      return t('signIn.camerasLoading', { loaded: cameras.loaded })
    case 'failed':
      return t('signIn.camerasFailed', { loaded: cameras.loaded })
    case 'ready': {
      const total = t('signIn.camerasReady', {}, cameras.total)
      return cameras.skipped === 0 ? total : `${total}, ${t('signIn.camerasSkipped', {}, cameras.skipped)}`
    }
  }
}

function clockRow(offsetMs: number | undefined, t: Say): FactRow[] {
  if (offsetMs === undefined) return []
  const seconds = (Math.abs(offsetMs) / 1000).toFixed(1)
  const key = offsetMs > 0 ? 'signIn.clockAhead' : 'signIn.clockBehind'
  return [{ name: t('signIn.clock'), says: seconds === '0.0' ? t('signIn.clockEqual') : t(key, { seconds }) }]
}

function factText<T>(fact: Fact<T>, t: Say, text: (value: T) => string): string {
  return fact.is === 'known' ? text(fact.value) : t('site.notKnown', { why: t(`site.unknown.${fact.why}`) })
}

const masterRow = (address: string, t: Say): FactRow[] =>
  address === '' ? [] : [{ name: t('site.federation'), says: t('site.below', { address }) }]
