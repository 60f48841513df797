import { AppError } from '../../src-preload/contract/failure.ts'
import type { CameraGroup, Stream } from '../../src-preload/contract/models/camera.ts'
import type { ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { SiteSettings } from '../../src-preload/contract/models/profile.ts'
import type { CameraSequences } from '../../src-preload/contract/models/sequence.ts'
import type { OriginTest, Site, SiteState } from '../../src-preload/contract/models/site.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import type { Scope } from '../log.ts'
import { settingsOf } from '../storage/profile-settings.ts'
import type { RecordingTriggers } from '../../src-preload/contract/models/recording.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { StoredProfile } from '../storage/profiles.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { PinWish, Transport } from '../trust/index.ts'
import type { Clock } from '../xprotect/clock.ts'
import type { OperatorActions } from '../xprotect/operator-actions.ts'
import type { LengthLimits } from '../xprotect/recording/facts.ts'
import type { Server, ServerReports, VideoSession } from '../xprotect/server.ts'
import type { CameraList } from './camera-list.ts'
import { addressOf, type OriginName } from './origins.ts'
import { shownSite } from './shown-site.ts'
import { signInOf } from './sign-in-wish.ts'
import { SiteCapture } from './site-capture.ts'
import { SitePins, type PinStore } from './site-pins.ts'
import { SiteReading } from './site-reading.ts'
import { SiteSession } from './site-session.ts'
import { next, type SiteEvent } from './site-state.ts'
import { SiteRoads, type MakeTrust } from './site-trust.ts'
import { SiteVideos } from './site-videos.ts'
import { Staying } from './staying.ts'
import { tell } from './tell.ts'

export interface SiteNeeds {
  stored: StoredProfile
  store: PinStore
  secrets: Secrets
  makeTrust: MakeTrust
  makeServer: (site: {
    profile: SiteProfile
    trust: { transport: (name: OriginName) => Transport; recorder: (origin: string) => Transport }
    reports: ServerReports
  }) => Server
  log: Scope
  /** Who signed in and out, and what was agreed on, for the audit trail. Never throws. */
  audit: (entry: AuditEntry) => void
  /** Never to appear in the log. */
  keepSecret: (secret: string) => void
  clock: Pick<Clock, 'after'>
  /** The site is not as it was; `cameras` where only its list moved on. */
  onChanged: (site: ConfiguredSite, what: 'site' | 'cameras') => void
}

/**
 * One configured site: where it stands, and the parts that know its servers (roads, pins), who is signed in (session,
 * staying), what was read of it (reading), what it plays (videos) and what it says (capture).
 */
export class ConfiguredSite {
  readonly id: SiteId
  readonly #needs: SiteNeeds
  readonly #roads: SiteRoads
  readonly #pins: SitePins
  readonly #server: Server
  readonly #session: SiteSession
  readonly #staying: Staying
  readonly #reading: SiteReading
  readonly #videos: SiteVideos
  readonly #capture: SiteCapture
  #state: SiteState
  #clockOffsetMs: number | undefined

  constructor(needs: SiteNeeds) {
    const { stored, log, clock } = needs
    const { profile } = stored
    const changed = (what: 'site' | 'cameras' = 'site'): void => needs.onChanged(this, what)
    this.#needs = needs
    this.id = profile.id
    this.#pins = new SitePins({
      stored,
      store: needs.store,
      log,
      audit: needs.audit,
      user: () => this.#session.signedInAs,
      leave: () => this.#leave(),
    })
    this.#videos = new SiteVideos({
      open: (wish) => this.#server.openSession(wish),
      isInDoubt: () => this.#roads.blocked !== undefined,
    })
    this.#capture = new SiteCapture({
      ask: (wish, signal) => this.#server.capture(wish, signal),
      profile: () => this.#pins.profile,
      user: () => this.#session.user,
    })
    this.#roads = new SiteRoads(profile, needs.makeTrust, clock, {
      blocked: (because, report) => this.#happen({ type: 'blocked', because, ...(report && { report }) }),
      restored: (origin) => this.#restored(origin),
      promoted: (origin, pin) => this.#pins.promoted(origin, pin),
      moved: (gateway) => this.#moved(gateway),
      expiring: ({ address, validTo, daysLeft }) => {
        log.warn(`the certificate of ${address} runs out on ${validTo.slice(0, 10)}, ${daysLeft} days from now`)
        changed()
      },
      strange: (origin) => {
        log.warn(`${addressOf(origin)} shows another certificate than the agreed one; nothing was sent to it`)
        changed()
      },
      isIdle: () => this.#videos.isIdle,
    })
    this.#state = {
      phase: this.#roads.unpinned ? 'unpinned' : 'signed-out',
      ...(stored.problem && { problem: stored.problem }),
    }
    this.#server = needs.makeServer({ profile, trust: this.#roads, reports: this.#reports() })
    this.#session = new SiteSession(profile.user ?? '', {
      state: () => this.#state,
      happen: (event) => this.#happen(event),
      signOut: () => this.#server.signOut(),
      tell: (error) => tell(error, log),
      log,
      audit: (line) => needs.audit({ ...line, siteId: this.id }),
    })
    this.#staying = new Staying({
      siteId: this.id,
      policy: signInOf(profile).staySignedIn,
      secrets: needs.secrets,
      keepsake: () => this.#server.keepsake(),
      resume: (user, keepsake) => this.#enter(user, () => this.#server.resume(user, keepsake)),
      reach: () => this.#roads.probe(this.#roads.gateway),
      clock,
      log,
      changed,
    })
    this.#reading = new SiteReading({
      server: () => this.#server,
      isOpen: () => this.#state.phase === 'open',
      isUp: () => this.#state.phase === 'open' && this.#state.link.is === 'up',
      clock,
      log,
      tell: (error) => tell(error, log),
      changed,
      learnt: (origins) => this.learnOrigins(origins),
    })
  }

  /** The site as the page sees it. */
  get shown(): Site {
    return shownSite({
      profile: this.#pins.profile,
      managed: this.#needs.stored.managed,
      roads: this.#roads,
      user: this.#session.user,
      state: this.#state,
      cameras: this.cameras,
      staySignedIn: this.#staying.shown,
      facts: this.#reading.facts,
      clockOffsetMs: this.#clockOffsetMs,
    })
  }

  get cameras(): CameraList {
    return this.#reading.cameras
  }

  /**
   * Looks at the certificate that is to be agreed on next, or at the server with this address; nothing but a handshake
   * is sent.
   */
  async probe(address?: string): Promise<ProbeReport> {
    const origin = this.#roads.toProbe(address)
    if (origin === undefined) throw new AppError({ kind: 'not-found', what: 'server' })
    const isAskedFor = origin === this.#roads.toProbe()
    try {
      const report = await this.#roads.probe(origin)
      if (isAskedFor) this.#happen({ type: 'probed', report })
      return report
    } catch (error) {
      if (isAskedFor) this.#happen({ type: 'probeFailed', because: tell(error, this.#needs.log) })
      throw error
    }
  }

  /** Agrees on a certificate just probed, as `SitePins.pin` says. */
  async pin(wish: PinWish): Promise<void> {
    const repinned = await this.#pins.pin(wish, this.#roads)
    if (repinned) this.#happen({ type: 'repinned' })
    else if (this.#state.phase !== 'unpinned') this.#needs.onChanged(this, 'site')
    else if (this.#roads.unpinned) this.#become({ phase: 'unpinned' })
    else this.#happen({ type: 'pinned' })
  }

  /** Tries every server of the site part by part, without a credential. */
  test(): Promise<OriginTest[]> {
    return this.#roads.test()
  }

  /** Recorders the server told of, `https://host:port`: shown, and pinned like a new site before they are used. */
  learnOrigins(origins: string[]): void {
    const fresh = origins.filter((origin) => this.#roads.learn(origin))
    if (fresh.length === 0) return
    this.#needs.log.info(`told of ${fresh.map(addressOf).join(', ')}; nothing is sent there before it is agreed on`)
    this.#needs.onChanged(this, 'site')
  }

  /** Comes back by itself where somebody stayed signed in. Never rejects. */
  start(): Promise<void> {
    return this.#staying.start()
  }

  /** Exactly one attempt. A refusal is thrown, and stays on the site as its problem. */
  async signIn(user: string, password: string, stay = false): Promise<void> {
    this.#staying.stepAside()
    if (this.#state.phase === 'open') await this.signOut()
    this.#needs.keepSecret(password)
    // Nobody waits for a keyring; it never rejects.
    if (await this.#enter(user, () => this.#server.signIn(user, password))) void this.#staying.signedIn(user, stay)
  }

  /** A password for this site from an imported profile: sealed for the next start, or left. Whether it was sealed. */
  offerSecret(user: string, password: string): Promise<boolean> {
    this.#needs.keepSecret(password)
    return this.#staying.offer(user, password)
  }

  async signOut(): Promise<void> {
    const left = this.#leave()
    await this.forgetStay()
    await left
    this.#needs.log.info('signed out')
  }

  /** Nobody stays signed in here over a restart. Never rejects. */
  forgetStay(): Promise<void> {
    return this.#staying.signedOut()
  }

  reloadCameras(): void {
    this.#demandOpen()
    void this.#reading.read() // never rejects
  }

  async cameraGroups(): Promise<CameraGroup[]> {
    this.#demandOpen()
    return this.#server.cameraGroups(new AbortController().signal)
  }

  async streams(cameraId: CameraId): Promise<Stream[]> {
    this.#demandOpen()
    return this.#server.streams(cameraId)
  }

  async recordingTriggers(): Promise<RecordingTriggers> {
    this.#demandOpen()
    return this.#server.recordingTriggers(new AbortController().signal)
  }

  /** Throws where nobody is signed in. */
  async sequences(wish: Parameters<Server['sequences']>[0]): Promise<CameraSequences> {
    this.#demandOpen()
    return this.#server.sequences(wish, new AbortController().signal)
  }

  /** Throws where nobody is signed in. */
  async pictureBefore(...wish: Parameters<Server['pictureBefore']>): ReturnType<Server['pictureBefore']> {
    this.#demandOpen()
    return this.#server.pictureBefore(...wish)
  }

  async openSession(...wish: Parameters<SiteVideos['open']>): Promise<VideoSession> {
    this.#demandOpen()
    return this.#videos.open(...wish)
  }

  /** Writes what the server says into a folder, as `SiteCapture.write` says. Gives the number of files. */
  async capture(...wish: Parameters<SiteCapture['write']>): Promise<number> {
    this.#demandOpen()
    return this.#capture.write(...wish)
  }

  /** What operators can have done here. */
  get actions(): OperatorActions {
    return this.#server.actions()
  }

  /** How long recordings by hand may be, by the profile. */
  get recordingLimits(): LengthLimits {
    return settingsOf(this.#pins.profile).recording
  }

  /** What becomes of a recording by hand at its end, by the profile. */
  get bookmarkAtEnd(): SiteSettings['recording']['bookmarkAtEnd'] {
    return settingsOf(this.#pins.profile).recording.bookmarkAtEnd
  }

  /** Connections made before sleep or on another network are stale. */
  renew(): void {
    this.#roads.renew()
    this.#server.renew()
  }

  close(): void {
    this.#session.overtake()
    this.#staying.stepAside()
    this.#reading.stop()
    this.#capture.end({ kind: 'signed-out' })
    this.#roads.close()
  }

  #reports(): ServerReports {
    return {
      onLink: (link) => {
        this.#happen({ type: 'linked', link })
        if (link.is === 'up') this.#reading.linkUp()
      },
      onClockOffset: (offsetMs) => {
        this.#clockOffsetMs = offsetMs
        this.#needs.onChanged(this, 'site')
      },
      onKeepsake: () => this.#staying.renewed(),
      onSignedOut: (because) => {
        this.#reading.forget()
        this.#capture.end(because)
        this.#session.ended(because)
      },
    }
  }

  /** Whether it was the latest wish, and came true. */
  async #enter(user: string, attemptIt: () => Promise<void>): Promise<boolean> {
    if (!(await this.#session.enter(user, attemptIt))) return false
    this.#reading.forget()
    void this.#reading.read() // never rejects
    return true
  }

  #demandOpen(): void {
    const state = this.#state
    if (state.phase === 'open') return
    if (state.phase === 'blocked') throw new AppError(state.because)
    throw new AppError({ kind: state.phase === 'unpinned' ? 'not-pinned' : 'signed-out' })
  }

  /** Everything of the session is forgotten here, whatever the server hears of it. */
  async #leave(): Promise<void> {
    this.#staying.stepAside()
    this.#reading.stop()
    this.#capture.end({ kind: 'signed-out' })
    await this.#session.leave()
  }

  /**
   * The token stays: it is the site's, and every gateway stands before the same identity provider [?]; one that refuses
   * it brings about one renewal, as any 401 does. Pictures run on, but the other gateway knows nothing of their sessions:
   * they end as they are lost or not found there, and the page asks for them again. A site goes back to its first
   * gateway only while no picture is open, so that nothing is lost by it.
   */
  #moved(gateway: string): void {
    this.#needs.log.warn(`goes by the gateway ${addressOf(gateway)} from now on`)
    this.#server.renew()
    this.#needs.onChanged(this, 'site')
  }

  #restored(origin: string): void {
    this.#needs.log.info(`the agreed certificate of ${addressOf(origin)} is back`)
    const user = this.#session.signedInAs
    this.#happen({ type: 'restored', user })
    this.#server.renew()
    if (user !== null && this.cameras.state.phase !== 'ready') void this.#reading.read() // never rejects
  }

  #happen(event: SiteEvent): void {
    this.#become(next(this.#state, event))
  }

  #become(state: SiteState): void {
    if (state === this.#state) return
    this.#state = state
    this.#needs.log.info(`is ${state.phase}`)
    this.#needs.onChanged(this, 'site')
  }
}
