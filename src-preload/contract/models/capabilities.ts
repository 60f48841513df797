import type { CameraId } from './ids.ts'

/** What a server told of itself, or why it did not. Nothing in between: what was not told is not guessed. */
export type Fact<T> = { is: 'known'; value: T } | { is: 'unknown'; why: Unknown }

/**
 * Not asked yet · this user may not know · the server has no such thing, being of another version · no answer came ·
 * the answer made no sense · there was nothing to ask it of, as a site without an output.
 */
export type Unknown = 'not-asked' | 'forbidden' | 'not-there' | 'no-answer' | 'not-understood' | 'nothing-to-ask'

/** XProtect's editions from small to large; `other` is one this program does not know by name. */
export type EditionLevel = 'essential+' | 'express+' | 'professional+' | 'expert' | 'corporate' | 'other'

/** What a role may allow on a camera, as far as a button depends on it. */
export type CameraRight = 'playback' | 'export' | 'ptz' | 'record' | 'bookmark' | 'evidence-lock'

/** What the signed-in user may do with cameras. */
export type CameraRights =
  | { isAdministrator: true }
  | {
      isAdministrator: false
      /** The rights this server tells apart. Of any other nothing is known. */
      toldApart: CameraRight[]
      /** What holds for every camera not named in `unusual`. */
      usual: CameraRight[]
      unusual: { rights: CameraRight[]; cameraIds: CameraId[] }[]
    }

/** What one server and one user can do together, asked once at each sign-in. */
export interface Capabilities {
  /** The server's own, as `25.1.1804.0`. */
  version: Fact<string>
  edition: Fact<{ level: EditionLevel; name: string }>
  /** Names of tasks one camera offers; one that can be moved, where there is any. */
  cameraTasks: Fact<string[]>
  /** Names of tasks one output offers. */
  outputTasks: Fact<string[]>
  rights: Fact<CameraRights>
  /** Whether video sessions can be agreed on over a WebSocket; by REST they always can. */
  signallingSocket: Fact<boolean>
  eventsSocket: Fact<boolean>
}

/** A site below this one in a federation. */
export interface ChildSite {
  /** The server's guid of it. */
  id: string
  name: string
  /** Where it is, as far as the parent says; empty where it does not. */
  address: string
}
