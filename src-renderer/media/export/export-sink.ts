import type { ExportBegun, ExportedFacts, ExportedFile, ExportId } from '../../../src-preload/contract/models/export.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { SavedFile } from '../../../src-preload/contract/models/snapshot.ts'

/** A span of several cameras. Epoch milliseconds by the servers' clocks. */
export interface ExportWish {
  cameras: readonly CameraRef[]
  fromMs: number
  toMs: number
  /** What it will need of the disk, guessed. */
  needBytes: number
}

/** Where viewing copies are written to. All throw AppError. */
export interface ExportSink {
  begin: (wish: ExportWish) => Promise<ExportBegun>
  write: (id: ExportId, camera: CameraRef, atByte: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  finishFile: (id: ExportId, camera: CameraRef, facts: ExportedFacts) => Promise<ExportedFile>
  end: (id: ExportId, missing: { camera: CameraRef; why: string }[]) => Promise<SavedFile>
  cancel: (id: ExportId) => Promise<void>
}
