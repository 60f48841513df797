import { z } from 'zod'
import { CameraId, SiteId } from './ids.ts'

/** Which bookmarks or evidence locks of a site are wanted: of these cameras, touching this time, with this text. */
export const SiteSearch = z.strictObject({
  siteId: SiteId,
  /** `null`: every camera of the site. */
  cameraIds: z.array(CameraId).min(1).max(1_000).nullable(),
  /** ISO, UTC, by the server's clock. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** In headline, description or reference; empty: any. */
  text: z.string().trim().max(200),
  /** Part of the name of who made it, case does not matter; empty: anybody. */
  user: z.string().trim().max(300),
  /** `next` of the page before; `null` for the first. */
  after: z.string().max(200).nullable(),
  count: z.int().min(1).max(200),
})
export type SiteSearch = z.infer<typeof SiteSearch>
