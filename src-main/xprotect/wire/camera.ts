import { z } from 'zod'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import { CameraGuid, flag, Guid, Parent, Words } from './tolerant.ts'

/** One of `GET /cameras` (xprotect-api.md 9.2 [V REAL]). Only the id is indispensable. */
export const CameraWire = z.object({
  id: CameraGuid,
  name: Words,
  displayName: Words,
  shortName: Words,
  enabled: flag(true),
  recordingEnabled: flag(false),
  ptzEnabled: flag(false),
  /** The device, `hardware` [V REAL]. */
  relations: Parent,
})
export type CameraWire = z.infer<typeof CameraWire>

/** One of `GET /hardware` (xprotect-api.md 9.2 [V CFG]). */
export const HardwareWire = z.object({ id: Guid, name: Words, displayName: Words })

/** One of `GET /cameraGroups` and below (xprotect-api.md 9.2 [V CFG]). */
export const GroupWire = z.object({
  id: Guid,
  name: Words,
  displayName: Words,
  relations: Parent,
  /** The groups in it, where the server was asked to write them along and does. */
  cameraGroups: z.array(z.unknown()).optional().catch(undefined),
})
export type GroupWire = z.infer<typeof GroupWire>

/** A camera as the operator knows it. A camera without a name is called by the start of its id. */
export function cameraOf(wire: CameraWire, hardwareName: string): Camera {
  return {
    id: wire.id,
    name: wire.name || wire.displayName || wire.id.slice(0, 8),
    shortName: wire.shortName,
    hardwareName,
    recordingEnabled: wire.recordingEnabled,
    ptzEnabled: wire.ptzEnabled,
  }
}
