import { z } from 'zod'
import type { Fingerprint } from './certificate.ts'
import { CameraId, type SiteId } from './ids.ts'

const seconds = z.int().min(1).max(86_400)

/** Signing in, recording by hand, and what operators may do: every value said. */
const SiteSettings = z.strictObject({
  signIn: z.strictObject({
    kind: z.enum(['basic', 'windows']),
    client: z.enum(['VmsClient', 'GrantValidatorClient']),
  }),
  recording: z.strictObject({
    method: z.enum(['auto', 'event', 'output', 'recorder']),
    defaultSeconds: seconds,
    minSeconds: seconds,
    maxSeconds: seconds,
    /** A bookmark for the span of a recording by hand, at its end: offered to the person, or made. */
    bookmarkAtEnd: z.enum(['offer', 'make']),
  }),
  policy: z.strictObject({ operatorsMayAddSites: z.boolean(), staySignedIn: z.enum(['allowed', 'never']) }),
})
export type SiteSettings = z.infer<typeof SiteSettings>

const address = z.string().max(300)
/** None: all that no other entry names. */
const wayCameras = z.array(CameraId).max(1000)

/**
 * A profile as a person edits it. Texts are as typed: main says which of them does not hold (`bad-field`).
 *
 * No pin and no certificate: the page cannot supply one.
 */
export const ProfileDraft = z.strictObject({
  name: z.string().max(300),
  /** Tried in order. */
  gateway: z.array(address).max(8),
  idp: address.nullable(),
  recorders: z.array(address).max(64),
  /** Addresses whose trust is to be another: this computer's authorities, or a pin to be agreed on. */
  trustModes: z.record(address, z.enum(['pin', 'system'])),
  user: z.string().max(300).nullable(),
  view: z
    .strictObject({
      rows: z.int().min(1).max(8),
      columns: z.int().min(1).max(8),
      cameras: z.union([z.literal('first'), z.array(CameraId).max(64)]),
    })
    .nullable(),
  tray: z.array(CameraId).max(64),
  startAtLogOn: z.boolean(),
  /** Where the gateway answers an offer of ours in one reply; `null`: sessions are agreed on as usual. */
  singleShotPath: z.string().max(700).nullable(),
  /** What an administrator prepared on the server for recordings by hand. */
  recordingWays: z.strictObject({
    events: z
      .array(
        z.strictObject({
          cameras: wayCameras,
          start: z.string().max(300),
          stop: z.string().max(300),
          form: z.enum(['type', 'customer']),
        }),
      )
      .max(256),
    outputs: z
      .array(z.strictObject({ cameras: wayCameras, start: z.string().max(300), stop: z.string().max(300) }))
      .max(256),
  }),
  ...SiteSettings.shape,
})
export type ProfileDraft = z.infer<typeof ProfileDraft>

/** How one address of a profile is trusted, for the screen. */
export interface ProfileOrigin {
  origin: string
  /** What it is used for. */
  roles: ('gateway' | 'idp' | 'recorder')[]
  /** `none`: asked about at first contact. */
  mode: 'none' | 'pin' | 'ca' | 'system'
  pins: Fingerprint[]
  /** Announced for a planned change of certificate. */
  next: Fingerprint[]
}

/** A profile as its screen shows it. */
export interface ProfileShown {
  draft: ProfileDraft
  /** Set by an administrator for the whole machine: to be read, not to be changed. */
  managed: boolean
  /** Where it is kept: its name without the folder. */
  fileName: string
  origins: ProfileOrigin[]
}

/** What saving a profile brings about. */
export interface ProfileSaved {
  siteId: SiteId
  /** A gateway on this very computer was added: its pictures need a restart of the program. */
  restartNeeded: boolean
}

/** A site that was taken away, its file being kept. */
export interface ProfileRemoved {
  /** The name of the file now, without the folder. */
  keptAs: string
  /** Brings it back, until the program ends. */
  removalId: string
}

/** One thing an import would change. Texts for a person; empty where there is nothing. */
export interface ProfileChange {
  /** Its place in the file, as in `recording.maxSeconds`. */
  field: string
  before: string
  after: string
  /** It decides which server is trusted: to be looked at twice. */
  isPin: boolean
}

/** What a chosen file would do. Nothing has been written yet. */
export interface ImportPreview {
  importId: string
  name: string
  /** Without its folder. */
  fileName: string
  /** The site whose profile it takes the place of; `null` where it adds one. */
  replaces: SiteId | null
  changes: ProfileChange[]
  /** The file held a password. It is not part of the profile and is not shown. */
  foundPassword: boolean
  warnings: string[]
}
