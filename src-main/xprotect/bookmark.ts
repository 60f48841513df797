import type { CameraId } from '../../src-preload/contract/models/ids.ts'

/** Moments are ISO in UTC; of a stored bookmark, to the letter of the server. */
export interface BookmarkWish {
  cameraId: CameraId
  /** Ours, by which it is found again; the server does not keep it unique (security.md 4.4). */
  reference: string
  headline: string
  description: string
  /** In this order: begin, triggered, end (the SDK's convention; whether the server enforces it is [?]). */
  begin: string
  triggered: string
  end: string
}

export interface Bookmark extends BookmarkWish {
  id: string
  /** Who made it; empty where the server does not say. */
  user: string
}

/** What is to be another; the camera is named because newer servers want it [D], and stays as it is. */
export type BookmarkChange = Pick<BookmarkWish, 'cameraId'> & Partial<Omit<BookmarkWish, 'cameraId'>>
