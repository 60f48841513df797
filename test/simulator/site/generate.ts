import { guidOf } from './guid.ts'
import { HEADQUARTERS, placeOf } from './places.ts'
import type {
  CameraPurpose,
  Site,
  SiteCamera,
  SiteGroup,
  SiteHardware,
  SiteOptions,
  SiteRecorder,
  SiteStream,
} from './site.ts'

/** Every so many cameras behind the named nine sends H.265 on its main stream and H.264 on the other. */
const H265_MAIN_EVERY = 7
const models = ['AXIS P3265-LVE', 'Hanwha PNM-9084QZ', 'Bosch FLEXIDOME 5100i', 'Tapo C225']

/** Builds the same site for the same options, whatever the machine. */
export function generateSite(options: SiteOptions): Site {
  const computerName = options.name === undefined ? 'XPROTECT-SIM' : computerNameOf(options.name)
  const recorders = recordersOf(options, computerName)
  const site: Site = {
    id: guidOf(options.seed, 'site'),
    name: options.name ?? HEADQUARTERS,
    computerName,
    recordingServerId: recorders[0]!.id,
    storageId: recorders[0]!.storageId,
    recorders,
    cameras: [],
    hardware: [],
    groups: [],
  }
  const groups = new Map<string, SiteGroup>()
  const groupAt = (path: string[]): SiteGroup => {
    const key = path.join('/')
    const known = groups.get(key)
    if (known) return known
    const parent = path.length > 1 ? groupAt(path.slice(0, -1)) : undefined
    const group: SiteGroup = {
      id: guidOf(options.seed, 'group', key),
      name: path.at(-1)!,
      ...(parent && { parentId: parent.id }),
      groupIds: [],
      cameraIds: [],
    }
    parent?.groupIds.push(group.id)
    groups.set(key, group)
    site.groups.push(group)
    return group
  }
  const add = (camera: Omit<SiteCamera, 'id' | 'hardwareId' | 'channel' | 'streams'>, path: string[]): void => {
    const name = options.name === undefined ? camera.name : `${camera.name}, ${options.name}`
    const whole = { ...camera, name, ...seatOf(site, options.seed, camera.number), ...idsOf(options.seed, camera) }
    site.cameras.push(whole)
    site.hardware.at(-1)!.cameraIds.push(whole.id)
    groupAt(path).cameraIds.push(whole.id)
  }

  for (let number = 1; number <= options.cameras; number++) {
    const { groups: usual, ...place } = placeOf(number)
    const path = usual.map((group) => (group === HEADQUARTERS ? site.name : group))
    add({ number, ...place, purpose: 'plain' }, path)
  }
  if (options.special) for (const camera of specialCameras(options.cameras)) add(camera, ['Special'])
  return site
}

/** As Windows wants it: 15 characters, capitals, digits and hyphens. */
const computerNameOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 15)
    .toUpperCase() || 'XPROTECT-SIM'

/** The first is on the management server's host and has its name. */
const recordersOf = ({ seed, recorders }: SiteOptions, computerName: string): SiteRecorder[] =>
  Array.from({ length: recorders }, (_, at) => ({
    id: at === 0 ? guidOf(seed, 'recordingServer') : guidOf(seed, 'recordingServer', at + 1),
    storageId: at === 0 ? guidOf(seed, 'storage') : guidOf(seed, 'storage', at + 1),
    name: at === 0 ? computerName : `${computerName}-REC${at + 1}`,
  }))

const specialCameras = (after: number) =>
  [
    { number: after + 1, name: 'Rooftop H.265', scene: 'street', variant: 2, purpose: 'h265-only' },
    { number: after + 2, name: 'Canteen (masked)', scene: 'lobby', variant: 2, purpose: 'masked' },
    { number: after + 3, name: 'Store room (taken down)', scene: 'loading-dock', variant: 2, purpose: 'disabled' },
  ] as const

/** The box the camera sits in: boxes of 1, 2, 3 and 4 channels in turn, a new one where the last is full. */
function seatOf(site: Site, seed: string, number: number): Pick<SiteCamera, 'hardwareId' | 'channel'> {
  const last = site.hardware.at(-1)
  const channelsOfLast = ((site.hardware.length - 1) % 4) + 1
  if (last && last.cameraIds.length < channelsOfLast) return { hardwareId: last.id, channel: last.cameraIds.length }
  const count = site.hardware.length + 1
  const model = models[count % models.length]!
  const hardware: SiteHardware = {
    id: guidOf(seed, 'hardware', number),
    recorderId: site.recorders[site.hardware.length % site.recorders.length]!.id,
    name: `${model} (10.20.${Math.floor(count / 250)}.${(count % 250) + 1})`,
    address: `http://10.20.${Math.floor(count / 250)}.${(count % 250) + 1}/`,
    model,
    cameraIds: [],
  }
  site.hardware.push(hardware)
  return { hardwareId: hardware.id, channel: 0 }
}

function idsOf(seed: string, camera: { number: number; purpose: CameraPurpose }): Pick<SiteCamera, 'id' | 'streams'> {
  const { number, purpose } = camera
  // The special ones keep their ids whatever the size of the site: they are counted by purpose.
  const key = purpose === 'plain' ? String(number) : purpose
  const h265Only = purpose === 'h265-only'
  const h265Main = h265Only || (purpose === 'plain' && number > 9 && number % H265_MAIN_EVERY === 0)
  const stream = (name: SiteStream['name'], rest: Omit<SiteStream, 'id' | 'name' | 'framesPerSecond'>): SiteStream => ({
    id: guidOf(seed, 'stream', key, name),
    name,
    ...rest,
    framesPerSecond: 15,
  })
  return {
    id: guidOf(seed, 'camera', key),
    streams: [
      stream('Main', { liveDefault: true, codec: h265Main ? 'H265' : 'H264', widthPx: 1280, heightPx: 720 }),
      stream('Sub', { liveDefault: false, codec: h265Only ? 'H265' : 'H264', widthPx: 640, heightPx: 360 }),
    ],
  }
}
