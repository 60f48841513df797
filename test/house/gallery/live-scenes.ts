import { defaultPreferences } from '../../../src-preload/contract/models/preferences.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { Camera, CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { CameraId, CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import type { CameraListState, Site } from '../../../src-preload/contract/models/site.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { cameraOf, camerasOf, cameraRef, groupOf } from '../../unit/live/support.ts'
import { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { siteId, siteOf } from '../../unit/support/sites.ts'
import { DrawnCameras, type Manner } from './live-cameras.ts'

const places = [
  'Car park north',
  'Corridor 2F east',
  'Main gate',
  'Loading dock',
  'Lobby',
  'Street west',
  'Car park south',
  'Corridor 1F',
  'Service gate, entrance for deliveries and visitors with a very long name',
]
const nine = places.map((name, index) => cameraOf(index + 1, { name, hardwareName: `Axis P${3245 + index}` }))
const nineGroups = [groupOf('Parking', [1, 7]), groupOf('Perimeter', [3, 6, 9], [groupOf('Gates', [3, 9])])]

interface Wall {
  cameras?: Camera[]
  groups?: CameraGroup[]
  state?: CameraListState
  rows?: number
  columns?: number
  tiles?: (CameraRef | null)[]
  manner?: (cameraId: CameraId) => Manner
  sizePx?: { width: number; height: number }
  others?: Site[]
  preferences?: Partial<Preferences>
}

/** A signed-in site whose cameras play as they are told. */
function wall(scene: Wall): FakeBridge {
  const { cameras = nine, groups = nineGroups, rows = 3, columns = 3, others = [] } = scene
  const tiles = scene.tiles ?? cameras.slice(0, rows * columns).map(({ id }) => ({ siteId: siteId(1), cameraId: id }))
  const site = siteOf({
    state: { phase: 'open', user: 'operator', link: { is: 'up' } },
    cameras: scene.state ?? { phase: 'ready', total: cameras.length, skipped: 0 },
    clockOffsetMs: 200,
  })
  const bridge = new FakeBridge({
    listSites: async () => [site, ...others],
    readPreferences: async () => ({
      ...defaultPreferences,
      view: { name: 'HQ overview', rows, columns, tiles },
      ...scene.preferences,
    }),
    listCameras: async ({ from, count }) => ({
      cameras: cameras.slice(from, from + count),
      total: cameras.length,
      ...(from + count < cameras.length && { next: from + count }),
    }),
    listCameraGroups: async () => groups,
    savePreferences: async () => {},
    reloadCameras: async () => {},
    report: async () => {},
  })
  new DrawnCameras(bridge, scene.manner ?? (() => 'plays'), scene.sizePx)
  return bridge
}

const down: Failure = { kind: 'unreachable', what: 'server', how: 'timeout' }
const manners: Record<number, Manner> = {
  2: 'freezes',
  3: 'dies',
  4: { refuses: { kind: 'unplayable-codec', codec: 'H265' } },
  5: { refuses: { kind: 'forbidden' } },
  6: 'hangs',
  7: { refuses: { kind: 'refused', call: 'POST /webRTC/session', status: 500, text: 'Device <b>is</b> not enabled' } },
}
const mixed = (cameraId: CameraId): Manner => manners[Number(cameraId.slice(-4))] ?? 'plays'
const mixedTiles = [1, 2, 3, 4, 5, 6, 7].map((number) => cameraRef(number))

const blocked = siteOf({
  id: siteId(2),
  name: 'Depot South',
  state: { phase: 'blocked', because: { kind: 'untrusted-certificate', fingerprint: 'ab', expected: ['cd'] } },
})
const second = siteOf({
  id: siteId(3),
  name: 'Harbour terminal with a long name, gates 12–28',
  state: { phase: 'open', user: 'operator', link: { is: 'up' } },
  cameras: { phase: 'failed', loaded: 0, because: down },
})

const thousands = (count: number): Wall => ({
  cameras: camerasOf(count).map((camera, index) => ({ ...camera, name: `${places[index % 8]} ${index + 1}` })),
  groups: Array.from({ length: 40 }, (_, group) =>
    groupOf(
      `Building ${group + 1}`,
      Array.from({ length: 240 }, (_, index) => group * 240 + index + 1),
    ),
  ),
  rows: 2,
  columns: 2,
})

/** Every state the Live screen can be in, by name. */
export const liveScenes: Record<string, () => FakeBridge> = {
  'live-playing': () => wall({ others: [blocked, second] }),
  'live-states': () => wall({ manner: mixed, tiles: [...mixedTiles, cameraRef(404), null] }),
  'live-small': () => wall({ manner: mixed, rows: 8, columns: 8, tiles: [...mixedTiles, cameraRef(8), cameraRef(9)] }),
  'live-stale': () =>
    wall({ manner: (cameraId) => (Number(cameraId.slice(-4)) === 2 ? 'freezes' : 'plays'), rows: 2, columns: 2 }),
  'live-empty': () => wall({ tiles: [] }),
  'live-8x8': () =>
    wall({
      cameras: camerasOf(64).map((camera, index) => ({ ...camera, name: `${places[index % 8]} ${index + 1}` })),
      groups: [],
      rows: 8,
      columns: 8,
      sizePx: { width: 160, height: 90 },
    }),
  'live-10000': () => wall(thousands(10_000)),
  'live-loading': () => wall({ ...thousands(10_000), state: { phase: 'loading', loaded: 1500 }, tiles: [] }),
  'live-list-failed': () => {
    const bridge = wall({ tiles: [] })
    bridge.answer('listCameras', async () => {
      throw new AppError(down)
    })
    return bridge
  },
  'live-no-cameras': () => wall({ cameras: [], groups: [], state: { phase: 'ready', total: 0, skipped: 0 } }),
  'live-no-site': () =>
    new FakeBridge({
      listSites: async () => [siteOf()],
      readPreferences: async () => defaultPreferences,
      report: async () => {},
    }),
}
