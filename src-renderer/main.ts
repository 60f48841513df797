import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { failureOf } from '../src-preload/contract/failure.ts'
import { ask } from './api/ask.ts'
import { on } from './api/facts.ts'
import { report } from './api/report.ts'
import { bridgeSignalling } from './api/signalling.ts'
import App from './App.vue'
import { provideMedia } from './composables/useMedia.ts'
import { createWords } from './locales/words.ts'
import { createMedia } from './media/media.ts'
import { useBookmarks } from './stores/bookmarks.ts'
import { useCapture } from './stores/capture.ts'
import { useExports } from './stores/exports.ts'
import { useEvidenceLocks } from './stores/evidence-locks.ts'
import { useHeard } from './stores/heard.ts'
import { useJobs } from './stores/jobs.ts'
import { useListening } from './stores/listening.ts'
import { useNotices } from './stores/notices.ts'
import { useRecordings } from './stores/recordings.ts'
import { useSession } from './stores/session.ts'
import { useSettings } from './stores/settings.ts'
import './styles/index.css'

const app = createApp(App)
app.use(createPinia())
app.use(createWords())

const media = createMedia({
  newSignalling: bridgeSignalling(),
  listStreams: (camera) => ask('listStreams', camera),
  report: (level, line) => report(level, 'media', line),
  // The engine's count of peer connections ends with the page; the view and the sessions in main do not.
  onExhausted: () => location.reload(),
})
provideMedia(app, media)

const session = useSession()
const settings = useSettings()
const notices = useNotices()
const jobs = useJobs()
const recordings = useRecordings()
const capture = useCapture()
const bookmarks = useBookmarks()
const locks = useEvidenceLocks()
const listening = useListening()
useHeard() // listens from now on

/** An error nobody could decide about: said in the status line, and kept in the log with its stack. */
function giveUp(error: unknown): void {
  notices.tell(failureOf(error))
  report('error', 'page', error instanceof Error ? (error.stack ?? error.message) : String(error))
}
app.config.errorHandler = giveUp
window.addEventListener('error', (event) => giveUp(event.error ?? event.message))
window.addEventListener('unhandledrejection', (event) => giveUp(event.reason))

on('siteListChanged', session.siteListChanged)
on('siteChanged', (site) => {
  const wasOpen = session.openSites.some(({ id }) => id === site.id)
  session.siteChanged(site)
  if (site.state.phase === 'open' && !wasOpen) media.pool.retrySite(site.id)
})
on('cameraListChanged', ({ siteId, cameras }) => {
  if (cameras.phase === 'ready') {
    media.catalogue.forgetSite(siteId)
    listening.forget()
  }
  session.cameraListChanged(siteId, cameras)
})
on('recordingsChanged', recordings.recordingsChanged)
on('jobChanged', (job) => {
  jobs.jobChanged(job)
  recordings.jobChanged(job)
})
on('lockProgressed', locks.lockProgressed)
on('bookmarkOffered', bookmarks.offered)
on('preferencesChanged', settings.preferencesChanged)
on('menuChosen', capture.show) // its one entry
on('networkChanged', () => media.pool.networkChanged())

settings.load().catch(giveUp)
jobs.load().catch(giveUp)
useExports().load().catch(giveUp)
locks.follow()
void session.load() // says itself what fails
app.mount('#app')
