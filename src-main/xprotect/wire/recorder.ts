import { z } from 'zod'
import { flag } from './tolerant.ts'

/** `https://…:7563/`, whatever path stands behind it, as an origin; undefined where it is no address with TLS. */
const Address = z
  .string()
  .max(300)
  .regex(/^https:\/\/[a-z0-9._:[\]-]+(\/[\x21-\x7e]*)?$/i)
  .refine((text) => URL.canParse(text))
  .transform((text) => new URL(text).origin)
  .optional()
  .catch(undefined)

/**
 * One of `GET /recordingServers` (xprotect-api.md 9.2 [V CFG]). That the address in use stands in `activeWebServerUri`,
 * and in `webServerUri` the one that was set, is assumed [?]: whichever has TLS is taken, that one first.
 */
export const RecorderWire = z
  .object({ enabled: flag(true), activeWebServerUri: Address, webServerUri: Address })
  .transform(({ enabled, activeWebServerUri, webServerUri }, context) => {
    const origin = activeWebServerUri ?? webServerUri
    if (origin !== undefined) return { enabled, origin }
    context.addIssue({ code: 'custom', message: 'no address with TLS' })
    return z.NEVER
  })
