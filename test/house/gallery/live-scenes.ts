import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { Camera, CameraGroup } from '../../../src-preload/contract/models/camera.ts'
import type { CameraId, CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Capabilities } from '../../../src-preload/contract/models/capabilities.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import type { RecordingNow } from '../../../src-preload/contract/models/recording.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import type { CameraListState, Site } from '../../../src-preload/contract/models/site.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { cameraOf, camerasOf, cameraRef, groupOf } from '../../unit/live/support.ts'
import { jobOf, recordingOf } from '../../unit/support/recordings.ts'
import { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { capabilitiesOf, siteId, siteOf } from '../../unit/support/sites.ts'
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
  recordings?: RecordingNow[]
  jobs?: Job[]
  capabilities?: Capabilities
  preferences?: Partial<Preferences>
  /** Numbers of the cameras that have a microphone. */
  microphones?: number[]
  /** Of the site, as Windows calls it. */
  timeZone?: string
}

const limits = { defaultSeconds: 300, minSeconds: 60, maxSeconds: 300, stopsAfterSeconds: 300, preBufferSeconds: 3 }

/** A signed-in site whose cameras play as they are told. */
export function wall(scene: Wall): FakeBridge {
  const { cameras = nine, groups = nineGroups, rows = 3, columns = 3, others = [] } = scene
  const tiles = scene.tiles ?? cameras.slice(0, rows * columns).map(({ id }) => ({ siteId: siteId(1), cameraId: id }))
  const site = siteOf({
    state: { phase: 'open', user: 'operator', link: { is: 'up' } },
    cameras: scene.state ?? { phase: 'ready', total: cameras.length, skipped: 0 },
    clockOffsetMs: 200,
    ...(scene.timeZone && { timeZone: scene.timeZone }),
    ...(scene.capabilities && { capabilities: scene.capabilities }),
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
    listRecordings: async ({ siteId }) => ({
      siteId,
      isKnown: true,
      cameras: (scene.recordings ?? []).filter(({ camera }) => camera.siteId === siteId),
    }),
    listJobs: async () => scene.jobs ?? [],
    listBrokenExports: async () => [],
    listLockProgress: async () => [],
    listMicrophones: async ({ cameraIds }) =>
      cameraIds
        .filter((id) => scene.microphones?.includes(Number(id.slice(-4))))
        .map((id) => ({ id, name: '', cameraIds: [id] })),
    readRecordingLimits: async () => limits,
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

const mayNotRecord = capabilitiesOf({
  rights: { is: 'known', value: { isAdministrator: false, toldApart: ['record'], usual: [], unusual: [] } },
})
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000 - 20_000).toISOString()
const refusal: Failure = { kind: 'refused', call: 'StartManualRecording', status: 400, text: 'Device is disabled' }

/** Every way a tile can say how it records, in this order of tiles; the last is in no trouble at all. */
const recordings: RecordingNow[] = [
  recordingOf(1, { endsAt: inMinutes(5) }),
  recordingOf(2, { startedBy: 'other', preBufferSeconds: null }),
  recordingOf(3, { state: 'requested' }),
  recordingOf(4, { state: 'unknown', endsAt: inMinutes(70) }),
  recordingOf(5, { trouble: 'not-ended', endsAt: inMinutes(0) }),
  recordingOf(6, { state: 'not-recording', trouble: 'not-confirmed' }),
]
const jobs: Job[] = [
  jobOf(1, 1, { phase: 'done', said: null }),
  jobOf(7, 7, { phase: 'unknown', because: down }),
  jobOf(8, 8, { phase: 'refused', because: refusal }),
  jobOf(9, 9, { phase: 'needs-person', because: down, why: 'not-confirmed' }),
  jobOf(10, 4, { phase: 'accepted', because: down }, { kind: 'bookmark', possibleDuplicate: true }),
  jobOf(11, 2, { phase: 'sending' }, { kind: 'stop-recording', user: '' }),
  jobOf(12, 3, { phase: 'expired' }),
  jobOf(13, 3, { phase: 'dropped', by: 'operator' }),
  jobOf(14, 404, { phase: 'accepted' }, { kind: 'evidence-lock' }),
]

/** As if it had happened while the page looked: a tile says only what is new of commands. */
function recordingWall(scene: Wall = {}): FakeBridge {
  const bridge = wall({ recordings, jobs, ...scene })
  bridge.answer('startRecording', async () => {
    throw new AppError({ kind: 'signed-out' })
  })
  const listJobs = async () => {
    setTimeout(() => jobs.slice(1, 4).forEach((job) => bridge.announce('jobChanged', job)))
    return jobs
  }
  bridge.answer('listJobs', listJobs)
  return bridge
}

/** Every state the Live screen can be in, by name. */
export const liveScenes: Record<string, () => FakeBridge> = {
  'record-states': () => recordingWall(),
  'record-small': () =>
    recordingWall({ rows: 8, columns: 8, tiles: nine.map(({ id }) => cameraRef(Number(id.slice(-4)))) }),
  'record-cannot': () => wall({ capabilities: mayNotRecord }),
  'log-empty': () => wall({}),
  'live-playing': () => wall({ others: [blocked, second] }),
  'live-states': () => wall({ manner: mixed, tiles: [...mixedTiles, cameraRef(404), null] }),
  'live-small': () => wall({ manner: mixed, rows: 8, columns: 8, tiles: [...mixedTiles, cameraRef(8), cameraRef(9)] }),
  'live-stale': () =>
    wall({ manner: (cameraId) => (Number(cameraId.slice(-4)) === 2 ? 'freezes' : 'plays'), rows: 2, columns: 2 }),
  sound: () => wall({ manner: (id) => (Number(id.slice(-4)) === 3 ? 'mute' : 'plays'), microphones: [1, 2, 3, 4] }),
  'sound-small': () => wall({ rows: 8, columns: 8, microphones: [1, 2] }),
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
      listJobs: async () => [],
      listBrokenExports: async () => [],
      report: async () => {},
    }),
}
