import { settingsOf } from '../storage/profile-settings.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { RecordingWays } from '../xprotect/recording/ways.ts'

/** How a profile wants recordings by hand to be asked for, with everything said. */
export function recordingWaysOf(profile: SiteProfile): RecordingWays {
  const { method, defaultSeconds, minSeconds, maxSeconds } = settingsOf(profile).recording
  const limits = { defaultSeconds, minSeconds, maxSeconds }
  const { events = [], outputs = [] } = profile.recordingWays ?? {}
  return { method, events: events.map((way) => ({ ...way, form: way.form ?? 'type' })), outputs, limits }
}
