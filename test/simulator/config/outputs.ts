import type { Commands } from '../commands.ts'
import type { EventLog } from '../events/event-log.ts'
import { refusal, wide, type Reply } from '../http/reply.ts'
import type { Rights } from '../identity/rights.ts'
import { guidOf } from '../site/guid.ts'
import type { Site } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { Collection, ConfigObject, Task } from './object.ts'
import { administrativeTasks } from './tasks.ts'

export interface SiteOutput {
  id: string
  name: string
  hardwareId: string
}

/** One on each of the first `count` boxes. */
export const outputsOf = (site: Site, seed: string, count: number): SiteOutput[] =>
  site.hardware.slice(0, count).map((hardware, at) => ({
    id: guidOf(seed, 'output', hardware.id),
    name: `Output ${at + 1}`,
    hardwareId: hardware.id,
  }))

interface OutputsDeps {
  outputs: readonly SiteOutput[]
  log: EventLog
  rights: Rights
  commands: Commands
}

/** `/outputs`, `/hardware/{id}/outputs`, with their tasks since 2024 R2. [V CFG]; how rights on them work is [?]. */
export function outputsCollection({ outputs, log, rights, commands }: OutputsDeps) {
  const objects = outputs.map(({ id, name, hardwareId }): ConfigObject => {
    return {
      type: 'outputs',
      id,
      enabled: true,
      parent: { type: 'hardware', id: hardwareId },
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
  const task = (id: string, outputId: string, eventNames: string[]): Task => ({
    id,
    displayName: id,
    run: ({ user }): Reply => {
      if (!rights.mayAnywhere(user, 'ACTIVATE')) {
        return refusal(403, 'Forbidden, you are not authorized to access this object')
      }
      for (const name of eventNames) log.fire(log.typeOf(name)!, `outputs/${outputId}`)
      commands.carriedOut(user, id, `outputs/${outputId}`)
      return wide(200, { result: { state: 'Success' } })
    },
  })
  const tasksOf = ({ id }: ConfigObject): Task[] => [
    // [?] that a trigger is both events, one after the other
    task('Trigger', id, ['Output Activated', 'Output Deactivated']),
    task('Activate', id, ['Output Activated']),
    task('Deactivate', id, ['Output Deactivated']),
    ...administrativeTasks('outputs', rights),
  ]
  const collection: Collection = { type: 'outputs', topLevel: true, all: () => objects, tasks: tasksOf }
  const ofHardware = (id: string): ConfigObject[] => objects.filter(({ parent }) => parent?.id === id)
  return { collection, ofHardware }
}
