import { z } from 'zod'
import { flag, Guid, Words } from './tolerant.ts'

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
 * One of `GET /recordingServers` and where it listens, likeliest first (xprotect-api.md 9.2 [V CFG]). That the address in
 * use stands in `activeWebServerUri`, and in `webServerUri` the one that was set, is assumed [?]. Only TLS is spoken: one
 * without it has no address, save where it would be by its name and port, which is a guess.
 */
export const RecorderWire = z
  .object({
    id: Guid.nullable().catch(null),
    enabled: flag(true),
    activeWebServerUri: Address,
    webServerUri: Address,
    hostName: Words,
    portNumber: z.coerce.number().int().min(1).max(65_535).catch(7563),
  })
  .transform(({ id, enabled, activeWebServerUri, webServerUri, hostName, portNumber }) => ({
    id,
    enabled,
    origins: [activeWebServerUri, webServerUri].filter((origin) => origin !== undefined),
    guess: hostName ? Address.parse(`https://${hostName}:${portNumber}`) : undefined,
  }))
