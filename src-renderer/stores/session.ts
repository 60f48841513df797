import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { CameraListState, SignInForm, Site } from '../../src-preload/contract/models/site.ts'
import { ask } from '../api/ask.ts'

/** What fills the window. */
export type Screen = 'sign-in' | 'live' | 'playback' | 'search' | 'log' | 'profile'

/** Which list the Search screen shows. */
export type SearchFor = 'bookmarks' | 'locks'

/** Which list the Log screen shows. */
export type LogOf = 'commands' | 'audit'

/** What is known of the site profiles. */
export type SiteList =
  { phase: 'loading' } | { phase: 'known'; sites: readonly Site[] } | { phase: 'failed'; because: Failure }

/** Which sites there are, where each stands, which one is looked at, and what fills the window. */
export const useSession = defineStore('session', () => {
  const list = shallowRef<SiteList>({ phase: 'loading' })
  const selectedId = ref<SiteId>()
  const screen = ref<Screen>('sign-in')
  const searchFor = ref<SearchFor>('bookmarks')
  const logOf = ref<LogOf>('commands')

  const sites = computed(() => (list.value.phase === 'known' ? list.value.sites : []))
  const openSites = computed(() => sites.value.filter((site) => site.state.phase === 'open'))
  const selected = computed(() => sites.value.find((site) => site.id === selectedId.value))

  async function load(): Promise<void> {
    list.value = { phase: 'loading' }
    try {
      siteListChanged(await ask('listSites'))
    } catch (error) {
      list.value = { phase: 'failed', because: failureOf(error) }
      return
    }
    if (openSites.value.length > 0) screen.value = 'live'
  }

  function siteListChanged(now: readonly Site[]): void {
    list.value = { phase: 'known', sites: now }
    if (selected.value) return
    selectedId.value = (now.find((site) => site.state.phase === 'signing-in') ?? now[0])?.id
  }

  function siteChanged(now: Site): void {
    const before = sites.value.find((site) => site.id === now.id)
    if (!before) return siteListChanged([...sites.value, now])
    replace(now)
    // Only the site being looked at may move the operator: somebody may be typing a password for another one.
    const hasJustOpened = before.state.phase === 'signing-in' && now.state.phase === 'open'
    if (hasJustOpened && now.id === selectedId.value && screen.value === 'sign-in') screen.value = 'live'
  }

  function cameraListChanged(siteId: SiteId, cameras: CameraListState): void {
    const site = sites.value.find(({ id }) => id === siteId)
    if (site) replace({ ...site, cameras })
  }

  function replace(now: Site): void {
    list.value = { phase: 'known', sites: sites.value.map((site) => (site.id === now.id ? now : site)) }
  }

  function select(siteId: SiteId): void {
    selectedId.value = siteId
  }

  function show(next: Screen): void {
    screen.value = next
  }

  /** Shows one list of the Search screen. */
  function search(what: SearchFor): void {
    searchFor.value = what
    show('search')
  }

  /** Shows one list of the Log screen. */
  function showLog(what: LogOf): void {
    logOf.value = what
    show('log')
  }

  /** Shows a site on the Sites screen. */
  function visit(siteId: SiteId): void {
    select(siteId)
    show('sign-in')
  }

  /** Throws what the server or main objects to; where the site stands arrives as a fact. */
  const signIn = (siteId: SiteId, form: SignInForm): Promise<void> => ask('signIn', { siteId, ...form })

  async function signOut(siteId: SiteId): Promise<void> {
    await ask('signOut', { siteId })
    if (openSites.value.every((site) => site.id === siteId)) show('sign-in')
  }

  /** Looks at the certificate that is to be agreed on next, or at the one at this address; nothing is sent there. */
  const probe = (siteId: SiteId, address?: string) =>
    ask('probeSite', address === undefined ? { siteId } : { siteId, address })

  /** `typed` are the last 8 digits as they came by another way; main holds them against what it saw. */
  const pin = (siteId: SiteId, probeId: string, fingerprint: Fingerprint, typed: string): Promise<void> =>
    ask('pinSite', { siteId, probeId, fingerprint, typed })

  const reloadCameras = (siteId: SiteId): Promise<void> => ask('reloadCameras', { siteId })

  return {
    list: shallowReadonly(list),
    screen: readonly(screen),
    searchFor: readonly(searchFor),
    logOf: readonly(logOf),
    sites,
    openSites,
    selected,
    load,
    siteListChanged,
    siteChanged,
    cameraListChanged,
    select,
    show,
    search,
    showLog,
    visit,
    signIn,
    signOut,
    probe,
    pin,
    reloadCameras,
  }
})
