import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Site, SiteState, StaySignedIn } from '../../src-preload/contract/models/site.ts'
import type { ServerFacts } from '../xprotect/server-facts.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { CameraList } from './camera-list.ts'
import { forbidsAdding } from './forbids-adding.ts'
import { addressOf } from './origins.ts'
import type { SiteRoads } from './site-trust.ts'

interface Known {
  profile: SiteProfile
  roads: Pick<SiteRoads, 'origins' | 'gateway' | 'expiring'>
  managed: boolean
  user: string
  state: SiteState
  cameras: CameraList
  staySignedIn: StaySignedIn
  facts: ServerFacts
  clockOffsetMs: number | undefined
}

/** A site as the page may see it: where it stands, and nothing it could connect or sign in with. */
export function shownSite({
  profile,
  roads,
  managed,
  user,
  state,
  cameras,
  staySignedIn,
  facts,
  clockOffsetMs,
}: Known): Site {
  const { id, name, view, gateway, tray } = profile
  const { expiring } = roads
  return {
    id,
    name,
    address: addressOf(gateway[0]!),
    user,
    managed,
    ...(forbidsAdding(managed, profile) && { forbidsAdding: true }),
    state,
    origins: roads.origins,
    ...(roads.gateway !== gateway[0] && { gateway: addressOf(roads.gateway) }),
    ...(expiring.length > 0 && { expiring }),
    cameras: cameras.state,
    staySignedIn,
    ...facts,
    ...(clockOffsetMs !== undefined && { clockOffsetMs }),
    ...(view && { view: { rows: view.rows, columns: view.columns, cameraIds: viewIds(view, cameras) } }),
    ...(tray && tray.cameras.length > 0 && { quickCameras: tray.cameras }),
  }
}

function viewIds({ rows, columns, cameras }: NonNullable<SiteProfile['view']>, list: CameraList): CameraId[] {
  if (cameras !== 'first') return cameras
  return list.first(rows * columns).map(({ id }) => id)
}
