import { z } from 'zod'
import { CameraId, SiteId, type CameraRef } from './ids.ts'

/** Which alarms are wanted: of these cameras and of no camera at all, at this time. */
export const AlarmSearch = z.strictObject({
  siteId: SiteId,
  cameraIds: z.array(CameraId).min(1).max(1_000),
  /** ISO, UTC, by the server's clock. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** `next` of the page before; `null` for the first. */
  after: z.string().max(200).nullable(),
})
export type AlarmSearch = z.infer<typeof AlarmSearch>

/** Something at a site that wants somebody's attention. */
export interface Alarm {
  /** The server's guid of it. */
  id: string
  /** `null`: of the whole site, or of something that is no camera. */
  camera: CameraRef | null
  /** ISO, UTC, by the server's clock. */
  at: string
  name: string
  /** How it is being handled, and how much it matters, by the server's names; empty where it does not say. */
  state: string
  priority: string
}

/** What one page of the server's list has of them. */
export interface AlarmPage {
  alarms: Alarm[]
  /** What to ask on with; `null` where no earlier ones can be in that time. */
  next: string | null
}
