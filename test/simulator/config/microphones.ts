import type { SiteMicrophone } from '../site/microphones.ts'
import type { SiteCamera } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject } from './object.ts'

interface MicrophonesDeps {
  microphones: readonly SiteMicrophone[]
  storageOf: (hardwareId: string) => string
}

/**
 * `/microphones`, `/hardware/{id}/microphones`: as cameras without what is of pictures. [V CFG] the fields; that every
 * user may read them is [?].
 */
export function microphonesCollection({ microphones, storageOf }: MicrophonesDeps) {
  const objects = microphones.map(({ id, name, hardwareId }): ConfigObject => {
    return {
      type: 'microphones',
      id,
      enabled: true,
      parent: { type: 'hardware', id: hardwareId },
      fields: {
        displayName: name,
        enabled: true,
        id,
        name,
        channel: 0,
        description: '',
        createdDate: SITE_MADE,
        lastModified: SITE_MADE,
        gisPoint: 'POINT EMPTY',
        shortName: '',
        icon: 0,
        recordingEnabled: true,
        prebufferEnabled: true,
        prebufferInMemory: true,
        prebufferSeconds: 3,
        manualRecordingTimeoutEnabled: true,
        manualRecordingTimeoutMinutes: 15,
        recordingStorage: { type: 'storages', id: storageOf(hardwareId) },
      },
    }
  })
  const collection: Collection = { type: 'microphones', topLevel: true, all: () => objects }
  const ofHardware = (id: string): ConfigObject[] => objects.filter(({ parent }) => parent?.id === id)
  return { collection, ofHardware }
}

/**
 * `/cameras/{id}/clientSettings`, `/clientSettings/{cameraId}`: which microphones an administrator set beside a camera.
 * [V CFG] `related`; that the first is a list of one, as streams and settings are, is [?].
 */
export const clientSettingsObject = (
  microphones: readonly SiteMicrophone[],
  { id, hardwareId }: SiteCamera,
): ConfigObject => ({
  type: 'clientSettings',
  id,
  enabled: true,
  parent: { type: 'cameras', id },
  fields: {
    displayName: 'Client settings',
    related: microphones
      .filter((microphone) => microphone.hardwareId === hardwareId)
      .map((microphone) => ({ type: 'microphones', id: microphone.id })),
  },
})
