import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Handlers } from '../src-preload/contract/calls.ts'
import type { EventName, Events } from '../src-preload/contract/events.ts'
import type { Result } from '../src-preload/contract/failure.ts'
import type { CameraRef, SiteId } from '../src-preload/contract/models/ids.ts'
import { JobId } from '../src-preload/contract/models/job.ts'
import type { Preferences } from '../src-preload/contract/models/preferences.ts'
import { AuditDesk } from './actions/audit-desk.ts'
import { Actions } from './actions/index.ts'
import { BrokenExports } from './actions/broken-exports.ts'
import { ExportDesk } from './actions/export-desk.ts'
import { SnapshotDesk } from './actions/snapshot-desk.ts'
import { TakeAway } from './actions/take-away.ts'
import { answer } from './handlers/answer.ts'
import { createHandlers } from './handlers/index.ts'
import { createRate } from './handlers/rate.ts'
import { openJournalIn } from './journal-in.ts'
import { doingOnceSent } from './once-sent.ts'
import type { Journal } from './journal/index.ts'
import type { Log } from './log.ts'
import { openPicturesIn } from './pictures-in.ts'
import { named, siteServers } from './site-server.ts'
import { inWords, whoSitsHere } from './sites/account.ts'
import { CaptureDesk, type CaptureOrder } from './sites/capture-desk.ts'
import { noDialogs, type Dialogs } from './sites/dialogs.ts'
import { isLoopback } from './sites/origins.ts'
import { PictureDesk } from './sites/picture-desk.ts'
import type { PreferenceStore } from './sites/preference-store.ts'
import { ProfileDesk, type ProfileDeskNeeds } from './sites/profile-desk.ts'
import { Sessions } from './sites/sessions.ts'
import { SiteList } from './sites/site-list.ts'
import { ConfiguredSite, type SiteNeeds } from './sites/site.ts'
import { ExportRecords } from './storage/export-records.ts'
import { createProfileStore, type ProfilePlaces, type StoredProfile } from './storage/profiles.ts'
import { noSecrets, openSecrets } from './storage/secrets.ts'
import type { Vault } from './storage/vault.ts'
import { realDisk, writeVerified } from './storage/verified-file.ts'
import { createSiteTrust } from './trust/index.ts'
import { systemClock, type Clock } from './xprotect/clock.ts'

export interface ServiceNeeds {
  profiles: ProfilePlaces
  preferences: PreferenceStore
  log: Log
  /** Seals what is needed to stay signed in, and the file where that lies; without them nobody stays. */
  secrets?: { vault: Vault; file: string }
  announce: <K extends EventName>(name: K, fact: Events[K]) => void
  /** Where the journal of what operators did is kept; without it they can do nothing that has to be. */
  dataFolder?: string
  /** Where people point at files; without a screen they cannot. */
  dialogs?: Dialogs
  /** Where pictures go unless a person says otherwise, how a file is shown to them, and which version of us wrote it. */
  takeAway?: { pictures: string; show: (file: string) => void; version: string }
  /** A capture to be made once its site is open. */
  capture?: CaptureOrder | undefined
  /** Tests turn its hands; the app uses the computer's. */
  clock?: Clock
  random?: () => number
}

/** Everything main does that needs no Electron, wired. */
export interface Services {
  /** One call of the page. Never rejects. */
  answer: (name: unknown, input: unknown) => Promise<Result<unknown>>
  handlers: Handlers
  /** Some gateway is this very computer, so media will come from a loopback address. */
  hasSiteOnThisComputer: boolean
  /** Some profile wants the program started at log-on. */
  wantsStartAtLogOn: boolean
  /** What the server calls a camera; absent until its list has come. */
  cameraName: (camera: CameraRef) => string | undefined
  /** A recorded picture that was found for the page, by its name; undefined where it is gone. Never rejects. */
  picture: (name: string) => Promise<Buffer | undefined>
  /** Writes what an open site's server says to the probes into a folder, fit to be read and sent. */
  capture: (siteId: SiteId, folder: string, probes: string[]) => Promise<number>
  /** The page was reloaded or died: what it held open is closed. */
  pageGone: () => Promise<void>
  /** The computer woke up or is on another network: old connections are stale, and the page is told. */
  networkChanged: () => void
  close: () => Promise<void>
}

