import { z } from 'zod'
import type { Failure } from '../failure.ts'
import type { Capabilities, ChildSite } from './capabilities.ts'
import type { OriginStep, ProbeReport } from './certificate.ts'
import type { CameraId, SiteId } from './ids.ts'

/** Where one site stands. Main decides; the page shows. */
export type SiteState =
  | { phase: 'signed-out'; problem?: Failure }
  /** No certificate has been agreed on. `report` is there once the server has been looked at. */
  | { phase: 'unpinned'; report?: ProbeReport; problem?: Failure }
  | { phase: 'signing-in'; user: string }
  | { phase: 'open'; user: string; link: SiteLink }
  /** The server's identity changed: nothing is sent until the pinned certificate is back or the site is pinned anew. */
  | { phase: 'blocked'; report?: ProbeReport; because: Failure }

/** Whether the server answered last time it was asked. */
export type SiteLink = { is: 'up' } | { is: 'down'; because: Failure; since: string }

/** How a site's cameras came in so far. */
export type CameraListState =
  | { phase: 'none' }
  | { phase: 'loading'; loaded: number }
  | { phase: 'ready'; total: number; skipped: number }
  | { phase: 'failed'; loaded: number; because: Failure }

/** One server of a site and how it proves itself. */
export interface SiteOrigin {
  /** Host and port, for a human. */
  address: string
  role: 'gateway' | 'idp' | 'recorder'
  trust: 'none' | 'pin' | 'ca' | 'system'
  /** It showed another certificate than the agreed one. */
  blocked: boolean
}

/** A server whose certificate runs out soon. */
export interface ExpiringCertificate {
  address: string
  /** ISO, UTC. */
  validTo: string
  /** Whole days; 0 on the last one and after it. */
  daysLeft: number
}

/** What came of trying one server of a site, part by part. */
export interface OriginTest extends Pick<SiteOrigin, 'address' | 'role'> {
  steps: OriginStep[]
}

/** Whether a person may stay signed in over a restart, and does; where not, why not. */
export type StaySignedIn =
  | { may: true; isOn: boolean }
  /** The profile forbids it · there is no keyring to seal under · the system's vault does not answer. */
  | { may: false; why: 'policy' | 'no-keyring' | 'unavailable' }

/** A site as the page knows it: no address, no secret. */
export interface Site {
  id: SiteId
  name: string
  /** Host and port as text, for a human to recognise the server by. Never used to connect. */
  address: string
  /** The name typed last time or given by the profile; empty where none. */
  user: string
  /** Set by an administrator for the whole machine: not to be changed in the app. */
  managed: boolean
  /** Its administrator allows no adding, changing and removing of sites at this computer. */
  forbidsAdding?: true
  state: SiteState
  /** Every server it consists of: the gateways in the order they are tried, the identity provider, the recorders. */
  origins: SiteOrigin[]
  /** The address of the gateway in use, where it is not the first. */
  gateway?: string
  /** Certificates that run out within 30 days, the nearest end first; absent where there are none. */
  expiring?: ExpiringCertificate[]
  cameras: CameraListState
  staySignedIn: StaySignedIn
  capabilities: Capabilities
  /** Sites below this one in a federation, as far as the server says. */
  children: ChildSite[]
  /** The site above this one; empty where there is none. */
  masterAddress: string
  /** The server's time zone by its Windows name; absent where it did not say. */
  timeZone?: string
  /** Server clock minus this computer's clock, milliseconds; absent until known. */
  clockOffsetMs?: number
  /** The view the profile asks to open with. */
  view?: { rows: number; columns: number; cameraIds: CameraId[] }
  /** The cameras the profile names for quick recording from the tray; absent where it names none. */
  quickCameras?: CameraId[]
}

/** What the sign-in form sends. The password is used once and kept nowhere in the page. */
export const SignInForm = z.strictObject({
  user: z.string().trim().min(1).max(256),
  password: z.string().min(1).max(1024),
  /** To be signed in again after a restart, where `staySignedIn` says that may be. Absent means no. */
  stay: z.boolean().exactOptional(),
})
export type SignInForm = z.infer<typeof SignInForm>
