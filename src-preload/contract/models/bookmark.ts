import { z } from 'zod'
import { CameraId, CameraRef, SiteId } from './ids.ts'

const aroundSeconds = z.number().min(0).max(3_600)

/** A moment of one or more cameras that is to be found again: one bookmark each, under one reference. */
export const BookmarkOrder = z.strictObject({
  cameras: z.array(CameraRef).min(1).max(64),
  /** ISO, UTC, by the server's clock; `null`: now, by the clock of each camera's server. */
  at: z.iso.datetime().nullable(),
  /** It begins and ends so much around that moment. */
  beforeSeconds: aroundSeconds,
  afterSeconds: aroundSeconds,
  headline: z.string().trim().min(1).max(200),
  description: z.string().trim().max(2_000),
})
export type BookmarkOrder = z.infer<typeof BookmarkOrder>

/** Which bookmarks are wanted: of these cameras, in this time by the server's clock, with this text. */
export const BookmarkSearch = z.strictObject({
  siteId: SiteId,
  cameraIds: z.array(CameraId).min(1).max(1_000),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  text: z.string().trim().max(200),
})
export type BookmarkSearch = z.infer<typeof BookmarkSearch>

/** A bookmark as the server has it. Moments are ISO, UTC, by the server's clock. */
export interface Bookmark {
  /** The server's guid of it. */
  id: string
  camera: CameraRef
  reference: string
  headline: string
  description: string
  begin: string
  triggered: string
  end: string
  /** Who made it; empty where the server does not say. */
  user: string
}
