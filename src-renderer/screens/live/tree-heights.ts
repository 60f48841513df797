import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { SiteCameras } from '../../stores/site-cameras.ts'
import type { TreeRow } from './tree-rows.ts'

const ROW_PX = 28
/** A site that says more than its name. */
const TWO_LINES_PX = 46
/** A sentence, what it means, and a button. */
const NOTE_PX = 84

/** How high a row is. Known beforehand, so that nothing moves when it is drawn. */
export function rowHeightPx(row: TreeRow, camerasOf: (siteId: SiteId) => SiteCameras): number {
  if (row.kind === 'site') return isQuiet(row.site.state) ? ROW_PX : TWO_LINES_PX
  if (row.kind !== 'note') return ROW_PX
  const { load } = camerasOf(row.site.id)
  const isShort = load.phase === 'none' || load.phase === 'loading' || (load.phase === 'ready' && load.skipped > 0)
  return isShort ? ROW_PX : NOTE_PX
}

const isQuiet = (state: (TreeRow & { kind: 'site' })['site']['state']): boolean =>
  state.phase === 'open' && state.link.is === 'up'
