import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import type { CameraGroup, Stream } from '../../src-preload/contract/models/camera.ts'
import type { Fingerprint, ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import type { CameraId, SiteId, StreamId } from '../../src-preload/contract/models/ids.ts'
import type { OriginTest, Site, SiteState } from '../../src-preload/contract/models/site.ts'
import type { Scope } from '../log.ts'
import { refuseManaged } from '../storage/profile-acts.ts'
import { settingsOf } from '../storage/profile-settings.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { ProfileStore, StoredProfile } from '../storage/profiles.ts'
import { writeCapture } from '../storage/capture-folder.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { PinWish, Transport } from '../trust/index.ts'
import type { Clock } from '../xprotect/clock.ts'
import type { OperatorActions } from '../xprotect/operator-actions.ts'
import type { LengthLimits } from '../xprotect/recording/facts.ts'
import type { Server, ServerReports, SessionWish, VideoSession } from '../xprotect/server.ts'
import { accountName } from './account.ts'
import { CameraList } from './camera-list.ts'
import { captureOf } from './capture-wish.ts'
import { CameraReader } from './camera-reader.ts'
import { addressOf, type OriginName } from './origins.ts'
import { shownSite } from './shown-site.ts'
import { signInOf } from './sign-in-wish.ts'
import { next, type SiteEvent } from './site-state.ts'
import { SiteFacts } from './site-facts.ts'
import { Staying } from './staying.ts'
import { tell } from './tell.ts'
import { SiteRoads, type MakeTrust } from './site-trust.ts'

export interface SiteNeeds {
  stored: StoredProfile
  store: Pick<ProfileStore, 'savePin' | 'saveRepin' | 'savePromotion'>
  secrets: Secrets
  makeTrust: MakeTrust
  makeServer: (site: {
    profile: SiteProfile
    trust: { transport: (name: OriginName) => Transport; recorder: (origin: string) => Transport }
    reports: ServerReports
  }) => Server
  log: Scope
  /** Never to appear in the log. */
  keepSecret: (secret: string) => void
  clock: Pick<Clock, 'after'>
  /** The site is not as it was; `cameras` where only its list moved on. */
  onChanged: (site: ConfiguredSite, what: 'site' | 'cameras') => void
}

/** One configured site: its profile, its trust, its server, who is signed in, and its cameras. */
export class ConfiguredSite {
  readonly id: SiteId
  readonly cameras: CameraList
  readonly #needs: SiteNeeds
  readonly #roads: SiteRoads
  readonly #server: Server
  readonly #reader: CameraReader
  readonly #staying: Staying
  readonly #facts: SiteFacts
  #profile: SiteProfile
  #state: SiteState
  #user: string
  /** Who holds a session with the server, also while nothing may be sent. */
  #signedInAs: string | null = null
  #attempt = 0
  /** Video sessions the page holds open. */
  readonly #playing = new Set<symbol>()
  #clockOffsetMs: number | undefined

  constructor(needs: SiteNeeds) {
    this.#needs = needs
    this.#profile = needs.stored.profile
    this.id = this.#profile.id
    this.#user = this.#profile.user ?? ''
    this.#roads = new SiteRoads(this.#profile, needs.makeTrust, needs.clock, {
      blocked: (because, report) => this.#happen({ type: 'blocked', because, ...(report && { report }) }),
      restored: (origin) => this.#restored(origin),
      promoted: (origin, pin) => this.#promoted(origin, pin),
      moved: (gateway) => this.#moved(gateway),
      expiring: ({ address, validTo, daysLeft }) => {
        needs.log.warn(`the certificate of ${address} runs out on ${validTo.slice(0, 10)}, ${daysLeft} days from now`)
        needs.onChanged(this, 'site')
      },
      strange: (origin) => {
        needs.log.warn(`${addressOf(origin)} shows another certificate than the agreed one; nothing was sent to it`)
        needs.onChanged(this, 'site')
      },
      isIdle: () => this.#playing.size === 0,
    })
    this.#state = {
      phase: this.#roads.unpinned ? 'unpinned' : 'signed-out',
      ...(needs.stored.problem && { problem: needs.stored.problem }),
    }
    this.cameras = new CameraList(
      (error) => tell(error, needs.log),
      () => needs.onChanged(this, 'cameras'),
    )
    this.#server = needs.makeServer({
      profile: this.#profile,
      trust: this.#roads,
      reports: {
        onLink: (link) => {
          this.#happen({ type: 'linked', link })
          if (link.is === 'up') this.#reader.again()
          if (link.is === 'up' && this.cameras.state.phase === 'ready') void this.#facts.ask() // never rejects
        },
        onClockOffset: (offsetMs) => {
          this.#clockOffsetMs = offsetMs
          needs.onChanged(this, 'site')
        },
        onKeepsake: () => this.#staying.renewed(),
        onSignedOut: (because) => {
          this.#signedInAs = null
          this.#facts.forget()
          this.#happen({ type: 'signedOut', because })
        },
      },
    })
    this.#staying = new Staying({
      siteId: this.id,
      policy: signInOf(this.#profile).staySignedIn,
      secrets: needs.secrets,
      keepsake: () => this.#server.keepsake(),
      resume: (user, keepsake) => this.#enter(user, () => this.#server.resume(user, keepsake)),
      reach: () => this.#roads.probe(this.#roads.gateway),
      clock: needs.clock,
      log: needs.log,
      changed: () => needs.onChanged(this, 'site'),
    })
    this.#facts = new SiteFacts({
      ask: (camera, signal) => this.#server.facts(camera, signal),
      cameras: () => this.cameras.first(500),
      log: needs.log,
      changed: () => needs.onChanged(this, 'site'),
    })
    this.#reader = new CameraReader({
      list: this.cameras,
      source: (signal) => this.#server.cameras(signal),
      mayAsk: () => this.#state.phase === 'open' && this.#state.link.is === 'up',
      clock: needs.clock,
      log: needs.log,
    })
  }

  /** The site as the page sees it. */
  get shown(): Site {
    return shownSite({
      profile: this.#profile,
      managed: this.#needs.stored.managed,
      roads: this.#roads,
      user: this.#user,
      state: this.#state,
      cameras: this.cameras,
      staySignedIn: this.#staying.shown,
      facts: this.#facts.shown,
      clockOffsetMs: this.#clockOffsetMs,
    })
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

  /**
   * Agrees on a certificate just probed whose last digits a person typed: a first one, or another in the place of one
   * that changed. Then nobody is signed in any more: the old token was another server's. Saved before anything changes.
   */
  async pin(wish: PinWish): Promise<void> {
    const { stored, log } = this.#needs
    refuseManaged(stored)
    const repinned = await this.#roads.pin(wish, async ({ origin, before }) => {
      await this.#savePin(origin, wish.fingerprint, before)
      const who = `${this.#signedInAs ?? 'nobody'} signed in, ${accountName()} at this computer`
      const instead = before.length > 0 ? ` in place of ${before.join(', ')}` : ''
      log.info(`certificate ${wish.fingerprint} agreed on for ${addressOf(origin)}${instead} (${who})`)
      // While the gate is shut: nothing of the old session can reach the new server.
      if (this.#roads.blocked?.origin === origin) await this.#leave()
    })
    if (repinned) this.#happen({ type: 'repinned' })
    else if (this.#state.phase !== 'unpinned') this.#needs.onChanged(this, 'site')
    else if (this.#roads.unpinned) this.#become({ phase: 'unpinned' })
    else this.#happen({ type: 'pinned' })
  }

  /** Tries every server of the site part by part, without a credential. */
  test(): Promise<OriginTest[]> {
    return this.#roads.test()
  }

  /** A recorder the server told of, `https://host:port`: shown, and pinned like a new site before it is used. */
  learnOrigin(origin: string): void {
    this.#roads.learn(origin)
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

  /** Whether it was the latest wish, and came true. */
  async #enter(user: string, attemptIt: () => Promise<void>): Promise<boolean> {
    if (this.#state.phase === 'blocked') throw new AppError(this.#state.because)
    if (this.#state.phase === 'unpinned') throw new AppError({ kind: 'not-pinned' })
    const attempt = ++this.#attempt
    const isLatest = (): boolean => attempt === this.#attempt
    this.#user = user
    this.#happen({ type: 'signInStarted', user })
    try {
      await attemptIt()
    } catch (error) {
      if (isLatest()) this.#happen({ type: 'signInFailed', because: tell(error, this.#needs.log) })
      throw error
    }
    if (!isLatest()) return false
    this.#signedInAs = user
    this.#facts.forget()
    this.#happen({ type: 'signedIn' })
    this.#needs.log.info('signed in')
    void this.#read() // never rejects
    return true
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
    void this.#read() // never rejects
  }

  async cameraGroups(): Promise<CameraGroup[]> {
    this.#demandOpen()
    return this.#server.cameraGroups(new AbortController().signal)
  }

  async streams(cameraId: CameraId): Promise<Stream[]> {
    this.#demandOpen()
    return this.#server.streams(cameraId)
  }

  async openSession(
    camera: { cameraId: CameraId; streamId: StreamId | null },
    { signal, onEnded }: Pick<SessionWish, 'signal' | 'onEnded'>,
  ): Promise<VideoSession> {
    this.#demandOpen()
    const playing = Symbol()
    const session = await this.#server.openSession({
      ...camera,
      signal,
      onEnded: (because) => {
        this.#playing.delete(playing)
        // With the identity in doubt the signalling is cut, not the picture: it is authenticated already and runs on.
        if (!this.#roads.blocked || because.kind === 'signed-out') onEnded(because)
      },
    })
    this.#playing.add(playing)
    return {
      ...session,
      close: () => {
        this.#playing.delete(playing)
        return session.close()
      },
    }
  }

  /**
   * Writes what the server says to the probes into a folder, fit to be read by an administrator and sent. `probes` names
   * those that do more than read. Gives the number of files. Throws where a probe is not known, or the folder cannot be
   * written to.
   */
  async capture(folder: string, probes: string[]): Promise<number> {
    this.#demandOpen()
    const wish = captureOf(this.#profile, this.#user, probes)
    const files = await this.#server.capture(wish, new AbortController().signal)
    await writeCapture(folder, files)
    return files.length
  }

  /** What operators can have done here. */
  get actions(): OperatorActions {
    return this.#server.actions()
  }

  /** How long recordings by hand may be, by the profile. */
  get recordingLimits(): LengthLimits {
    return settingsOf(this.#profile).recording
  }

  /** Connections made before sleep or on another network are stale. */
  renew(): void {
    this.#roads.renew()
    this.#server.renew()
  }

  close(): void {
    this.#attempt += 1
    this.#staying.stepAside()
    this.#reader.stop()
    this.#facts.forget()
    this.#roads.close()
  }

  /** The cameras, and then what can be done with them. */
  async #read(): Promise<void> {
    await this.#reader.read()
    if (this.#state.phase === 'open') await this.#facts.ask()
  }

  #demandOpen(): void {
    const state = this.#state
    if (state.phase === 'open') return
    if (state.phase === 'blocked') throw new AppError(state.because)
    throw new AppError({ kind: state.phase === 'unpinned' ? 'not-pinned' : 'signed-out' })
  }

  /** Everything of the session is forgotten here, whatever the server hears of it. */
  async #leave(): Promise<void> {
    this.#attempt += 1
    this.#signedInAs = null
    this.#staying.stepAside()
    this.#reader.stop()
    this.#facts.forget()
    this.#happen({ type: 'signedOut' })
    try {
      await this.#server.signOut()
    } catch (error) {
      // The server's token ends by itself.
      this.#needs.log.warn(`the server was not told of the sign-out: ${failureOf(error).kind}`)
    }
  }

  async #savePin(origin: string, pin: Fingerprint, before: Fingerprint[]): Promise<void> {
    const { store } = this.#needs
    const saved = before.length > 0 ? store.saveRepin(this.id, origin, pin) : store.savePin(this.id, origin, pin)
    this.#profile = { ...this.#profile, trust: (await saved).trust }
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
    this.#happen({ type: 'restored', user: this.#signedInAs })
    this.#server.renew()
    if (this.#signedInAs !== null && this.cameras.state.phase !== 'ready') void this.#read() // never rejects
  }

  #promoted(origin: string, pin: Fingerprint): void {
    this.#needs.log.info(`announced certificate ${pin} is now in use at ${addressOf(origin)}`)
    this.#needs.store.savePromotion(this.id, origin, pin).catch((error: unknown) => {
      // The announced pin stays in the file and is accepted as before; only its place is not up to date.
      this.#needs.log.warn(`the profile was not brought up to date: ${JSON.stringify(failureOf(error))}`)
    })
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
