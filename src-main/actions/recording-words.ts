import { z } from 'zod'

/** What the journal keeps of a wish to record: so many seconds, or as long as the profile says. */
export const StartOrder = z.object({ seconds: z.number().exactOptional() })

/** A recording is to go on until then, milliseconds since 1970 by this computer's clock. */
export const ExtendOrder = z.object({ untilMs: z.number() })

/** What the journal keeps of a recording that the server took: enough to end it after a restart. */
export const RecordingSaid = z.object({
  /** When it began and when it is to end, ISO, UTC, by this computer's clock. */
  startedAt: z.string(),
  endsAt: z.string(),
  /** What made it so long: the wish, the usual length, a limit of the profile, or the camera's own end. */
  because: z.enum(['asked', 'usual', 'shortest', 'longest', 'camera']),
  /** The latest that `endsAt` may become. */
  latestEnd: z.string(),
  preBufferSeconds: z.number().nullable(),
  /** Another client was recording it by hand already: that recording is not ours to stop. */
  isAnothers: z.boolean(),
})
export type RecordingSaid = z.infer<typeof RecordingSaid>

/** What the bookmark is called that is made at the end of a recording. */
export const endHeadline = (camera: string): string => `${camera}, recorded by hand`.slice(0, 200)
