import { z } from 'zod'
import { Guid } from './tolerant.ts'

const Made = z.object({
  id: Guid.optional().catch(undefined),
  path: z.object({ id: Guid }).optional().catch(undefined),
})

/**
 * The id of what a `POST` made: in `result` or `data`, as `id` or in `path` (xprotect-api.md 1.2 [V CFG]; for bookmarks
 * and evidence locks assumed [?]).
 */
export const MadeId = z
  .union([
    z.object({ result: Made }).transform(({ result }) => result),
    z.object({ data: Made }).transform((a) => a.data),
  ])
  .transform(({ id, path }) => id ?? path?.id)
  .pipe(Guid)
