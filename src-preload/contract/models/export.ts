import { z } from 'zod'
import { exportChunkBytes, mostExportCameras } from '../take-away-limits.ts'
import { CameraRef } from './ids.ts'
import type { SavedFile } from './snapshot.ts'

const moment = z.iso.datetime()
const count = z.int().nonnegative()

/** Names an export that is being written, while main and page live. */
export const ExportId = z.uuid().brand('ExportId')
export type ExportId = z.infer<typeof ExportId>

/** A span of several cameras, to be written into files. Moments ISO, UTC, by the servers' clocks. */
export const ExportOrder = z
  .strictObject({
    cameras: z.array(CameraRef).min(1).max(mostExportCameras),
    from: moment,
    to: moment,
    /** What it will need of the disk, guessed; not begun where that is not there. */
    needBytes: count,
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to))
export type ExportOrder = z.infer<typeof ExportOrder>

export interface ExportBegun {
  id: ExportId
  folder: string
}

/** Where exports go, and how much room there is. */
export interface ExportRoom {
  folder: string
  freeBytes: number
}

/** An export that was not over when the program ended. */
export interface BrokenExport {
  id: ExportId
  folder: string
  /** ISO, UTC, by the servers' clocks. */
  from: string
  to: string
  /** Cameras whose files are complete, and stay. */
  complete: number
  /** Those that lack; what was half of them is taken away. */
  missing: CameraRef[]
  /** The list of what is complete; `null` where nothing is, or nothing could be looked at. */
  file: SavedFile | null
  /** Why what was half could not be taken away; `null`: it is gone. */
  problem: string | null
}

const file = z.strictObject({ id: ExportId, camera: CameraRef })

/** A part of one camera's file. No place is left out: `atByte` is at most what is there already. */
export const ExportChunk = z.strictObject({
  ...file.shape,
  atByte: count,
  bytes: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= exportChunkBytes),
})
export type ExportChunk = z.infer<typeof ExportChunk>

/** What is known of a file that is complete. */
export const ExportedFacts = z.strictObject({
  /** The first and the last picture in it. */
  firstFrame: moment,
  lastFrame: moment,
  frames: count,
  /** Pictures that never arrived, by the usual time between two. */
  framesLost: count,
  /** The fastest speed of the playback it was taken from. */
  speed: z.number().positive(),
  /** Where nothing was recorded, from picture to picture. */
  gaps: z.array(z.strictObject({ from: moment, to: moment })).max(500),
  widthPx: count,
  heightPx: count,
})
export type ExportedFacts = z.infer<typeof ExportedFacts>

export const CameraExported = z.strictObject({ ...file.shape, facts: ExportedFacts })
export type CameraExported = z.infer<typeof CameraExported>

/** One file of an export. */
export interface ExportedFile {
  fileName: string
  sha256: string
  bytes: number
}

/** The end of an export: cameras without a file, and why, in words. */
export const ExportEnd = z.strictObject({
  id: ExportId,
  missing: z.array(z.strictObject({ camera: CameraRef, why: z.string().max(500) })).max(mostExportCameras),
})
export type ExportEnd = z.infer<typeof ExportEnd>
