import type { ExportRecord } from '../storage/export-records.ts'

/** What everybody must know who looks at a viewing copy. */
export const NOTE =
  'A viewing copy: the video as the server sent it for playback, not re-encoded. The original, which alone is evidence, stays in XProtect; find it by camera and time.'

/** The list of what there is in the folder of an export. */
export const MANIFEST = 'manifest.json'

interface Missing {
  camera: { name: string; id: string }
  why: string
}

/** What the list of an export says; `clientTime` is this computer's, ISO. */
export const manifestOf = (
  { from, to, user, client, files }: Pick<ExportRecord, 'from' | 'to' | 'user' | 'client' | 'files'>,
  clientTime: string,
  missing: readonly Missing[],
): object => ({
  kind: 'Watchpost export',
  note: NOTE,
  from,
  to,
  user,
  client,
  clientTime,
  files: files.map(({ paper }) => paper),
  missing,
})
