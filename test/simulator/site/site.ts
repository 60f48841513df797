import type { SceneName } from '../media/scenes/scene.ts'

export type { SceneName }

/** What a camera is here to show to a client. */
export type CameraPurpose = 'plain' | 'h265-only' | 'masked' | 'disabled'

/** One picture stream of a camera (xprotect-api.md 9.2, streams and settings). */
export interface SiteStream {
  /** The server's `streamReferenceId`, which a session names as `streamId`. */
  id: string
  name: 'Main' | 'Sub'
  liveDefault: boolean
  codec: 'H264' | 'H265'
  widthPx: number
  heightPx: number
  framesPerSecond: number
}

export interface SiteCamera {
  id: string
  /** From 1 upwards, never twice in a site. */
  number: number
  name: string
  scene: SceneName
  variant: number
  purpose: CameraPurpose
  hardwareId: string
  channel: number
  streams: SiteStream[]
}

/** A recording server. */
export interface SiteRecorder {
  id: string
  name: string
  storageId: string
}

export interface SiteHardware {
  id: string
  recorderId: string
  name: string
  address: string
  model: string
  cameraIds: string[]
}

export interface SiteGroup {
  id: string
  name: string
  parentId?: string
  groupIds: string[]
  cameraIds: string[]
}

/** A whole generated XProtect site. Nothing in it changes while the server runs. */
export interface Site {
  id: string
  name: string
  computerName: string
  /** Of the first recorder, as is `storageId`. */
  recordingServerId: string
  storageId: string
  recorders: SiteRecorder[]
  cameras: SiteCamera[]
  hardware: SiteHardware[]
  /** Every group, parents before their children. */
  groups: SiteGroup[]
}

export interface SiteOptions {
  /** How many cameras can play. Special ones come on top. */
  cameras: number
  /** Adds the group 'Special': one H.265-only, one privacy-masked and one disabled camera. */
  special: boolean
  /** Recording servers; the boxes take turns. */
  recorders: number
  /** Same seed, same guids. */
  seed: string
  /** A site with a name of its own has it behind the names of its cameras: `Lobby, Harbour`. */
  name?: string | undefined
}
