import { z } from 'zod'
import { largestPictureBytes } from '../take-away-limits.ts'
import { CameraRef } from './ids.ts'

export const PictureFormat = z.enum(['png', 'jpeg'])
export type PictureFormat = z.infer<typeof PictureFormat>

/** A picture as a tile showed it, to be kept in a file. */
export const SnapshotOrder = z.strictObject({
  camera: CameraRef,
  /** `live`: `at` is when it was painted, by this computer's clock · `recorded`: the moment it was recorded, by the server's. */
  source: z.enum(['live', 'recorded']),
  /** ISO, UTC. */
  at: z.iso.datetime(),
  /** It was seen after its time: a live picture that stood still, or one from before what was asked for. */
  stale: z.boolean(),
  widthPx: z.int().min(1).max(16_384),
  heightPx: z.int().min(1).max(16_384),
  format: PictureFormat,
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= largestPictureBytes),
})
export type SnapshotOrder = z.infer<typeof SnapshotOrder>

/** A file that was written where the operator takes things away from. */
export interface SavedFile {
  /** Names it for `showSaved`. */
  id: string
  fileName: string
  folder: string
}
