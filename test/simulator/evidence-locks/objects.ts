import { SITE_MADE } from '../config/dates.ts'
import type { ConfigObject } from '../config/object.ts'
import { guidOf } from '../site/guid.ts'
import type { Site } from '../site/site.ts'
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
export const storageInformationObjects = (site: Site, lockedBytes: (recorderId: string) => number): ConfigObject[] =>
  site.recorders.map((recorder) => ({
    type: 'storageInformation',
    id: recorder.storageId,
    enabled: true,
    parent: { type: 'storages', id: recorder.storageId },
    fields: {
      anyTablesWithData: true,
      displayName: 'Local default',
      isAvailable: true,
      isMounted: true,
      lastUpdated: SITE_MADE,
      lockedUsedSpace: Math.round(lockedBytes(recorder.id) / 1_000_000),
      usedSpace: 412_000,
    },
  }))
