import { SITE_MADE } from '../config/dates.ts'
import type { ConfigObject } from '../config/object.ts'
import { guidOf } from '../site/guid.ts'
import type { Site } from '../site/site.ts'
import type { LockState } from './shelf.ts'
import { PROFILE_CHOICES } from './retention.ts'

/** `/evidenceLockProfiles`: one, for every role. [V CFG] that `retentionTimeOptions` exists; its form is [?]. */
export const lockProfileObjects = (seed: string): ConfigObject[] => {
  const id = guidOf(seed, 'evidenceLockProfile')
  const name = 'Default evidence lock profile'
  return [
    {
      type: 'evidenceLockProfiles',
      id,
      enabled: true,
      fields: {
        description: '',
        displayName: name,
        id,
        lastModified: SITE_MADE,
        name,
        retentionTimeOptions: PROFILE_CHOICES,
      },
    },
  ]
}

/** `/storageInformation/{storageId}`: megabytes. [V CFG] A recorder counts what it was told to lock. */
export function storageInformationObjects(site: Site, locks: readonly LockState[]): ConfigObject[] {
  const storageOfHardware = new Map(
    site.hardware.map(({ id, recorderId }) => [id, site.recorders.find((recorder) => recorder.id === recorderId)!]),
  )
  const storageOfCamera = new Map(
    site.cameras.map(({ id, hardwareId }) => [id, storageOfHardware.get(hardwareId)!.storageId]),
  )
  return site.recorders.map(({ storageId }): ConfigObject => {
    const lockedBytes = locks.reduce((sum, { cameraIds, sizeBytes }) => {
      const here = cameraIds.filter((id) => storageOfCamera.get(id) === storageId).length
      return sum + ((sizeBytes ?? 0) / cameraIds.length) * here
    }, 0)
    return {
      type: 'storageInformation',
      id: storageId,
      enabled: true,
      parent: { type: 'storages', id: storageId },
      fields: {
        anyTablesWithData: true,
        displayName: 'Local default',
        isAvailable: true,
        isMounted: true,
        lastUpdated: SITE_MADE,
        lockedUsedSpace: Math.round(lockedBytes / 1_000_000),
        usedSpace: 412_000,
      },
    }
  })
}
