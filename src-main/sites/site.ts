import { AppError } from '../../src-preload/contract/failure.ts'
import type { CameraGroup, Stream } from '../../src-preload/contract/models/camera.ts'
import type { ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { SiteSettings } from '../../src-preload/contract/models/profile.ts'
import type { CameraSequences } from '../../src-preload/contract/models/sequence.ts'
import type { OriginTest, Site, SiteState } from '../../src-preload/contract/models/site.ts'
import { settingsOf } from '../storage/profile-settings.ts'
import type { RecordingTriggers } from '../../src-preload/contract/models/recording.ts'
import type { PinWish } from '../trust/index.ts'
import type { OperatorActions } from '../xprotect/operator-actions.ts'
import type { LengthLimits } from '../xprotect/recording/facts.ts'
import type { Server, VideoSession } from '../xprotect/server.ts'
import type { CameraList } from './camera-list.ts'
import { addressOf } from './origins.ts'
import { shownSite } from './shown-site.ts'
import type { SiteCapture } from './site-capture.ts'
import { sitePartsOf, type SitePartNeeds, type SiteParts } from './site-parts.ts'
import { next, type SiteEvent } from './site-state.ts'
import type { SiteVideos } from './site-videos.ts'
import { tell } from './tell.ts'

export interface SiteNeeds extends SitePartNeeds {
  /** Never to appear in the log. */
  keepSecret: (secret: string) => void
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
  readonly #parts: SiteParts
  #state: SiteState
  #clockOffsetMs: number | undefined

  constructor(needs: SiteNeeds) {
    const { profile, problem } = needs.stored
    this.#needs = needs
    this.id = profile.id
    this.#parts = sitePartsOf(needs, {
      state: () => this.#state,
      happen: (event) => this.#happen(event),
      changed: (what) => needs.onChanged(this, what),
      restored: (origin) => this.#restored(origin),
      moved: (gateway) => this.#moved(gateway),
      learnt: (origins) => this.learnOrigins(origins),
      clockOffset: (offsetMs) => {
        this.#clockOffsetMs = offsetMs
        needs.onChanged(this, 'site')
      },
    })
    this.#state = { phase: this.#parts.roads.unpinned ? 'unpinned' : 'signed-out', ...(problem && { problem }) }
  }

  /** The site as the page sees it. */
  get shown(): Site {
    return shownSite({
      profile: this.#parts.pins.profile,
      managed: this.#needs.stored.managed,
      roads: this.#parts.roads,
      user: this.#parts.session.user,
      state: this.#state,
      cameras: this.cameras,
      staySignedIn: this.#parts.staying.shown,
      facts: this.#parts.reading.facts,
      clockOffsetMs: this.#clockOffsetMs,
    })
  }

  /** As much of it as changes with sign-in, the link and the clock; unlike `shown` it costs nothing. */
  get standing(): Pick<Site, 'state' | 'user' | 'clockOffsetMs'> {
    const clockOffsetMs = this.#clockOffsetMs
    return { state: this.#state, user: this.#parts.session.user, ...(clockOffsetMs !== undefined && { clockOffsetMs }) }
  }

  get cameras(): CameraList {
    return this.#parts.reading.cameras
  }

  /**
   * Looks at the certificate that is to be agreed on next, or at the server with this address; nothing but a handshake
   * is sent.
   */
  async probe(address?: string): Promise<ProbeReport> {
    const origin = this.#parts.roads.toProbe(address)
    if (origin === undefined) throw new AppError({ kind: 'not-found', what: 'server' })
    const isAskedFor = origin === this.#parts.roads.toProbe()
    try {
      const report = await this.#parts.roads.probe(origin)
      if (isAskedFor) this.#happen({ type: 'probed', report })
      return report
    } catch (error) {
      if (isAskedFor) this.#happen({ type: 'probeFailed', because: tell(error, this.#needs.log) })
      throw error
    }
  }

  /** Agrees on a certificate just probed, as `SitePins.pin` says. */
  async pin(wish: PinWish): Promise<void> {
    const repinned = await this.#parts.pins.pin(wish, this.#parts.roads)
    if (repinned) this.#happen({ type: 'repinned' })
    else if (this.#state.phase !== 'unpinned') this.#needs.onChanged(this, 'site')
    else if (this.#parts.roads.unpinned) this.#become({ phase: 'unpinned' })
    else this.#happen({ type: 'pinned' })
  }

  /** Tries every server of the site part by part, without a credential. */
  test(): Promise<OriginTest[]> {
    return this.#parts.roads.test()
  }

  /** Recorders the server told of, `https://host:port`: shown, and pinned like a new site before they are used. */
  learnOrigins(origins: string[]): void {
    const fresh = origins.filter((origin) => this.#parts.roads.learn(origin))
    if (fresh.length === 0) return
    this.#needs.log.info(`told of ${fresh.map(addressOf).join(', ')}; nothing is sent there before it is agreed on`)
    this.#needs.onChanged(this, 'site')
  }

  /** Comes back by itself where somebody stayed signed in. Never rejects. */
  start(): Promise<void> {
    return this.#parts.staying.start()
  }

  /** Exactly one attempt. A refusal is thrown, and stays on the site as its problem. */
  async signIn(user: string, password: string, stay = false): Promise<void> {
    this.#parts.staying.stepAside()
    if (this.#state.phase === 'open') await this.signOut()
    this.#needs.keepSecret(password)
    // Nobody waits for a keyring; it never rejects.
    if (await this.#parts.enter(user, () => this.#parts.server.signIn(user, password)))
      void this.#parts.staying.signedIn(user, stay)
  }

  /** A password for this site from an imported profile: sealed for the next start, or left. Whether it was sealed. */
  offerSecret(user: string, password: string): Promise<boolean> {
    this.#needs.keepSecret(password)
    return this.#parts.staying.offer(user, password)
  }

  async signOut(): Promise<void> {
    const left = this.#parts.leave()
    await this.forgetStay()
    await left
    this.#needs.log.info('signed out')
  }

  /** Nobody stays signed in here over a restart. Never rejects. */
  forgetStay(): Promise<void> {
    return this.#parts.staying.signedOut()
  }

  reloadCameras(): void {
    this.#demandOpen()
    void this.#parts.reading.read() // never rejects
  }

  async cameraGroups(): Promise<CameraGroup[]> {
    this.#demandOpen()
    return this.#parts.server.cameraGroups(new AbortController().signal)
  }

  async streams(cameraId: CameraId): Promise<Stream[]> {
    this.#demandOpen()
    return this.#parts.server.streams(cameraId)
  }

  async recordingTriggers(): Promise<RecordingTriggers> {
    this.#demandOpen()
    return this.#parts.server.recordingTriggers(new AbortController().signal)
  }

  /** Throws where nobody is signed in. */
  async sequences(wish: Parameters<Server['sequences']>[0]): Promise<CameraSequences> {
    this.#demandOpen()
    return this.#parts.server.sequences(wish, new AbortController().signal)
  }

  /** Throws where nobody is signed in. */
  async pictureBefore(...wish: Parameters<Server['pictureBefore']>): ReturnType<Server['pictureBefore']> {
    this.#demandOpen()
    return this.#parts.server.pictureBefore(...wish)
  }

  /** Throws where nobody is signed in. */
  async alarms(wish: Parameters<Server['alarms']>[0]): ReturnType<Server['alarms']> {
    this.#demandOpen()
    return this.#parts.server.alarms(wish, new AbortController().signal)
  }

  async openSession(...wish: Parameters<SiteVideos['open']>): Promise<VideoSession> {
    this.#demandOpen()
    return this.#parts.videos.open(...wish)
  }

  /** Writes what the server says into a folder, as `SiteCapture.write` says. Gives the number of files. */
  async capture(...wish: Parameters<SiteCapture['write']>): Promise<number> {
    this.#demandOpen()
    return this.#parts.capture.write(...wish)
  }

  /** What operators can have done here. */
  get actions(): OperatorActions {
    return this.#parts.server.actions()
  }

  /** How long recordings by hand may be, by the profile. */
  get recordingLimits(): LengthLimits {
    return settingsOf(this.#parts.pins.profile).recording
  }

  /** What becomes of a recording by hand at its end, by the profile. */
  get bookmarkAtEnd(): SiteSettings['recording']['bookmarkAtEnd'] {
    return settingsOf(this.#parts.pins.profile).recording.bookmarkAtEnd
  }

  /** Connections made before sleep or on another network are stale. */
  renew(): void {
    this.#parts.roads.renew()
    this.#parts.server.renew()
  }

  close(): void {
    this.#parts.session.overtake()
    this.#parts.staying.stepAside()
    this.#parts.reading.stop()
    this.#parts.capture.end({ kind: 'signed-out' })
    this.#parts.roads.close()
  }

  #demandOpen(): void {
    const state = this.#state
    if (state.phase === 'open') return
    if (state.phase === 'blocked') throw new AppError(state.because)
    throw new AppError({ kind: state.phase === 'unpinned' ? 'not-pinned' : 'signed-out' })
  }

  /**
   * The token stays: it is the site's, and every gateway stands before the same identity provider [?]; one that refuses
   * it brings about one renewal, as any 401 does. Pictures run on, but the other gateway knows nothing of their sessions:
   * they end as they are lost or not found there, and the page asks for them again. A site goes back to its first
   * gateway only while no picture is open, so that nothing is lost by it.
   */
  #moved(gateway: string): void {
    this.#needs.log.warn(`goes by the gateway ${addressOf(gateway)} from now on`)
    this.#parts.server.renew()
    this.#needs.onChanged(this, 'site')
  }

  #restored(origin: string): void {
    this.#needs.log.info(`the agreed certificate of ${addressOf(origin)} is back`)
    const user = this.#parts.session.signedInAs
    this.#happen({ type: 'restored', user })
    this.#parts.server.renew()
    if (user !== null && this.cameras.state.phase !== 'ready') void this.#parts.reading.read() // never rejects
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
