import { z } from 'zod'

/** What a capture of server facts may do beyond reading, each only where a person asked for it by this name. */
export const CaptureProbe = z.enum([
  'bookmark-search',
  'evidence-lock-search',
  'bookmark',
  'video-session',
  'session-refusals',
])
export type CaptureProbe = z.infer<typeof CaptureProbe>

/** Where the files of a capture lie, and how many they are. */
export interface CaptureDone {
  folder: string
  files: number
}
