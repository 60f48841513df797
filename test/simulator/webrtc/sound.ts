import type { Rights } from '../identity/rights.ts'
import type { Profile } from '../options.ts'
import type { SiteMicrophone } from '../site/microphones.ts'
import type { SiteCamera } from '../site/site.ts'
import type { PlaybackWish } from './playback-wish.ts'

interface SoundDeps {
  profile: Profile
  microphones: readonly SiteMicrophone[]
  rights: Rights
}

/** Who asks for the sound of what, and how. */
interface SoundWish {
  user: string
  camera: SiteCamera
  /** null: live. */
  playback: PlaybackWish | null
  includeAudio: boolean
}

/**
 * Whether a session carries sound: from 2025 R2 on [D], where a microphone is set beside the camera, it is asked for, and
 * a recording plays at its own speed (xprotect-api.md 3.5, 14). That one without the right to listen gets the picture
 * alone, rather than a refusal, is [?].
 */
export function carriesSound({ profile, microphones, rights }: SoundDeps, wish: SoundWish): boolean {
  const { user, camera, playback, includeAudio } = wish
  if (profile !== '25.2' || !includeAudio) return false
  if (playback !== null && playback.speed !== 1) return false
  return microphones.some(({ hardwareId }) => hardwareId === camera.hardwareId) && rights.mayAnywhere(user, 'LISTEN')
}

/** `includeAudio` as a client said it: true where it said nothing. [D] anything but a truth value is refused as .NET does [?] */
export const readIncludeAudio = (said: unknown): boolean | { wrong: string } => {
  if (said === undefined || said === null) return true
  return typeof said === 'boolean' ? said : { wrong: 'The JSON value could not be converted.' }
}
