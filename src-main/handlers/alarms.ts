import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { SiteList } from '../sites/site-list.ts'

/** What wanted somebody's attention. */
export const alarmHandlers = (sites: SiteList): Pick<Handlers, 'findAlarms'> => ({
  async findAlarms({ siteId, cameraIds, from, to, after }) {
    const page = Math.floor(Number(after ?? 0)) || 0
    const span = { fromMs: Date.parse(from), toMs: Date.parse(to) }
    const { alarms, isLast } = await sites.get(siteId).alarms({ cameraIds, ...span, page })
    return {
      alarms: alarms.map(({ cameraId, atMs, ...alarm }) => ({
        ...alarm,
        camera: cameraId && { siteId, cameraId },
        at: new Date(atMs).toISOString(),
      })),
      next: isLast ? null : String(page + 1),
    }
  },
})
