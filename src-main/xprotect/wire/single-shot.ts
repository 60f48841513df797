import { z } from 'zod'
import type { Playback } from '../../../src-preload/contract/models/playback.ts'
import { SessionName } from './webrtc.ts'

/**
 * What a single-shot request is answered by. Of the customer's report; that the answer is `{type, sdp}` or that as a JSON
 * text, and that there may be a `sessionId`, is [?].
 */
export const ShotAnswer = z.object({
  sessionId: SessionName.optional().catch(undefined),
  answer: z.unknown(),
})

/** `playback` of a single-shot request, as the report names its parts. */
export const playbackOfShot = ({ timeIso, speed, skipGaps }: Playback): object => ({ time: timeIso, speed, skipGaps })
