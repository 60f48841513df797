import type { SiteProfile } from '../storage/profile.ts'
import type { RecordingWays } from '../xprotect/recording/ways.ts'

/** How a profile wants recordings by hand to be asked for, with everything said. */
export const recordingWaysOf = ({ recording, recordingWays }: SiteProfile): RecordingWays => ({
  method: recording?.method ?? 'auto',
  events: (recordingWays?.events ?? []).map((way) => ({ ...way, form: way.form ?? 'type' })),
  outputs: recordingWays?.outputs ?? [],
})
