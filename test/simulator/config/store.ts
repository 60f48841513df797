import type { ServerClock } from '../clock.ts'
import type { Commands } from '../commands.ts'
import type { SimulatorOptions } from '../options.ts'
import type { RecordingTabs } from '../recording/options.ts'
import { ruleObjects } from '../rules/objects.ts'
import type { Rule } from '../rules/rules.ts'
import type { Faults } from '../control/faults.ts'
import { eventTypeObjects, stateGroupObjects, userDefinedEventObjects } from '../events/definitions.ts'
import { lockProfileObjects, storageInformationObjects } from '../evidence-locks/objects.ts'
import type { EventLog } from '../events/event-log.ts'
import { securityNamespaceObjects } from '../identity/permissions.ts'
import type { Rights } from '../identity/rights.ts'
import type { SiteMicrophone } from '../site/microphones.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import { camerasCollection, storageFinder } from './cameras.ts'
import {
  cameraGroupsCollection,
  hardwareObjects,
  settingsDefinitions,
  settingsObject,
  streamsObject,
} from './devices.ts'
import { clientSettingsObject, microphonesCollection } from './microphones.ts'
import type { Collection, ConfigObject } from './object.ts'
import { outputsCollection, type SiteOutput } from './outputs.ts'
import { ptzHeads, ptzPresetsCollection } from './ptz.ts'
import {
  childSiteObject,
  licenseObject,
  recordingServerObject,
  siteObject,
  storageObject,
  type ChildSite,
} from './servers.ts'
import { administrativeTasks, cameraTasks } from './tasks.ts'

/** Lists that exist on every server and are empty on ours (xprotect-api.md 9.1). [V CFG] */
const emptyLists =
  'accessControlSystems alarmDefinitions analyticsEvents audioMessages basicUsers clientProfiles compressors eventTypeGroups failoverGroups failoverRecorders genericEventDataSources genericEvents gisMapLocations inputEventGroups inputEvents layoutGroups loginProviders lprMatchLists mailNotificationProfiles matrix metadata metadataGroups microphoneGroups mipKinds outputGroups owner registeredServices roles saveSearches servers speakerGroups speakers systemAddresses tasks timeProfiles toolOptions translations videoWalls viewGroups views'
    .split(' ')
    .map((type): Collection => ({ type, topLevel: true, all: () => [] }))

/** Types that only exist under a parent, and of which this site has none. */
const emptyBelow = ['archiveStorages', 'patrollingProfiles', 'layouts', 'motionDetections'].map((type): Collection => ({
  type,
  topLevel: false,
  all: () => [],
}))

/** Everything the configuration service of this site knows, by type. */
export class ConfigStore {
  readonly #collections = new Map<string, Collection>()
  readonly #byId = new Map<string, Map<string, number>>()

  constructor(collections: Collection[]) {
    for (const collection of collections) this.#collections.set(collection.type.toLowerCase(), collection)
  }

  collection(type: string): Collection | undefined {
    return this.#collections.get(type.toLowerCase())
  }

  find(collection: Collection, id: string): ConfigObject | undefined {
    if (collection.one) return collection.one(id.toLowerCase())
    const at = this.#placesIn(collection).get(id.toLowerCase())
    return at === undefined ? undefined : collection.all()[at]
  }

  /** Where each object stands. Which objects there are never changes, so this is made once, when first needed. */
  #placesIn(collection: Collection): Map<string, number> {
    const known = this.#byId.get(collection.type)
    if (known) return known
    const places = new Map(collection.all().map((object, at): [string, number] => [object.id, at]))
    this.#byId.set(collection.type, places)
    return places
  }
}

export interface StoreDeps {
  site: Site
  options: SimulatorOptions
  faults: Faults
  rights: Rights
  log: EventLog
  clock: ServerClock
  commands: Commands
  recordingTabs: RecordingTabs
  microphones: readonly SiteMicrophone[]
  outputs: readonly SiteOutput[]
  rules: readonly Rule[]
  /** What a recorder was told to lock, in bytes. */
  lockedBytes: (recorderId: string) => number
  /** Asked late: a recorder's port is known when it listens. */
  recorderOrigin: (recorderId: string) => string
  /** Of the site above, if there is one. */
  masterOrigin: () => string | undefined
  childSites: readonly ChildSite[]
}

