import { isDeepStrictEqual } from 'node:util'
import type { ProfileDraft } from '../../src-preload/contract/models/profile.ts'
import type { SiteProfile } from '../storage/profile.ts'

type Ways = SiteProfile['recordingWays']
type WaysDraft = ProfileDraft['recordingWays']

/** The ways to record of a profile as a person edits them: every value said. */
export const waysDraft = ({ events = [], outputs = [] }: NonNullable<Ways> = {}): WaysDraft => ({
  events: events.map(({ cameras = [], start, stop, form = 'type' }) => ({ cameras, start, stop, form })),
  outputs: outputs.map(({ cameras = [], start, stop = '' }) => ({ cameras, start, stop })),
})

/** What a file has to say of them. Where nothing was changed it stays as the file had it. */
export function waysOf(before: Ways, draft: WaysDraft): Ways {
  if (isDeepStrictEqual(waysDraft(before), draft)) return before
  const events = draft.events.map(({ cameras, start, stop, form }) => ({
    ...(cameras.length > 0 && { cameras }),
    start: start.trim(),
    stop: stop.trim(),
    ...(form !== 'type' && { form }),
  }))
  const outputs = draft.outputs.map(({ cameras, start, stop }) => ({
    ...(cameras.length > 0 && { cameras }),
    start: start.trim(),
    ...(stop.trim() !== '' && { stop: stop.trim() }),
  }))
  if (events.length + outputs.length === 0) return undefined
  return { ...(events.length > 0 && { events }), ...(outputs.length > 0 && { outputs }) }
}
