import type { FaultOf } from '../control/fault-shapes.ts'
import type { Faults } from '../control/faults.ts'
import type { Json } from '../http/wide-json.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject, Task } from './object.ts'
import { canMove } from './ptz.ts'

interface CamerasDeps {
  site: Site
  faults: Faults
  tasks: (camera: SiteCamera) => Task[]
  children: NonNullable<Collection['children']>
}

/** `/cameras`: fields and their order as a real 25.1 wrote them (xprotect-api.md 9.2). [V REAL] */
export function camerasCollection({ site, faults, tasks, children }: CamerasDeps): Collection {
  const cameras = new Map(site.cameras.map((camera) => [camera.id, camera]))
  const objects = site.cameras.map((camera) => cameraObject(camera, site))
  const named = (object: ConfigObject): ConfigObject => {
    const fault = faults.cameraName(cameras.get(object.id)!)
    if (!fault) return object
    const name = fault.name.repeat(fault.repeat)
    return { ...object, fields: { ...object.fields, displayName: name, name } }
  }
  return {
    type: 'cameras',
    topLevel: true,
    all: () => (faults.list().some(({ fault }) => fault.kind === 'camera-name') ? objects.map(named) : objects),
    children,
    tasks: ({ id }) => tasks(cameras.get(id)!),
    spoil: (object, right) => spoiled(faults.badCamera(cameras.get(object.id)!)?.how, right),
  }
}

function cameraObject(camera: SiteCamera, site: Site): ConfigObject {
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
      recordingEnabled: true,
      prebufferEnabled: true,
      prebufferInMemory: true,
      prebufferSeconds: 3,
      edgeStorageEnabled: false,
      edgeStoragePlaybackEnabled: false,
      manualRecordingTimeoutEnabled: true,
      manualRecordingTimeoutMinutes: 15,
      recordingStorage: { type: 'storages', id: site.storageId },
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
