import { computed, reactive } from 'vue'
import type { Site } from '../../src-preload/contract/models/site.ts'
import { useBookmarks } from '../stores/bookmarks.ts'
import { useEvidenceLocks } from '../stores/evidence-locks.ts'
import { useJobs } from '../stores/jobs.ts'
import { useNotices } from '../stores/notices.ts'
import { usePlayback } from '../stores/playback.ts'
import { useRecordings } from '../stores/recordings.ts'
import { useSession } from '../stores/session.ts'
import { useTileStates } from '../stores/tile-states.ts'
import { useFailureText } from './useFailureText.ts'
import { useExpiryText } from './useExpiryText.ts'
import { useJobText } from './useJobText.ts'
import { sentence } from './useRecordingText.ts'
import { useSiteText } from './useSiteText.ts'
import { useWords } from './useWords.ts'

/** A clock that is off by more than this is worth a word: evidence times are the server's. */
const CLOCK_WORTH_MS = 1000
/** … and by more than this a warning (security.md 4.6). */
const CLOCK_TROUBLE_MS = 5000

/** What the status line says: sites that matter now, the newest notice, clocks that differ. */
export function useStatus() {
  const { t } = useWords()
  const session = useSession()
  const notices = useNotices()
  const jobs = useJobs()
  const evidence = useEvidenceLocks()
  const recordings = useRecordings()
  const bookmarks = useBookmarks()
  const playback = usePlayback()
  const tileStates = useTileStates()
  const jobText = useJobText()
  const failureText = useFailureText()
  const siteText = useSiteText()
  const expiryText = useExpiryText()

  const sites = computed(() =>
    session.sites
      .filter(isWorthALine)
      .map((site) => ({ id: site.id, name: site.name, ...siteText(site) }))
      .map((line) => ({ ...line, says: line.tone === 'on' ? undefined : line.says }))
      .sort((a, b) => Number(b.tone === 'trouble') - Number(a.tone === 'trouble')),
  )

  /** The last command that did not simply go well. A recording's own words stand on its tile; a tile may not be in view. */
  const ofCommand = computed(() => {
    const job = jobs.latest
    if (!job) return undefined
    const { what, camera, tone, says, next } = jobText(job)
    if (tone === 'trouble') return { what: sentence(`${what}, ${camera}: ${says}`), next }
    const isShownElsewhere = job.kind.endsWith('recording')
    if (isShownElsewhere || job.state.phase !== 'done') return undefined
    const act = bookmarks.madeBy(job.id) && t('bookmark.play')
    return { what: `${what}, ${camera}: ${says}`, next: '', isQuiet: true, act }
  })

  const notice = computed(() => {
    if (!notices.latest) return ofCommand.value
    const count = notices.notices.length
    return { ...failureText(notices.latest.failure), more: count > 1 ? t('app.notices', {}, count) : undefined }
  })

  const clocks = computed(() =>
    session.openSites.flatMap(({ name, clockOffsetMs = 0 }) => {
      if (Math.abs(clockOffsetMs) <= CLOCK_WORTH_MS) return []
      const seconds = (Math.abs(clockOffsetMs) / 1000).toFixed(1)
      const says = t(clockOffsetMs > 0 ? 'app.clockAhead' : 'app.clockBehind', { site: name, seconds })
      return [{ says, isTrouble: Math.abs(clockOffsetMs) > CLOCK_TROUBLE_MS }]
    }),
  )

  // Two sites may have a server in common.
  const expiring = computed(() => [
    ...new Set(session.sites.flatMap((site) => (site.expiring ?? []).map((ends) => expiryText(ends).brief))),
  ])

  const counts = computed(() => {
    const { tiles, live, playback: back, opening, stale, lost } = tileStates.summary
    if (tiles === 0) return undefined
    const parts = [t('live.summary.tiles', {}, tiles), t('live.summary.live', { count: live })]
    if (back > 0) parts.push(t('live.summary.playback', { count: back }))
    if (recordings.count > 0) parts.push(t('recording.summary', { count: recordings.count }))
    if (opening > 0) parts.push(t('live.summary.opening', { count: opening }))
    if (stale > 0) parts.push(t('live.summary.stale', {}, stale))
    if (lost > 0) parts.push(t('live.summary.lost', { count: lost }))
    return parts.join(' · ')
  })

  const todo = computed(() => {
    const [open, forPerson] = [jobs.open.length, jobs.forPerson.length]
    if (forPerson > 0) return { says: t('recording.forPerson', {}, forPerson), isTrouble: true }
    return open > 0 ? { says: t('recording.open', {}, open), isTrouble: false } : undefined
  })

  const locks = computed(() => {
    const count = evidence.incomplete.length
    return count > 0 ? t('lock.incompleteBrief', {}, count) : undefined
  })

  const dismiss = () => {
    if (notices.latest) notices.dismiss(notices.latest.id)
    else jobs.dismiss()
  }

  /** Plays what the notice is about: the moment that was just bookmarked. */
  const act = () => {
    const moment = jobs.latest && bookmarks.madeBy(jobs.latest.id)
    if (moment) playback.visit(moment.atMs, moment.cameras)
  }

  return reactive({ sites, notice, counts, clocks, expiring, todo, locks, dismiss, act })
}

/** A profile nobody has signed in to is no news; a session that ended is. */
function isWorthALine({ state }: Site): boolean {
  if (state.phase === 'unpinned') return false
  return state.phase !== 'signed-out' || state.problem !== undefined
}
