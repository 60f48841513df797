import { z } from 'zod'

/** What may stand in a header: visible ASCII, so no line break can smuggle a second header in. */
const headerSafe = (maxLength: number): z.ZodString =>
  z
    .string()
    .max(maxLength)
    .regex(/^[\x21-\x7e]+$/)

/** A month: no XProtect token lives longer than hours, so more is a mistake or an attack. */
const LONGEST_LIFE_S = 31 * 24 * 3600

/** `POST …/connect/token`, 200 (xprotect-api.md 2.1 [V]). A real token has about 960 characters (2.2 [V]). */
export const TokenAnswer = z.object({
  access_token: headerSafe(16_384),
  expires_in: z.number().positive().max(LONGEST_LIFE_S),
  token_type: z.string().toLowerCase().pipe(z.literal('bearer')).optional(),
  /** Only for `VmsClient` [V PROTO]; a new one each time. */
  refresh_token: headerSafe(16_384).optional(),
})
export type TokenAnswer = z.infer<typeof TokenAnswer>

/** `POST …/connect/token`, 400 or 401 (xprotect-api.md 2.3 [V]). */
export const TokenRefusal = z.object({
  /** Milestone's own word. */
  error_code: z.string().max(100).optional().catch(undefined),
  /** OAuth's word (RFC 6749 5.2). */
  error: z.string().max(100).optional().catch(undefined),
})
export type TokenRefusal = z.infer<typeof TokenRefusal>
