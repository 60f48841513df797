import { z } from 'zod'
import type { Failure } from '../failure.ts'
import { CameraRef } from './ids.ts'

/** From when to when, ISO, UTC, by the server's clock. */
export interface TimeSpan {
  begin: string
  end: string
}

/** Which recordings are wanted: of this camera, as far as they touch this span. */
export const SequenceSearch = z.strictObject({
  camera: CameraRef,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** More is not wanted to be known than in which steps of so many seconds anything is recorded; absent: one by one. */
  stepSeconds: z.int().min(1).max(86_400).exactOptional(),
})
export type SequenceSearch = z.infer<typeof SequenceSearch>

/** Who says so: the recorder that keeps them · what this program heard of the server since it was started. */
export type SequenceSource = 'recorder' | 'heard'

/** What is recorded of one camera, and how far that can be known. */
export interface CameraSequences {
  source: SequenceSource
  /** Why the recorder did not say; with `heard` alone. */
  because?: Failure
  /** The part of what was asked for that `recordings` speaks of; outside of it nothing is known. `null`: none of it. */
  known: TimeSpan | null
  /** In order of time. */
  recordings: TimeSpan[]
  /** They are known in steps of so many seconds and no better; absent: one by one. */
  stepSeconds?: number
  /** Recordings, or parts of them, with motion; `null` where the source does not say. */
  motion: TimeSpan[] | null
}
