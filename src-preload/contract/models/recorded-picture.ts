import { z } from 'zod'
import { CameraRef } from './ids.ts'

/** A recorded picture is wanted: the last one of this camera up to a moment. */
export const PictureWish = z.strictObject({
  /** Made up by the page, to call the wish off by. */
  wishId: z.uuid(),
  camera: CameraRef,
  /** ISO, UTC, by the server's clock. */
  at: z.iso.datetime(),
})
export type PictureWish = z.infer<typeof PictureWish>

/** One recorded picture, kept for the page until nobody is signed in at its site. */
export interface RecordedPicture {
  /** Where an `<img>` finds it. */
  address: string
  /** When it was really recorded, ISO, UTC: at the moment asked for, or before. */
  at: string
}
