import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Camera } from '../../src-preload/contract/models/camera.ts'
import type { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { SiteSettings } from '../../src-preload/contract/models/profile.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import type { OperatorActions } from '../xprotect/operator-actions.ts'
import type { LengthLimits } from '../xprotect/recording/facts.ts'

/** What operators' commands need of a site. */
export interface ActionSite {
  readonly id: SiteId
  /** Where it stands; asked for several times with every command. */
  readonly standing: Pick<Site, 'state' | 'user' | 'clockOffsetMs'>
  /** What can be done at its server. */
  readonly actions: OperatorActions
  readonly recordingLimits: LengthLimits
  /** What becomes of a recording of ours at its end. */
  readonly bookmarkAtEnd: SiteSettings['recording']['bookmarkAtEnd']
  /** As far as the list has come. */
  readonly cameras: {
    page: (from: number, count: number) => { cameras: Pick<Camera, 'id'>[] }
    nameOf: (id: CameraId) => string | undefined
  }
}

export interface ActionSites {
  /** Throws `not-found`. */
  get: (siteId: SiteId) => ActionSite
}

/** Why nothing can be sent to a site now, as known without asking it; undefined where something can. */
export function heldBack({ state }: Pick<Site, 'state'>): Failure | undefined {
  switch (state.phase) {
    case 'open':
      return state.link.is === 'down' ? state.link.because : undefined
    case 'blocked':
      return state.because
    case 'unpinned':
      return { kind: 'not-pinned' }
    case 'signed-out':
    case 'signing-in':
      return { kind: 'signed-out' }
  }
}

/** The same of a site that may not be there any more. */
export function heldBackAt(sites: ActionSites, siteId: SiteId): Failure | undefined {
  try {
    return heldBack(sites.get(siteId).standing)
  } catch (error) {
    return failureOf(error)
  }
}

/** Every camera of a site, as far as its list has come. */
export const allCameras = ({ cameras }: Pick<ActionSite, 'cameras'>): CameraId[] =>
  cameras.page(0, Infinity).cameras.map(({ id }) => id)

/** Who acts at a site: whoever is signed in, or was. */
export const userAt = ({ state, user }: ActionSite['standing']): string => (state.phase === 'open' ? state.user : user)
