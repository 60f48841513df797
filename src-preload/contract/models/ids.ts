import { z } from 'zod'

/** Names a site profile. Ours, not the server's. */
export const SiteId = z.uuid().brand('SiteId')
export type SiteId = z.infer<typeof SiteId>

/** Names a camera within its site: the server's guid in lower case (xprotect-api.md 1.2). */
export const CameraId = z.guid().brand('CameraId')
export type CameraId = z.infer<typeof CameraId>

/** Names one of a camera's streams: the server's `streamReferenceId` (xprotect-api.md 9.2). */
export const StreamId = z.guid().brand('StreamId')
export type StreamId = z.infer<typeof StreamId>

/** Names one open video session, made by main for the page. Says nothing about the server's own session id. */
export const SessionId = z.uuid().brand('SessionId')
export type SessionId = z.infer<typeof SessionId>

/** A camera anywhere: several sites are open at once. */
export const CameraRef = z.strictObject({ siteId: SiteId, cameraId: CameraId })
export type CameraRef = z.infer<typeof CameraRef>
