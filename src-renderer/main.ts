import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { failureOf } from '../src-preload/contract/failure.ts'
import { on } from './api/facts.ts'
import { report } from './api/report.ts'
import App from './App.vue'
import { createWords } from './locales/words.ts'
import { useNotices } from './stores/notices.ts'
import { useSession } from './stores/session.ts'
import { useSettings } from './stores/settings.ts'
import './styles/index.css'

const app = createApp(App)
app.use(createPinia())
app.use(createWords())

const session = useSession()
const settings = useSettings()
const notices = useNotices()

/** An error nobody could decide about: said in the status line, and kept in the log with its stack. */
function giveUp(error: unknown): void {
  notices.tell(failureOf(error))
  report('error', 'page', error instanceof Error ? (error.stack ?? error.message) : String(error))
}
app.config.errorHandler = giveUp
window.addEventListener('error', (event) => giveUp(event.error ?? event.message))
window.addEventListener('unhandledrejection', (event) => giveUp(event.reason))

on('siteListChanged', session.siteListChanged)
on('siteChanged', session.siteChanged)
on('cameraListChanged', ({ siteId, cameras }) => session.cameraListChanged(siteId, cameras))
on('preferencesChanged', settings.preferencesChanged)

settings.load().catch(giveUp)
void session.load() // says itself what fails
app.mount('#app')
