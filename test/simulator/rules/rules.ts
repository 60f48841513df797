import type { EventLog, SiteEvent } from '../events/event-log.ts'
import { recordingEventNames } from '../events/definitions.ts'
import type { Recordings } from '../recording/recordings.ts'
import { guidOf } from '../site/guid.ts'
import type { Site, SiteCamera } from '../site/site.ts'

/** An event of this type, from this source where one is named. */
interface Trigger {
  typeId: string
  source?: string
}

/** A rule an administrator made: one event starts recording, another stops it (xprotect-api.md 4.3). */
export interface Rule {
  id: string
  name: string
  start: Trigger
  stop: Trigger
  cameraIds: string[]
}

interface RulesWish {
  site: Site
  seed: string
  log: EventLog
  /** Cameras with a user-defined event to start recording and one to stop it. */
  cameras: readonly SiteCamera[]
  /** Outputs that record the cameras of their box while they are active. */
  outputs: readonly { id: string; name: string; hardwareId: string }[]
}

export function makeRules({ site, seed, log, cameras, outputs }: RulesWish): Rule[] {
  const typeId = (name: string): string => log.typeOf(name)!.id
  const ofCameras = cameras.map((camera): Rule => {
    const { start, stop } = recordingEventNames(camera.name)
    return {
      id: guidOf(seed, 'rule', 'camera', camera.id),
      name: `Record ${camera.name} on an event`,
      start: { typeId: typeId(start) },
      stop: { typeId: typeId(stop) },
      cameraIds: [camera.id],
    }
  })
  const ofOutputs = outputs.map(({ id, name, hardwareId }): Rule => ({
    id: guidOf(seed, 'rule', 'output', id),
    name: `Record while ${name} is active`,
    start: { typeId: typeId('Output Activated'), source: `outputs/${id}` },
    stop: { typeId: typeId('Output Deactivated'), source: `outputs/${id}` },
    cameraIds: site.hardware.find((hardware) => hardware.id === hardwareId)?.cameraIds ?? [],
  }))
  return [...ofCameras, ...ofOutputs]
}

/** Carries the rules out. The event server does it when it comes to it: an accepted event is no recording yet. [D] */
export function followRules(rules: readonly Rule[], log: EventLog, recordings: Recordings): void {
  if (rules.length === 0) return
  log.onEvent((event) => setImmediate(() => rules.forEach((rule) => follow(rule, event, recordings))))
}

function follow(rule: Rule, event: SiteEvent, recordings: Recordings): void {
  const key = `rule ${rule.id}`
  for (const cameraId of rule.cameraIds) {
    if (isMeantBy(rule.start, event)) recordings.start(cameraId, { method: 'rule', by: rule.name, key })
    if (isMeantBy(rule.stop, event)) recordings.stop(cameraId, key, rule.name)
  }
}

/** What an event is done to, for the ledger of commands: the rule it starts or stops, else its own type and source. */
export function targetOf(rules: readonly Rule[], event: SiteEvent): string {
  const rule = rules.find(({ start, stop }) => isMeantBy(start, event) || isMeantBy(stop, event))
  return rule ? `rules/${rule.id}` : `${event.source} ${event.type}`
}

const isMeantBy = ({ typeId, source }: Trigger, event: SiteEvent): boolean =>
  event.type === typeId && (source ?? event.source) === event.source
