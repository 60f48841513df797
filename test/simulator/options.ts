import type { Role } from './identity/users.ts'
import type { Media } from './media/index.ts'

/** Which XProtect the server plays: 25.1 is 2025 R1 (xprotect-api.md 11). */
export type Profile = '24.2' | '25.1' | '25.2'
export type Edition = 'professional+' | 'corporate'

/** Everything a start of the simulator can be told; all of it has a default. */
export interface SimulatorOptions {
  /** Gateway port on loopback; 0 takes a free one. */
  port: number
  recorderPort: number
  /** How many gateways the site has; those behind the first have ports and certificates of their own. */
  gateways: number
  /** `gateway`: the identity provider is on the first gateway's host. `separate`: it has a port and a certificate. */
  idp: 'gateway' | 'separate'
  controlPort: number
  /** Recording servers; those behind the first have ports and certificates of their own. */
  recorders: number
  /** Cameras that can play, 1 to 100,000. */
  cameras: number
  /** Adds one H.265-only, one masked and one disabled camera. */
  special: boolean
  profile: Profile
  edition: Edition
  /** Life of an access token in seconds. */
  tokenTtlSeconds: number
  user: string
  /** What `user` may do. */
  role: Role
  /** `DOMAIN\user`, with the same password. */
  windowsUser: string
  /** Random for each start unless given. */
  password: string
  /** Wrong passwords in a row before the account is locked. */
  wrongPasswordsBeforeLockOut: number
  keyType: 'rsa' | 'ec'
  /** Certificates are issued by an authority made for this site instead of signing themselves. */
  ca: boolean
  /** Days until the certificates run out; with a fraction, and below zero for ones that have. */
  certDays: number
  /** How far the server's clock is ahead of this machine's. */
  clockOffsetSeconds: number
  /** How many boxes have an output, from the first on. */
  outputs: number
  /** How many boxes have a microphone, from the first on; it is set beside every camera of its box. */
  microphones: number
  /** Numbers of the cameras a rule records from one user-defined event to another. */
  ruleCameras: readonly number[]
  /** Whether each output has a rule that records the cameras of its box while it is active. */
  outputRules: boolean
  /** When manual recordings end by themselves, in minutes; 0: never. */
  manualTimeoutMinutes: number
  /** Whether `POST /events` also takes the customer's own form, `{eventType, deviceId, eventData}`. */
  integration: boolean
  /** Whether bookmarks and evidence locks can be searched; how is assumed (xprotect-api.md 6, 7). [?] */
  searchTasks: boolean
  /** Answers the camera task of that name. The specification of 25.2 has it, no release note says 25.1 does. */
  jpegGetLive: boolean
  /** Whether `POST /webrtc/signaling` answers a client's own offer at once, as a customer's report has it; not without media. */
  singleShot: boolean
  /** `null`: sessions make a right-looking offer with no sender behind it, for tests of the protocol alone. */
  media: Media | null
  /** Same seed, same guids. */
  seed: string
  /** Undefined: the usual site. With a name, its cameras have it too. */
  siteName?: string | undefined
  /** Sites below this one in a federation, each a server of its own with up to four cameras. */
  childSites: number
  /** How long an events session outlives its socket, in seconds (xprotect-api.md 4.4). */
  eventsInactiveTimeoutSeconds: number
}
