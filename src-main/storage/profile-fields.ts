import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import { parseOrigin } from './origin.ts'

/**
 * The small parts of a profile file. A `pattern` beside a transform says to an editor what the transform accepts: never
 * more, now and then less (a profile an editor is content with is one we read).
 */

/** Text an administrator typed and a screen will show: one line, nothing that hides or turns it. */
export const Line = z
  .string()
  .trim()
  .regex(/\S/, 'is empty')
  .regex(/^[\s\S]{0,100}$/u, 'is longer than 100 characters')
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'holds characters that do not print')

/** Capital ids are the same ids: they are compared as text, in lower case. */
export const Id = SiteId.toLowerCase()

/** Management Client and PowerShell print guids in capitals. */
export const CameraGuid = CameraId.toLowerCase().meta({ id: 'camera', description: 'The guid of a camera.' })

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const label = '[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?'
// The last part begins with a letter: `0x7f.1` and `127.1` are numbers to a URL parser.
const hostName = `(${label}\\.)*[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?`
const group = '[0-9a-fA-F]{1,4}'
const shortened = [1, 2, 3, 4, 5, 6].map((after) => `(${group}:){1,${7 - after}}(:${group}){1,${after}}`)
const sixth = [`(${group}:){7}${group}`, `(${group}:){1,7}:`, ...shortened, `:((:${group}){1,7}|:)`].join('|')
const port = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'
const originPattern = `^https://(${octet}(\\.${octet}){3}|${hostName}|\\[(${sixth})\\])(:${port})?/?$`

/** `https://host` or `https://host:port`, in the one form the house compares by. */
export const Origin = z
  .string()
  .max(300)
  .transform((text, context) => {
    const origin = parseOrigin(text)
    if (origin) return origin
    context.addIssue({ code: 'custom', message: 'must be https://host or https://host:port' })
    return z.NEVER
  })
  .meta({
    id: 'address',
    pattern: originPattern,
    description: 'https://host or https://host:port, and nothing after it.',
  })

/** A place on the gateway, from its root: letters, digits and dashes, no way up and no query. */
export const GatewayPath = z
  .string()
  .regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}){1,10}$/, 'must be a path on the gateway, as in /api/rest/v1/name')

/** A fingerprint as tools print it: colons, blanks and capital letters are forgiven. Stored in one form. */
export const Pin = z
  .string()
  .max(200)
  .meta({
    id: 'pin',
    description: 'SHA-256 of a certificate: 64 hexadecimal digits, with colons or blanks between them or without.',
    pattern: '^(?![0:\\s-]*$)([0-9A-Fa-f]{2}[:\\s-]?){32}$',
  })
  .transform((text) => text.replace(/[:\s-]/g, '').toLowerCase())
  .pipe(Fingerprint.refine((pin) => !/^0+$/.test(pin), 'is all zeros'))

/** One certificate in PEM, as text of several lines. */
export const Pem = z
  .string()
  .max(20_000)
  .trim()
  .regex(
    /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/,
    'must be one certificate in PEM, from BEGIN CERTIFICATE to END CERTIFICATE',
  )
  .refine(isCertificate, 'is not a certificate')

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