/** Reads the site profiles and introduces the rooms to each other. Sends nothing to any server. */
export async function createServices(needs: ServiceNeeds): Promise<Services> {
  const { log, announce, preferences, clock = systemClock, random = Math.random } = needs
  const store = createProfileStore(needs.profiles, () => clock.now())
  const { profiles, problems, notices } = await store.readAll()
  const about = log.scope('sites')
  for (const { file, problem } of problems) about.error(`${file} is set aside: it ${problem}`)
  for (const notice of notices) about.warn(notice)
  for (const { problem } of profiles) if (problem) about.error(`a profile was damaged: ${JSON.stringify(problem)}`)

  const secrets = needs.secrets
    ? await openSecrets({ ...needs.secrets, now: () => clock.now(), warn: (line) => about.warn(line) })
    : noSecrets

  const sessions = new Sessions(
    (sessionId, because) => announce('sessionEnded', { sessionId, because }),
    (line) => about.warn(line),
  )
  const makeTrust: SiteNeeds['makeTrust'] = (trustNeeds) => createSiteTrust({ ...trustNeeds, clock, random })
  const makeServer = siteServers({ clock, log })
  const makeSite = (stored: StoredProfile): ConfiguredSite =>
    new ConfiguredSite({
      stored,
      store,
      secrets,
      makeTrust,
      makeServer,
      log: named(stored.profile.name, about),
      keepSecret: log.registerSecret,
      clock,
      audit: (entry) => void audit.record(entry), // never rejects
      onChanged: announceSite,
    })
  const sites = new SiteList(profiles, problems, {
    make: makeSite,
    leave: async (siteId) => {
      void pictures.forget(siteId) // never rejects
      await sessions.leave(siteId, { kind: 'signed-out' })
    },
    changed: (all) => announce('siteListChanged', all),
  })

  const pictures = new PictureDesk({
    ask: async (siteId, ...wish) => sites.get(siteId).pictureBefore(...wish),
    store: openPicturesIn(needs.dataFolder, log.scope('pictures')),
    serverNow: (siteId) => clock.now() + (offsetOf(sites, siteId) ?? 0),
  })

  const dialogs = needs.dialogs ?? noDialogs
  const captures = new CaptureDesk({
    sites,
    dialogs,
    log: log.scope('capture'),
    now: () => clock.now(),
    order: needs.capture,
  })

  const views = new WeakMap<ConfiguredSite, string>()
  function announceSite(site: ConfiguredSite, what: 'site' | 'cameras'): void {
    if (!sites.holds(site)) return // one that was edited or removed is still saying goodbye to its server
    const { shown } = site
    if (shown.state.phase !== 'open') void pictures.forget(site.id) // never rejects
    actions.siteChanged(site)
    captures.siteChanged(shown)
    if (what === 'cameras') announce('cameraListChanged', { siteId: site.id, cameras: shown.cameras })
    // A view made of the first cameras grows with the list, until its tiles are filled.
    const view = shown.view?.cameraIds.join() ?? ''
    if (what === 'site' || view !== (views.get(site) ?? '')) announce('siteChanged', shown)
    views.set(site, view)
  }

  const hasLoopback = profiles.some(({ profile }) => profile.gateway.some(isLoopback))
  const offerSecret: ProfileDeskNeeds['offerSecret'] = async (siteId, user, password) => {
    await sites.get(siteId).offerSecret(user, password)
  }
  const profileDesk = new ProfileDesk({
    store,
    sites,
    dialogs,
    after: (ms, run) => clock.after(ms, run),
    keepSecret: log.registerSecret,
    audit: (entry) => void audit.record(entry), // never rejects
    // Without a vault a password found in an imported file is dropped.
    ...(needs.secrets && { offerSecret }),
    hasLoopback,
  })
  // Windows and the tray draw what they are told of a command; the command itself goes first.
  const later = doingOnceSent()
  const tell: ServiceNeeds['announce'] = (name, fact) => later(() => announce(name, fact))
  const actions: Actions = new Actions({
    sites,
    journal: () => journal,
    clock,
    newId: newJobId,
    recordingsChanged: (recordings) => tell('recordingsChanged', recordings),
    lockProgressed: (progress) => announce('lockProgressed', progress),
    bookmarkOffered: (offer) => announce('bookmarkOffered', offer),
    warn: (line) => log.scope('actions').warn(line),
  })
  const journal = openedJournal(needs, { clock, sites, actions, tell })
  const audit: AuditDesk = new AuditDesk({
    journal: () => journal,
    chooseTarget: (name) => dialogs.chooseTarget(name, 'audit'),
    write: (file, text) => writeVerified(file, text, realDisk, () => false),
    who: () => whoSitsHere(sites.all()),
    now: () => clock.now(),
    warn: (line) => log.scope('journal').warn(line),
  })
  const preferencesChanged = (changed: Preferences) => announce('preferencesChanged', changed)
  const takeAway = new TakeAway({
    sites,
    preferences,
    preferencesChanged,
    pictures: needs.takeAway?.pictures,
    chooseFolder: () => dialogs.chooseFolder('take-away'),
    show: (file) => needs.takeAway?.show(file),
    audit: (entry) => audit.record(entry),
    inWords,
    version: needs.takeAway?.version ?? '',
    now: () => clock.now(),
  })
  const snapshots = new SnapshotDesk(takeAway, realDisk)
  const records = needs.dataFolder === undefined ? undefined : new ExportRecords(path.join(needs.dataFolder, 'exports'))
  const exports = new ExportDesk(takeAway, realDisk, records)
  const brokenExports = new BrokenExports({
    records,
    takeAway,
    isOpen: (id) => exports.has(id),
    now: () => clock.now(),
    warn: (line) => log.scope('actions').warn(line),
  })
  // Whoever has the journal has the data folder for itself.
  brokenExports.begin(journal)
  journal.catch((error: unknown) => log.scope('journal').error('nothing can be recorded, locked or marked', error))
  void actions.begin() // never rejects
  const handlers = createHandlers({
    sites,
    profiles: profileDesk,
    captures,
    pictures,
    sessions,
    actions,
    audit,
    takeAway,
    snapshots,
    exports,
    brokenExports,
    preferences,
    preferencesChanged,
    log,
  })
  const desk = {
    admit: createRate(() => clock.monotonic()),
    newReference: () => randomBytes(4).toString('hex'),
    log: log.scope('handlers'),
  }

  void sites.start() // never rejects
  return {
    answer: (name, input) => answer(handlers, name, input, desk),
    handlers,
    hasSiteOnThisComputer: hasLoopback,
    wantsStartAtLogOn: profiles.some(({ profile }) => profile.tray?.startAtLogOn === true),
    cameraName: ({ siteId, cameraId }) => (sites.has(siteId) ? sites.get(siteId).cameras.nameOf(cameraId) : undefined),
    picture: (name) => pictures.read(name),
    capture: (siteId, folder, probes) => sites.get(siteId).capture(folder, probes, new AbortController().signal),
    async pageGone() {
      pictures.leaveAll()
      await Promise.all([sessions.closeAll(), exports.cancelAll()])
    },
    networkChanged() {
      sites.renew()
      announce('networkChanged', { at: new Date(clock.now()).toISOString() })
    },
    async close() {
      profileDesk.close()
      actions.close()
      const kept = journal.then(
        (opened) => opened.close(),
        () => undefined, // told when it was opened
      )
      // What was accepted is finished as far as it will go, while the sites can still be spoken to.
      await Promise.all([sessions.closeAll(), pictures.close(), exports.cancelAll(), kept])
      sites.close()
    },
  }
}

const offsetOf = (sites: SiteList, siteId: SiteId): number | undefined =>
  sites.has(siteId) ? sites.get(siteId).standing.clockOffsetMs : undefined

const newJobId = (): JobId => JobId.parse(randomUUID())

/** Pictures do not wait for it. Rejects with AppError bad-file; without it, what operators ask for is refused. */
function openedJournal(
  { dataFolder, log }: ServiceNeeds,
  { clock, sites, actions, tell }: { clock: Clock; sites: SiteList; actions: Actions; tell: ServiceNeeds['announce'] },
): Promise<Journal> {
  return openJournalIn(dataFolder, {
    clock,
    newId: newJobId,
    performers: actions.performers,
    changed(job) {
      tell('jobChanged', job)
      actions.jobChanged(job)
    },
    // Lines of the trail know sites as text.
    offsetOf: (siteId) => offsetOf(sites, siteId as SiteId),
    warn: (line) => log.scope('journal').warn(line),
  })
}
