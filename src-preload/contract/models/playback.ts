import { z } from 'zod'

/** How a recording is asked for. Fixed when its session is made: another moment or speed is another session. */
export const Playback = z.strictObject({
  /** The first moment to show, ISO, UTC, by the server's clock. */
  timeIso: z.iso.datetime(),
  /** The server's range is above 0 up to 32 (xprotect-api.md 3.5). */
  speed: z.number().positive().max(32),
  /** Where nothing is recorded: go on with the next recording at once, or send nothing for as long as the gap is. */
  skipGaps: z.boolean(),
})
export type Playback = z.infer<typeof Playback>
