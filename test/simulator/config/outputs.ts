import type { EventLog } from '../events/event-log.ts'
import { wide, type Reply } from '../http/reply.ts'
import type { Rights } from '../identity/rights.ts'
import { guidOf } from '../site/guid.ts'
import type { Site } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject, Task } from './object.ts'
import { administrativeTasks } from './tasks.ts'

interface OutputsDeps {
  site: Site
  seed: string
  /** How many the site has: one on each box, from the first on. */
  outputs: number
  log: EventLog
  rights: Rights
}

/** `/outputs`, `/hardware/{id}/outputs`, with their tasks since 2024 R2. [V CFG]; who may use them is not played. [?] */
export function outputsCollection({ site, seed, outputs, log, rights }: OutputsDeps) {
  const objects = site.hardware.slice(0, outputs).map((hardware, at): ConfigObject => {
    const id = guidOf(seed, 'output', hardware.id)
    const name = `Output ${at + 1}`
    return {
      type: 'outputs',
      id,
      enabled: true,
      parent: { type: 'hardware', id: hardware.id },
      fields: {
        displayName: name,
        enabled: true,
        id,
        name,
        channel: 0,
        description: '',
        createdDate: SITE_MADE,
        lastModified: SITE_MADE,
        gisPoint: 'POINT EMPTY',
        shortName: '',
        icon: 0,
      },
    }
  })
  const fire = (name: string, id: string): Reply => {
    log.fire(log.typeOf(name)!, `outputs/${id}`)
    return wide(200, { result: { state: 'Success' } })
  }
  const tasksOf = ({ id }: ConfigObject): Task[] => [
    // [?] that a trigger is both events, one after the other
    {
      id: 'Trigger',
      displayName: 'Trigger',
      run: () => {
        fire('Output Activated', id)
        return fire('Output Deactivated', id)
      },
    },
    { id: 'Activate', displayName: 'Activate', run: () => fire('Output Activated', id) },
    { id: 'Deactivate', displayName: 'Deactivate', run: () => fire('Output Deactivated', id) },
    ...administrativeTasks('outputs', rights),
  ]
  const collection: Collection = { type: 'outputs', topLevel: true, all: () => objects, tasks: tasksOf }
  const ofHardware = (id: string): ConfigObject[] => objects.filter(({ parent }) => parent?.id === id)
  return { collection, ofHardware }
}
