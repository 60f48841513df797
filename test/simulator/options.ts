import type { Media } from './media/index.ts'

/** Which XProtect the server plays: 25.1 is 2025 R1 (xprotect-api.md 11). */
export type Profile = '24.2' | '25.1' | '25.2'
export type Edition = 'professional+' | 'corporate'

/** Everything a start of the simulator can be told; all of it has a default. */
export interface SimulatorOptions {
  /** Gateway port on loopback; 0 takes a free one. */
  port: number
  recorderPort: number
  controlPort: number
  /** Cameras that can play, 1 to 100,000. */
  cameras: number
  /** Adds one H.265-only, one masked and one disabled camera. */
  special: boolean
  profile: Profile
  edition: Edition
  /** Life of an access token in seconds. */
  tokenTtlSeconds: number
  user: string
  /** Random for each start unless given. */
  password: string
  /** Wrong passwords in a row before the account is locked. */
  wrongPasswordsBeforeLockOut: number
  keyType: 'rsa' | 'ec'
  /** Answers the camera task of that name. No release note says 25.1 has it, so it is off unless asked for. */
  jpegGetLive: boolean
  /** `null`: sessions make a right-looking offer with no sender behind it, for tests of the protocol alone. */
  media: Media | null
  /** Same seed, same guids. */
  seed: string
  /** How long an events session outlives its socket, in seconds (xprotect-api.md 4.4). */
  eventsInactiveTimeoutSeconds: number
}
