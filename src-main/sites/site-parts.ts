import type { SiteState } from '../../src-preload/contract/models/site.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import type { Scope } from '../log.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { StoredProfile } from '../storage/profiles.ts'
import type { Secrets } from '../storage/secrets.ts'
import type { Transport } from '../trust/index.ts'
import type { Clock } from '../xprotect/clock.ts'
import type { Server, ServerReports } from '../xprotect/server.ts'
import { addressOf, type OriginName } from './origins.ts'
import { signInOf } from './sign-in-wish.ts'
import { SiteCapture } from './site-capture.ts'
import { SitePins, type PinStore } from './site-pins.ts'
import { SiteReading } from './site-reading.ts'
import { SiteSession } from './site-session.ts'
import type { SiteEvent } from './site-state.ts'
import { SiteRoads, type MakeTrust } from './site-trust.ts'
import { SiteVideos } from './site-videos.ts'
import { Staying } from './staying.ts'
import { tell } from './tell.ts'

export interface SitePartNeeds {
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
  clock: Pick<Clock, 'after'>
}

/** What a site hears from its parts. */
export interface SiteEar {
  /** Where it stands. */
  state: () => SiteState
  happen: (event: SiteEvent) => void
  /** It is not as it was; `cameras` where only its list moved on. */
  changed: (what: 'site' | 'cameras') => void
  /** The agreed certificate of a server is back. */
  restored: (origin: string) => void
  /** New requests go by another gateway. */
  moved: (gateway: string) => void
  /** The server told of recorders, `https://host:port`. */
  learnt: (origins: string[]) => void
  /** Server clock minus this computer's, milliseconds. */
  clockOffset: (offsetMs: number) => void
}

export interface SiteParts {
  roads: SiteRoads
  pins: SitePins
  server: Server
  session: SiteSession
  staying: Staying
  reading: SiteReading
  videos: SiteVideos
  capture: SiteCapture
  /** One attempt to sign in: whether it was the latest wish, and came true. */
  enter: (user: string, attemptIt: () => Promise<void>) => Promise<boolean>
  /** Everything of the session is forgotten here, whatever the server hears of it. */
  leave: () => Promise<void>
}

/** Makes the parts of one site and introduces them to each other. None of them says a word before all are there. */
export function sitePartsOf(needs: SitePartNeeds, site: SiteEar): SiteParts {
  const { stored, store, secrets, log, audit, clock } = needs
  const { profile } = stored
  const changed = (what: 'site' | 'cameras' = 'site'): void => site.changed(what)
  const failed = (error: unknown) => tell(error, log)

  const pins = new SitePins({ stored, store, log, audit, user: () => session.signedInAs, leave: () => leave() })
  const videos: SiteVideos = new SiteVideos({
    open: (wish) => server.openSession(wish),
    isInDoubt: () => roads.blocked !== undefined,
  })
  const capture: SiteCapture = new SiteCapture({
    ask: (wish, signal) => server.capture(wish, signal),
    profile: () => pins.profile,
    user: () => session.user,
  })
  const roads: SiteRoads = new SiteRoads(profile, needs.makeTrust, clock, {
    blocked: (because, report) => site.happen({ type: 'blocked', because, ...(report && { report }) }),
    restored: site.restored,
    promoted: (origin, pin) => pins.promoted(origin, pin),
    moved: site.moved,
    expiring: ({ address, validTo, daysLeft }) => {
      log.warn(`the certificate of ${address} runs out on ${validTo.slice(0, 10)}, ${daysLeft} days from now`)
      changed()
    },
    strange: (origin) => {
      log.warn(`${addressOf(origin)} shows another certificate than the agreed one; nothing was sent to it`)
      changed()
    },
    isIdle: () => videos.isIdle,
  })
  const reports: ServerReports = {
    onLink: (link) => {
      site.happen({ type: 'linked', link })
      if (link.is === 'up') reading.linkUp()
    },
    onClockOffset: site.clockOffset,
    onKeepsake: () => staying.renewed(),
    onSignedOut: (because) => {
      reading.forget()
      capture.end(because)
      session.ended(because)
    },
  }
  const server: Server = needs.makeServer({ profile, trust: roads, reports })
  const session: SiteSession = new SiteSession(profile.user ?? '', {
    state: site.state,
    happen: site.happen,
    signOut: () => server.signOut(),
    tell: failed,
    log,
    audit: (line) => audit({ ...line, siteId: profile.id }),
  })
  const staying: Staying = new Staying({
    siteId: profile.id,
    policy: signInOf(profile).staySignedIn,
    secrets,
    keepsake: () => server.keepsake(),
    resume: (user, keepsake) => enter(user, () => server.resume(user, keepsake)),
    reach: () => roads.probe(roads.gateway),
    clock,
    log,
    changed,
  })
  const reading: SiteReading = new SiteReading({
    server: () => server,
    isOpen: () => site.state().phase === 'open',
    isUp: () => {
      const state = site.state()
      return state.phase === 'open' && state.link.is === 'up'
    },
    clock,
    log,
    tell: failed,
    changed,
    learnt: site.learnt,
  })

  async function enter(user: string, attemptIt: () => Promise<void>): Promise<boolean> {
    if (!(await session.enter(user, attemptIt))) return false
    reading.forget()
    void reading.read() // never rejects
    return true
  }

  async function leave(): Promise<void> {
    staying.stepAside()
    reading.stop()
    capture.end({ kind: 'signed-out' })
    await session.leave()
  }

  return { roads, pins, server, session, staying, reading, videos, capture, enter, leave }
}
