import { z } from 'zod'
import type { Fingerprint } from '../../src-preload/contract/models/certificate.ts'
import { CameraGuid, GatewayPath, Id, Line, Origin } from './profile-fields.ts'
import { RecordingWays } from './profile-recording.ts'
import { Policy, Recording, SignIn } from './profile-settings.ts'
import { Trust, type OriginTrust } from './profile-trust.ts'

const DefaultView = z
  .strictObject({
    rows: z.int().min(1).max(8).describe('Rows of tiles.'),
    columns: z.int().min(1).max(8).describe('Columns of tiles.'),
    cameras: z
      .union([z.literal('first'), z.array(CameraGuid).max(64)])
      .describe('"first" fills the view with the first cameras of the list; or the ids of cameras, row by row.'),
  })
  .describe('The view the site opens with.')

/** One configured site as its file says it. No secrets: a file gets mailed around. */
export const SiteProfile = z.strictObject({
  $schema: z.string().max(300).describe('Where an editor finds this description. Not read by the program.').optional(),
  version: z.literal(1).describe('The version of this format.'),
  id: Id.describe('Names the site for good: a UUID of its own (uuidgen, New-Guid). Two files never share one.'),
  name: Line.describe('What operators call the site. One line, at most 100 characters.'),
  gateway: z
    .array(Origin)
    .min(1)
    .max(8)
    .describe('Addresses of the API gateway, tried in order: https://host or https://host:port.'),
  idp: Origin.describe('Management server that issues tokens, where that is not the gateway itself.').optional(),
  recorders: z
    .array(Origin)
    .max(64)
    .describe('Recording servers spoken to directly, usually port 7563. Each needs trust of its own.')
    .optional(),
  trust: z
    .record(Origin, Trust)
    .default({})
    .describe(
      'How each of the addresses above proves what it is. An address left out is asked about at first contact.',
    ),
  signIn: SignIn.optional(),
  user: Line.describe('The user name the sign-in form begins with. Never a password.').optional(),
  view: DefaultView.optional(),
  recording: Recording.optional(),
  recordingWays: RecordingWays.optional(),
  tray: z
    .strictObject({
      cameras: z.array(CameraGuid).max(64).describe('Ids of cameras, in the order of the menu.'),
      startAtLogOn: z
        .boolean()
        .describe('Start hidden beside the clock at log-on, where the user has not chosen otherwise. Usual: false.')
        .optional(),
    })
    .describe('What the menu beside the clock offers for quick recording.')
    .optional(),
  policy: Policy.optional(),
  singleShotPath: GatewayPath.describe(
    'Only for a gateway that answers an offer of the client in one reply: where it does, as in /api/rest/v1/webrtc/signaling. XProtect itself does not.',
  ).optional(),
})
export type SiteProfile = z.infer<typeof SiteProfile>

/** An old pin is still accepted for this long after its announced successor was first seen (security.md 2.4). */
const oldPinMs = 30 * 24 * 3_600_000

/** The profile with a first pin for an origin. One that is trusted already stays so: replacing is another act. */
export function withFirstPin(profile: SiteProfile, origin: string, pin: Fingerprint): SiteProfile {
  return profile.trust[origin] ? profile : withNewPin(named(profile, origin), origin, pin)
}

/** Whom no profile named is a recorder the server told of: named from now on, so that it is seen and can be taken away. */
function named(profile: SiteProfile, origin: string): SiteProfile {
  const { gateway, idp, recorders = [] } = profile
  if ([...gateway, idp, ...recorders].includes(origin)) return profile
  return { ...profile, recorders: [...recorders, origin] }
}

/** The profile with one pin in place of whatever was agreed on for an origin. Nothing of the old one is kept. */
export const withNewPin = (profile: SiteProfile, origin: string, pin: Fingerprint): SiteProfile =>
  withTrust(profile, origin, { mode: 'pin', pins: [pin] })

/** The profile after an announced pin was first seen in use: it leads, and the pins before it count for 30 days more. */
export function withPromotedPin(profile: SiteProfile, origin: string, pin: Fingerprint, nowMs: number): SiteProfile {
  const agreed = profile.trust[origin]
  if (agreed?.mode !== 'pin' || !agreed.next?.includes(pin)) return profile
  const until = new Date(nowMs + oldPinMs).toISOString()
  const older = agreed.pins.filter((old) => old !== pin).map((old) => ({ pin: old, until }))
  return withTrust(profile, origin, {
    ...agreed,
    pins: [pin],
    next: agreed.next.filter((announced) => announced !== pin),
    replaced: [...older, ...(agreed.replaced ?? []).filter((old) => old.pin !== pin)].slice(0, 8),
  })
}

/** The profile without the pins whose time is over. */
export function withoutOldPins(profile: SiteProfile, nowMs: number): SiteProfile {
  let fresh = profile
  for (const [origin, agreed] of Object.entries(profile.trust)) {
    if (agreed.mode !== 'pin' || !agreed.replaced) continue
    const replaced = agreed.replaced.filter(({ until }) => Date.parse(until) > nowMs)
    if (replaced.length === agreed.replaced.length) continue
    fresh = withTrust(fresh, origin, { ...agreed, replaced: replaced.length === 0 ? undefined : replaced })
  }
  return fresh
}

const withTrust = (profile: SiteProfile, origin: string, agreed: OriginTrust): SiteProfile => ({
  ...profile,
  trust: { ...profile.trust, [origin]: agreed },
})
