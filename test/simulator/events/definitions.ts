import { SITE_MADE } from '../config/dates.ts'
import type { ConfigObject } from '../config/object.ts'
import { guidOf } from '../site/guid.ts'

/** A kind of event the site knows (xprotect-api.md 4.2, 4.5). Ids of the built-in ones are real. [V PROTO] */
export interface EventType {
  id: string
  name: string
  /** Where it may come from; `External` and `MIPDevice` may be fired by a user. [D] */
  generatorType: 'Device' | 'Hardware' | 'External' | 'MIPDevice' | 'System'
  generatorSubtype: string
  /** Which group of states it belongs to, if it is a state. */
  stateGroup?: StateGroupName
  counterEventId?: string
}

export type StateGroupName = keyof typeof stateGroups

/** Names of the groups are assumed [?]; that events carry a group id is [V]. */
const stateGroups = {
  'Device communication': ['Communication Started', 'Communication Stopped', 'Communication Error'],
  'Hardware communication': ['Hardware Communication Started', 'Hardware Communication Stopped'],
  Motion: ['Motion Started', 'Motion Stopped'],
  Recording: ['Recording Started', 'Recording Stopped'],
  'Live feed': ['Live Client Feed Requested', 'Live Client Feed Terminated'],
  Output: ['Output Activated', 'Output Deactivated'],
} as const

const pair = (
  group: StateGroupName,
  generatorType: EventType['generatorType'],
  [started, startedId]: [string, string],
  [stopped, stoppedId]: [string, string],
): EventType[] => [
  {
    id: startedId,
    name: started,
    generatorType,
    generatorSubtype: 'BuiltIn',
    stateGroup: group,
    counterEventId: stoppedId,
  },
  {
    id: stoppedId,
    name: stopped,
    generatorType,
    generatorSubtype: 'BuiltIn',
    stateGroup: group,
    counterEventId: startedId,
  },
]

const builtIn: EventType[] = [
  ...pair(
    'Motion',
    'Device',
    ['Motion Started', '6eb95dd6-7ccc-4bce-99f8-af0d0b582d77'],
    ['Motion Stopped', '6f55a7a7-d21c-4629-ac18-af1975e395a2'],
  ),
  ...pair(
    'Recording',
    'Device',
    ['Recording Started', '4577f552-765a-438c-bc7d-e5ff1f754bc3'],
    ['Recording Stopped', '79a94f89-92de-4fca-8a43-5561d407423d'],
  ),
  ...pair(
    'Live feed',
    'Device',
    ['Live Client Feed Requested', '66bdd008-b856-44b6-b385-b1f6c3f76f1b'],
    ['Live Client Feed Terminated', 'eeda47ff-4f3d-459e-8143-69896c7c74ad'],
  ),
  ...pair(
    'Device communication',
    'Device',
    ['Communication Started', 'dd3e6464-7dc0-405a-a92f-6150587563e8'],
    ['Communication Stopped', '0ee90664-2924-42a0-a816-4129d0ecabdc'],
  ),
  {
    id: 'a334af1c-4b4b-4957-9e5f-ab8ca07feab6',
    name: 'Communication Error',
    generatorType: 'Device',
    generatorSubtype: 'BuiltIn',
    stateGroup: 'Device communication',
  },
  ...pair(
    'Hardware communication',
    'Hardware',
    ['Hardware Communication Started', '0553c396-5e16-4c22-b3d1-f548e42dfbb4'],
    ['Hardware Communication Stopped', '63ea1f06-5a83-4f39-9fab-49959fde7b66'],
  ),
  {
    id: '6baad64b-c395-4f52-b6a3-dd1b64aa2f0f',
    name: 'Hardware Communication Error',
    generatorType: 'Hardware',
    generatorSubtype: 'BuiltIn',
    stateGroup: 'Hardware communication',
  },
  ...pair(
    'Output',
    'Device',
    ['Output Activated', '7a78f5bb-d8c3-4997-89b7-cae72713b7db'],
    ['Output Deactivated', '35742498-bcc5-4f0a-9800-827c9388d1cd'],
  ),
]

