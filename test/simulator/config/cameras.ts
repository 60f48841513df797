import type { FaultOf } from '../control/fault-shapes.ts'
import type { Faults } from '../control/faults.ts'
import type { Json } from '../http/wide-json.ts'
import type { RecordingTabs } from '../recording/options.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject, Task } from './object.ts'
import { canMove } from './ptz.ts'

interface CamerasDeps {
  site: Site
  faults: Faults
  recordingTabs: RecordingTabs
  tasks: (camera: SiteCamera) => Task[]
  children: NonNullable<Collection['children']>
}

/** `/cameras`: fields and their order as a real 25.1 wrote them (xprotect-api.md 9.2). [V REAL] */
export function camerasCollection({ site, faults, recordingTabs, tasks, children }: CamerasDeps): Collection {
  const cameras = new Map(site.cameras.map((camera) => [camera.id, camera]))
  const storageOf = storageFinder(site)
  const objects = site.cameras.map((camera) => cameraObject(camera, recordingTabs, storageOf(camera.hardwareId)))
  const asRecorded = (object: ConfigObject): ConfigObject => ({
    ...object,
    fields: { ...object.fields, ...recordingTabs.of(cameras.get(object.id)!) },
  })
  const named = (object: ConfigObject): ConfigObject => {
    const fault = faults.cameraName(cameras.get(object.id)!)
    if (!fault) return object
    const name = fault.name.repeat(fault.repeat)
    return { ...object, fields: { ...object.fields, displayName: name, name } }
  }
  return {
    type: 'cameras',
    topLevel: true,
    all: () => {
      const current = recordingTabs.anyChanged ? objects.map(asRecorded) : objects
      return faults.list().some(({ fault }) => fault.kind === 'camera-name') ? current.map(named) : current
    },
    children,
    tasks: ({ id }) => tasks(cameras.get(id)!),
    spoil: (object, right) => spoiled(faults.badCamera(cameras.get(object.id)!)?.how, right),
  }
}

/** Where the devices of a box are recorded. */
export function storageFinder(site: Site): (hardwareId: string) => string {
  const storages = new Map(site.recorders.map(({ id, storageId }) => [id, storageId]))
  const known = new Map(site.hardware.map(({ id, recorderId }) => [id, storages.get(recorderId)!]))
  return (hardwareId) => known.get(hardwareId)!
}

function cameraObject(camera: SiteCamera, recordingTabs: RecordingTabs, storageId: string): ConfigObject {
  const tab = recordingTabs.of(camera)
  const enabled = camera.purpose !== 'disabled'
  return {
    type: 'cameras',
    id: camera.id,
    enabled,
    parent: { type: 'hardware', id: camera.hardwareId },
    fields: {
      displayName: camera.name,
      enabled,
      id: camera.id,
      name: camera.name,
      channel: camera.channel,
      description: '',
      createdDate: SITE_MADE,
      lastModified: SITE_MADE,
      gisPoint: 'POINT EMPTY',
      shortName: camera.number <= 9 ? `C${camera.number}` : '',
      icon: 0,
      coverageDirection: 0,
      coverageDepth: 0,
      coverageFieldOfView: 0,
      recordingFramerate: 5,
      recordKeyframesOnly: false,
      recordOnRelatedDevices: true,
      ptzEnabled: canMove(camera),
      recordingEnabled: tab.recordingEnabled,
      prebufferEnabled: tab.prebufferEnabled,
      prebufferInMemory: true,
      prebufferSeconds: tab.prebufferSeconds,
      edgeStorageEnabled: false,
      edgeStoragePlaybackEnabled: false,
      manualRecordingTimeoutEnabled: tab.manualRecordingTimeoutEnabled,
      manualRecordingTimeoutMinutes: tab.manualRecordingTimeoutMinutes,
      recordingStorage: { type: 'storages', id: storageId },
      failoverSetting: 'FullSupport',
    },
  }
}

function spoiled(how: FaultOf<'bad-camera'>['how'] | undefined, right: Json): Json {
  if (!how || typeof right !== 'object' || right === null || Array.isArray(right)) return right
  switch (how) {
    case 'null':
      return null
    case 'no-id':
      return { ...right, id: undefined }
    case 'bad-guid':
      return { ...right, id: '../../etc/passwd' }
    case 'nested':
      return { ...right, name: { first: 'Lobby', then: [[[[[]]]]] } }
    case 'wrong-types':
      return { ...right, id: 17, name: null, enabled: 'yes', channel: 'zero', relations: 'none' }
  }
}
