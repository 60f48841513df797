import type { Site, SiteCamera, SiteGroup } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject } from './object.ts'

/** `recordTo` of a stream kept in the primary database (xprotect-api.md 9.2). [V CFG] */
const RECORD_TO_PRIMARY = '16ce3aa1-5f93-458a-abe5-5c95d9ed1372'

/** `/hardware`: no password field, the address is a URL. [V CFG] */
export const hardwareObjects = (site: Site): ConfigObject[] =>
  site.hardware.map((hardware) => ({
    type: 'hardware',
    id: hardware.id,
    enabled: true,
    parent: { type: 'recordingServers', id: hardware.recorderId },
    fields: {
      address: hardware.address,
      displayName: hardware.name,
      enabled: true,
      id: hardware.id,
      name: hardware.name,
      model: hardware.model,
      description: '',
      userName: 'root',
      hardwareDriverPath: { type: 'hardwareDrivers', id: site.recordingServerId },
      lastModified: SITE_MADE,
      passwordLastModified: SITE_MADE,
    },
  }))

/** `/cameras/{id}/streams`, `/streams/{cameraId}`: one object that holds all streams of the camera. [V CFG] */
export const streamsObject = (camera: SiteCamera): ConfigObject => ({
  type: 'streams',
  id: camera.id,
  enabled: true,
  parent: { type: 'cameras', id: camera.id },
  fields: {
    displayName: 'Streams',
    stream: camera.streams.map((stream) => ({
      displayName: stream.name,
      name: stream.name,
      liveDefault: stream.liveDefault,
      liveMode: 'WhenNeeded',
      defaultPlayback: stream.liveDefault,
      recordTo: stream.liveDefault ? RECORD_TO_PRIMARY : '',
      streamReferenceId: stream.id,
      useEdge: false,
      edgeTrackId: '',
    })),
  },
})

/** `/cameras/{id}/settings`, `/settings/{cameraId}`: where the codec is found. Keys are the driver's own. [V CFG] */
export const settingsObject = (camera: SiteCamera): ConfigObject => ({
  type: 'settings',
  id: camera.id,
  enabled: true,
  parent: { type: 'cameras', id: camera.id },
  fields: {
    displayName: 'Settings',
    generalSettings: { brightness: '50', saturation: '50', sharpness: '50' },
    ptz: {},
    ptzSessionTimeouts: {},
    stream: camera.streams.map((stream) => ({
      displayName: stream.name,
      streamReferenceId: stream.id,
      codec: stream.codec === 'H264' ? 'H.264' : 'H.265',
      resolution: `${stream.widthPx}x${stream.heightPx}`,
      FPS: stream.framesPerSecond,
      maxGOPSize: stream.framesPerSecond * 2,
    })),
  },
})

/** Value sets of the settings of our one driver. Where `?definitions` puts them is assumed. [?] */
export const settingsDefinitions = {
  codec: { type: 'string', enum: ['H.264', 'H.265', 'JPEG'] },
  resolution: { type: 'string', enum: ['1280x720', '640x360'] },
  FPS: { type: 'number', minimum: 1, maximum: 30 },
}

/** `/cameraGroups`: groups nest, and a camera may be in many. [V CFG] */
export const groupObject = (group: SiteGroup): ConfigObject => ({
  type: 'cameraGroups',
  id: group.id,
  enabled: true,
  ...(group.parentId !== undefined && { parent: { type: 'cameraGroups', id: group.parentId } }),
  fields: {
    builtIn: false,
    description: '',
    displayName: group.name,
    id: group.id,
    lastModified: SITE_MADE,
    name: group.name,
  },
})

/** Groups of the top level in the list; those below by their parent or their id. */
export function cameraGroupsCollection(site: Site, camerasById: (ids: string[]) => ConfigObject[]): Collection {
  const groups = new Map(site.groups.map((group) => [group.id, group]))
  return {
    type: 'cameraGroups',
    topLevel: true,
    all: () => site.groups.map(groupObject),
    children: {
      cameraGroups: (id) => (groups.get(id)?.groupIds ?? []).map((childId) => groupObject(groups.get(childId)!)),
      cameras: (id) => camerasById(groups.get(id)?.cameraIds ?? []),
    },
  }
}
