import { z } from 'zod'
import { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import { CameraId, SiteId } from '../../src-preload/contract/models/ids.ts'
import { parseOrigin } from './origin.ts'

/** Text an administrator typed and a screen will show: one line, nothing that hides or turns it. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'holds characters that do not print')

const Origin = z.string().transform((text, context) => {
  const origin = parseOrigin(text)
  if (origin) return origin
  context.addIssue({ code: 'custom', message: 'must be https://host or https://host:port' })
  return z.NEVER
})

/** A fingerprint as tools print it: colons, blanks and capital letters are forgiven. Stored in one form. */
const Pin = z
  .string()
  .max(200)
  .transform((text) => text.replace(/[:\s-]/g, '').toLowerCase())
  .pipe(Fingerprint.refine((pin) => !/^0+$/.test(pin), 'is all zeros'))

/** How one origin is recognised. A union of one: other modes join it under the same key. */
const Trust = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('pin'),
    pins: z.array(Pin).min(1).max(8),
    /** Accepted when first seen, so that a planned change of certificate needs no one at the PC. */
    next: z.array(Pin).max(8).optional(),
  }),
])

/** Management Client and PowerShell print guids in capitals; ids are compared as text, in lower case. */
const CameraGuid = z.string().max(36).toLowerCase().pipe(CameraId)

const DefaultView = z.strictObject({
  rows: z.int().min(1).max(8),
  columns: z.int().min(1).max(8),
  /** `first` fills the view with the first cameras of the list. */
  cameras: z.union([z.literal('first'), z.array(CameraGuid).max(64)]),
})

/** One configured site as its file says it. No secrets: a file gets mailed around. */
export const SiteProfile = z.strictObject({
  $schema: z.string().max(300).optional(),
  version: z.literal(1),
  id: SiteId,
  name: Line,
  /** Tried in order. */
  gateway: z.array(Origin).min(1).max(8),
  /** Where tokens are issued, if not at the gateway. */
  idp: Origin.optional(),
  trust: z.record(Origin, Trust).default({}),
  user: Line.optional(),
  view: DefaultView.optional(),
})
export type SiteProfile = z.infer<typeof SiteProfile>

/** Fingerprints accepted at an origin; empty where none has been agreed on. */
export const pinsOf = (profile: SiteProfile, origin: string): Fingerprint[] => profile.trust[origin]?.pins ?? []

/** The profile with a first pin for an origin. One that has pins keeps them: replacing is another act. */
export function withFirstPin(profile: SiteProfile, origin: string, pin: Fingerprint): SiteProfile {
  if (pinsOf(profile, origin).length > 0) return profile
  return { ...profile, trust: { ...profile.trust, [origin]: { mode: 'pin', pins: [pin] } } }
}

/** The profile after an announced pin was first seen in use: it leads, and the pins before it still count. */
export function withPromotedPin(profile: SiteProfile, origin: string, pin: Fingerprint): SiteProfile {
  const agreed = profile.trust[origin]
  if (!agreed?.next?.includes(pin)) return profile
  const pins = [pin, ...agreed.pins.filter((older) => older !== pin)].slice(0, 8)
  const next = agreed.next.filter((announced) => announced !== pin)
  return { ...profile, trust: { ...profile.trust, [origin]: { mode: 'pin', pins, next } } }
}
