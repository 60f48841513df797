import { refusal, wide } from '../http/reply.ts'
import type { Rights } from '../identity/rights.ts'
import { guidOf } from '../site/guid.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject } from './object.ts'

export interface PtzPosition {
  pan: number
  tilt: number
  zoom: number
}

/** Where a camera that can move looks. */
export interface PtzHead {
  position: PtzPosition
}

export const canMove = ({ scene }: SiteCamera): boolean => scene === 'gate' || scene === 'loading-dock'

const presets: [name: string, position: PtzPosition][] = [
  ['Home', { pan: 0, tilt: 0, zoom: 0 }],
  ['Way in', { pan: -0.5, tilt: -0.2, zoom: 0.4 }],
  ['Far fence', { pan: 0.8, tilt: 0.1, zoom: 0.9 }],
]

/** A head for each camera that can move. */
export function ptzHeads(site: Site): Map<string, PtzHead> {
  return new Map(site.cameras.filter(canMove).map(({ id }) => [id, { position: { ...presets[0]![1] } }]))
}

/** `/cameras/{id}/ptzPresets`, with the task `Goto` since 2024 R2. Fields of xprotect-api.md 9.2. [V CFG] */
export function ptzPresetsCollection(site: Site, heads: Map<string, PtzHead>, seed: string, rights: Rights) {
  const cameras = new Map(site.cameras.map((camera) => [camera.id, camera]))
  const places = new Map<string, { camera: SiteCamera; position: PtzPosition }>()
  const of = (camera: SiteCamera): ConfigObject[] =>
    presets.map(([name, position], at) => {
      const id = guidOf(seed, 'ptzPreset', camera.id, name)
      places.set(id, { camera, position })
      return {
        type: 'ptzPresets',
        id,
        enabled: true,
        parent: { type: 'cameras', id: camera.id },
        fields: {
          ...position,
          defaultPreset: at === 0,
          description: '',
          devicePreset: false,
          devicePresetInternalId: '',
          displayName: name,
          id,
          lastModified: SITE_MADE,
          locked: false,
          name,
        },
      }
    })
  const collection: Collection = {
    type: 'ptzPresets',
    topLevel: false,
    all: () => [],
    tasks: ({ id }) => [
      {
        id: 'Goto',
        displayName: 'Go to',
        run: ({ user }) => {
          const { camera, position } = places.get(id)!
          if (!rights.may(user, 'PTZ_CONTROL', camera)) {
            return refusal(403, 'Forbidden, you are not authorized to access this object')
          }
          heads.get(camera.id)!.position = { ...position }
          return wide(200, { result: { state: 'Success' } })
        },
      },
    ],
  }
  const ofCamera = (id: string): ConfigObject[] => (heads.has(id) ? of(cameras.get(id)!) : [])
  return { collection, ofCamera }
}
