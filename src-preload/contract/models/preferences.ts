import { z } from 'zod'
import { CameraRef } from './ids.ts'
import { PictureFormat } from './snapshot.ts'

/** Which camera each tile shows, row by row; `null` is an empty tile. */
export const View = z.strictObject({
  name: z.string().max(100),
  rows: z.int().min(1).max(8),
  columns: z.int().min(1).max(8),
  tiles: z.array(CameraRef.nullable()).max(64),
})
export type View = z.infer<typeof View>

/** Small choices of this user at this computer. Losing them is annoying, not dangerous. */
export const Preferences = z.strictObject({
  view: View.nullable(),
  treeWidthPx: z.int().min(160).max(600),
  showStatistics: z.boolean(),
  highContrast: z.boolean(),
  /** The camera selected last: what is recorded from the tray where no profile names cameras for it. */
  selectedCamera: CameraRef.nullable(),
  /** The key that records from anywhere, as Electron writes keys; `null`: none. */
  recordShortcut: z.string().min(1).max(60).nullable(),
  /** Starts hidden in the tray when this user logs on; `null`: as the profiles say. */
  startAtLogOn: z.boolean().nullable(),
  /** Where pictures and viewing copies are written; `null`: in a folder of ours among this user's pictures. */
  takeAwayFolder: z.string().min(1).max(4_096).nullable(),
  snapshotFormat: PictureFormat,
})
export type Preferences = z.infer<typeof Preferences>
