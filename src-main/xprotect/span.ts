import type { CameraId } from '../../src-preload/contract/models/ids.ts'

/** From when to when, epoch milliseconds by the server's clock. */
export interface Span {
  beginMs: number
  endMs: number
}

/** Of which camera recordings are wanted that touch this span; epoch milliseconds by the server's clock. */
export interface SequencesWish {
  cameraId: CameraId
  fromMs: number
  toMs: number
  /** It is enough to know in which steps of this length anything is recorded; absent: one by one. */
  stepMs?: number
}

/** Of which camera the last picture up to a moment is wanted; epoch milliseconds by the server's clock. */
export interface PictureMoment {
  cameraId: CameraId
  atMs: number
}