/** User-defined events: three built in that clients leave out [V APPC], and three an administrator made. */
const userDefinedNames: [name: string, id?: string][] = [
  ['RequestPlayAudioMessage', '85867627-b287-4439-9e55-a63701e1715b'],
  ['RequestStartRecording', '77b1e70d-ba8d-4bb8-9ee8-43b09746d82a'],
  ['RequestStopRecording', '7605f8b0-7f5f-4432-b223-0bb2dc3f1f5c'],
  ['Door forced'],
  ['Guard tour started'],
  ['Lock down'],
]

/** The events that start and stop recording of a camera, where a rule of the site listens to them. */
export const recordingEventNames = (camera: string): { start: string; stop: string } => ({
  start: `Start recording: ${camera}`,
  stop: `Stop recording: ${camera}`,
})

/** Those of every site and those its rules need. `ruleCameras` are names of cameras. */
const userDefined = (ruleCameras: readonly string[]): [name: string, id?: string][] => [
  ...userDefinedNames,
  ...ruleCameras.flatMap((camera) => Object.values(recordingEventNames(camera)).map((name): [string] => [name])),
]

const idOf = (seed: string, [name, id]: [string, string?]): string => id ?? guidOf(seed, 'userDefinedEvent', name)

/** Every event type of the site: built in, user-defined, one from analytics and one generic. */
export function eventTypes(seed: string, ruleCameras: readonly string[]): EventType[] {
  return [
    ...builtIn,
    ...userDefined(ruleCameras).map((event): EventType => ({
      id: idOf(seed, event),
      name: event[0],
      generatorType: 'External',
      generatorSubtype: 'UserDefined',
    })),
    {
      id: guidOf(seed, 'eventType', 'Person in zone'),
      name: 'Person in zone',
      generatorType: 'MIPDevice',
      generatorSubtype: 'Analytics',
    },
    {
      id: guidOf(seed, 'eventType', 'Barrier controller'),
      name: 'Barrier controller',
      generatorType: 'External',
      generatorSubtype: 'Generic',
    },
  ]
}

export const stateGroupId = (seed: string, name: StateGroupName): string => guidOf(seed, 'stateGroup', name)

export const isUserDefined = (type: EventType): boolean => type.generatorSubtype === 'UserDefined'

/** `/eventTypes`, fields of xprotect-api.md 4.2. [V CFG] */
export const eventTypeObjects = (seed: string, types: Iterable<EventType>): ConfigObject[] =>
  [...types].map((type) => ({
    type: 'eventTypes',
    id: type.id,
    enabled: true,
    fields: {
      builtIn: type.generatorSubtype === 'BuiltIn',
      counterEventID: type.counterEventId ?? '',
      description: '',
      displayName: type.name,
      generatorGroupId: '00000000-0000-0000-0000-000000000000',
      generatorGroupName: '',
      generatorID: '',
      generatorName: '',
      generatorSubtype: type.generatorSubtype,
      generatorType: type.generatorType,
      id: type.id,
      lastModified: SITE_MADE,
      name: type.name,
      occursGlobally: type.generatorType === 'External',
      sourceArray: [],
      sourceFilterArray: [],
      stateGroupId: type.stateGroup ? stateGroupId(seed, type.stateGroup) : '',
    },
  }))

/** `/userDefinedEvents`. [V APPC] */
export const userDefinedEventObjects = (types: Iterable<EventType>): ConfigObject[] =>
  [...types].filter(isUserDefined).map(({ id, name }) => ({
    type: 'userDefinedEvents',
    id,
    enabled: true,
    fields: {
      createdDate: SITE_MADE,
      displayName: name,
      id,
      lastModified: SITE_MADE,
      name,
      subtype: 'UserDefined',
    },
  }))

/** `/stateGroups`. [V CFG] fields */
export const stateGroupObjects = (seed: string): ConfigObject[] =>
  Object.entries(stateGroups).map(([name, states]) => ({
    type: 'stateGroups',
    id: stateGroupId(seed, name as StateGroupName),
    enabled: true,
    fields: {
      displayName: name,
      id: stateGroupId(seed, name as StateGroupName),
      lastModified: SITE_MADE,
      name,
      states: [...states],
    },
  }))
