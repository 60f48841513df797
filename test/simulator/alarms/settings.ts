import { guidOf } from '../site/guid.ts'

/** A state or a priority an alarm may have. Names and that there is a level are [D]; the ids' form and the fields are [?]. */
export interface AlarmSetting {
  id: string
  name: string
  level: number
}

const settings = (kind: string, named: readonly [name: string, level: number][]): AlarmSetting[] =>
  named.map(([name, level]) => ({ id: guidOf(kind, name), name, level }))

/** Those every site is set up with, whatever its seed. */
export const alarmStates = settings('alarmState', [
  ['New', 1],
  ['In progress', 4],
  ['On hold', 9],
  ['Closed', 11],
])
export const alarmPriorities = settings('alarmPriority', [
  ['High', 1],
  ['Medium', 2],
  ['Low', 3],
])

/** One of a list by its name; the first where there is none of that name. */
export const settingNamed = (among: readonly AlarmSetting[], name?: string): AlarmSetting =>
  among.find((one) => one.name === name) ?? among[0]!