export function configStore(deps: StoreDeps): ConfigStore {
  const { site, options, faults, rights, clock, recorderOrigin, masterOrigin, childSites } = deps
  const { commands, microphones, recordingTabs, rules, log } = deps
  const { profile, edition, seed, jpegGetLive } = options
  const places = new Map(site.cameras.map((camera, at) => [camera.id, at]))
  const cameraAt = (id: string) => site.cameras[places.get(id)!]!
  const ofCamera = (id: string, make: (camera: SiteCamera) => ConfigObject) =>
    places.has(id) ? make(cameraAt(id)) : undefined
  const none = (): ConfigObject[] => []
  const heads = ptzHeads(site)
  const head = ({ id }: SiteCamera) => heads.get(id)
  const presets = ptzPresetsCollection(site, heads, seed, rights)
  const outputs = outputsCollection({ outputs: deps.outputs, log, rights, commands })
  const sounds = microphonesCollection({ microphones, storageOf: storageFinder(site) })

  const cameras = camerasCollection({
    site,
    faults,
    recordingTabs,
    tasks: (camera) => cameraTasks({ jpegGetLive, rights, clock, head }, camera),
    children: {
      streams: (id) => [streamsObject(cameraAt(id))],
      settings: (id) => [settingsObject(cameraAt(id))],
      clientSettings: (id) => [clientSettingsObject(microphones, cameraAt(id))],
      ptzPresets: presets.ofCamera,
      patrollingProfiles: none,
      motionDetections: none,
    },
  })
  const camerasById = (ids: string[]): ConfigObject[] => {
    const all = cameras.all()
    return ids.map((id) => all[places.get(id)!]!)
  }
  const hardware = hardwareObjects(site)
  const storages = site.recorders.map(storageObject)
  const camerasOfHardware = new Map(site.hardware.map(({ id, cameraIds }) => [id, cameraIds]))
  const list = (type: string, objects: ConfigObject[]): Collection => ({ type, topLevel: true, all: () => objects })

  return new ConfigStore([
    ...emptyLists,
    ...emptyBelow,
    cameras,
    cameraGroupsCollection(site, camerasById),
    presets.collection,
    outputs.collection,
    sounds.collection,
    { type: 'sites', topLevel: true, all: () => [siteObject(site, profile, masterOrigin())] },
    list(
      'childSites',
      childSites.map((child) => childSiteObject(child, profile)),
    ),
    list('securityNamespaces', securityNamespaceObjects()),
    list('licenseInformations', [licenseObject(site, profile, edition)]),
    list('userDefinedEvents', userDefinedEventObjects(log.types.values())),
    list('eventTypes', eventTypeObjects(seed, log.types.values())),
    list('rules', ruleObjects(rules)),
    list('evidenceLockProfiles', edition === 'corporate' ? lockProfileObjects(seed) : []),
    { type: 'storageInformation', topLevel: false, all: () => storageInformationObjects(site, deps.lockedBytes) },
    list('stateGroups', stateGroupObjects(seed)),
    {
      type: 'recordingServers',
      topLevel: true,
      all: () =>
        site.recorders.map((recorder) =>
          recordingServerObject(site, profile, recorder, new URL(recorderOrigin(recorder.id))),
        ),
      children: {
        hardware: (id) => hardware.filter(({ parent }) => parent?.id === id),
        storages: (id) => storages.filter(({ parent }) => parent?.id === id),
      },
    },
    {
      type: 'hardware',
      topLevel: true,
      all: () => hardware,
      children: {
        cameras: (id) => camerasById(camerasOfHardware.get(id) ?? []),
        microphones: sounds.ofHardware,
        speakers: none,
        metadata: none,
        outputs: outputs.ofHardware,
        inputEvents: none,
      },
      tasks: () => administrativeTasks('hardware', rights),
    },
    { type: 'storages', topLevel: false, all: () => storages, children: { archiveStorages: none } },
    {
      type: 'streams',
      topLevel: false,
      all: none,
      one: (id) => ofCamera(id, streamsObject),
      tasks: () => administrativeTasks('streams', rights),
    },
    {
      type: 'settings',
      topLevel: false,
      all: none,
      one: (id) => ofCamera(id, settingsObject),
      definitions: settingsDefinitions,
    },
    {
      type: 'clientSettings',
      topLevel: false,
      all: none,
      one: (id) => ofCamera(id, (camera) => clientSettingsObject(microphones, camera)),
    },
  ])
}
