import { failureOf } from '../../src-preload/contract/failure.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { BookmarkOffer } from '../../src-preload/contract/models/recording.ts'
import type { Command } from '../journal/job.ts'
import type { ActionSites } from './action-site.ts'
import type { BookmarkText } from './bookmark-words.ts'
import type { EndedRecording } from './recording-plans.ts'
import { endHeadline } from './recording-words.ts'

interface Needs {
  sites: ActionSites
  jobs: () => Promise<Job[]>
  submit: (command: Command) => Promise<Job>
  offered: (offer: BookmarkOffer) => void
  warn: (line: string) => void
}

/**
 * A bookmark for the span of every recording of ours that has ended: made, or offered, as the profile has it. One that
 * ended before this start of the program is made if it was not, and not offered: whoever saw it end is long gone.
 */
export async function markEnd(recording: EndedRecording, needs: Needs): Promise<void> {
  const { sites, offered, warn } = needs
  try {
    const { siteId } = recording.camera
    const { bookmarkAtEnd, standing } = sites.get(siteId)
    const offsetMs = standing.clockOffsetMs ?? 0
    const from = new Date(recording.fromMs + offsetMs).toISOString()
    const to = new Date(recording.toMs + offsetMs).toISOString()
    if (bookmarkAtEnd === 'make') await make(recording, { from, to }, needs)
    else if (!recording.isOld) offered({ camera: recording.camera, from, to })
  } catch (error) {
    warn(`there is no bookmark for a recording that ended: ${failureOf(error).kind}`)
  }
}

/** Under the name of the recording, by which a bookmark that was taken down already is known again after a restart. */
async function make(
  { camera, user, reference, isOld }: EndedRecording,
  { from, to }: { from: string; to: string },
  { sites, jobs, submit }: Needs,
): Promise<void> {
  const isMade = (job: Job): boolean => job.kind === 'bookmark' && job.reference === reference
  if (isOld && (await jobs()).some(isMade)) return
  const headline = endHeadline(sites.get(camera.siteId).cameras.nameOf(camera.cameraId) ?? 'Camera')
  const order: BookmarkText = { headline, description: '', begin: from, triggered: from, end: to }
  const { siteId, cameraId: deviceId } = camera
  await submit({ kind: 'bookmark', siteId, deviceId, headline, user, order, reference, dedupeKey: `end ${reference}` })
}
