import type { Site } from '../../src-preload/contract/models/site.ts'
import type { MarkTone } from '../components/mark-tone.ts'
import type { Say } from '../locales/words.ts'
import { timeText } from './useClock.ts'
import { useWords } from './useWords.ts'

/** A site's state as a mark and a few words. */
export interface SiteText {
  tone: MarkTone
  says: string
}

/** Puts where a site stands into a few words: site list, status line, camera tree. */
export function useSiteText(): (site: Site) => SiteText {
  const { t } = useWords()
  return (site) => siteText(site, t)
}

function siteText({ state }: Site, t: Say): SiteText {
  switch (state.phase) {
    case 'signed-out':
      if (state.problem?.kind === 'signed-out') return { tone: 'trouble', says: t('site.sessionEnded') }
      if (state.problem) return { tone: 'trouble', says: t('site.signedOutProblem') }
      return { tone: 'off', says: t('site.signedOut') }
    case 'unpinned':
      return { tone: 'off', says: t('site.unpinned') }
    case 'signing-in':
      return { tone: 'busy', says: t('site.signingIn') }
    case 'open':
      if (state.link.is === 'up') return { tone: 'on', says: t('site.open') }
      return { tone: 'trouble', says: t('site.down', { since: timeText(Date.parse(state.link.since)) }) }
    case 'blocked': {
      const isOther = state.because.kind === 'untrusted-certificate'
      return { tone: 'trouble', says: t(isOther ? 'site.blocked' : 'site.blockedUnusable') }
    }
  }
}
