import { z } from 'zod'
import { CameraRef } from './ids.ts'

/** Up to a whole day, so that a bookmark may cover the longest recording by hand. */
const aroundSeconds = z.number().min(0).max(86_400)
const headline = z.string().trim().min(1).max(200)
const description = z.string().trim().max(2_000)
const moment = z.iso.datetime()

/** A moment of one or more cameras that is to be found again: one bookmark each, under one reference. */
export const BookmarkOrder = z.strictObject({
  cameras: z.array(CameraRef).min(1).max(64),
  /** ISO, UTC, by the server's clock; `null`: now, by the clock of each camera's server. */
  at: moment.nullable(),
  /** It begins and ends so much around that moment. */
  beforeSeconds: aroundSeconds,
  afterSeconds: aroundSeconds,
  headline,
  description,
})
export type BookmarkOrder = z.infer<typeof BookmarkOrder>

/** A bookmark as the server has it. Moments are ISO, UTC, by the server's clock. */
export interface Bookmark {
  /** The server's guid of it. */
  id: string
  camera: CameraRef
  /** Ours, or whatever another client wrote: what people tell each other. */
  reference: string
  headline: string
  description: string
  begin: string
  triggered: string
  end: string
  /** Who made it; empty where the server does not say. */
  user: string
}

/** What a search found, newest first. */
export interface BookmarkPage {
  bookmarks: Bookmark[]
  /** What to ask on with; `null` where there are no more. */
  next: string | null
}

/** Names a bookmark that was found, and what the command for it is called: its own reference. */
export const BookmarkRef = z.strictObject({
  id: z.guid(),
  camera: CameraRef,
  reference: z.string().max(200),
})
export type BookmarkRef = z.infer<typeof BookmarkRef>

/** What is to be another. What is absent stays; begin, triggered and end stay in this order. */
export const BookmarkEdit = z.strictObject({
  headline: headline.exactOptional(),
  description: description.exactOptional(),
  begin: moment.exactOptional(),
  triggered: moment.exactOptional(),
  end: moment.exactOptional(),
})
export type BookmarkEdit = z.infer<typeof BookmarkEdit>
