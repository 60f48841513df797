import { guidOf } from '../site/guid.ts'
import type { Site } from '../site/site.ts'
import type { SiteAlarm } from './alarm.ts'
import { alarmPriorities, alarmStates, settingNamed } from './settings.ts'

/** At most one alarm of the whole site in such a stretch. */
const SLOT_MS = 15 * 60_000
const CHANCE = 0.4
/** Older ones are closed, as somebody has looked at them. */
const OPEN_MS = 24 * 3_600_000

const kinds: readonly [name: string, message: string, priority: string][] = [
  ['Fence climbed', 'Movement along the fence', 'High'],
  ['Glass broken', 'Sound of breaking glass', 'High'],
  ['Door held open', 'The door has been open for 30 s', 'Medium'],
  ['Camera covered', 'The picture went dark', 'Medium'],
  ['Parked too long', 'A vehicle has not moved for 10 min', 'Low'],
]

/**
 * The alarms of a site between two moments, in ms since 1970, oldest first: nothing but seed and time decides. `nowMs` says
 * which are old enough to be closed.
 */
export function scheduledAlarms(
  { cameras }: Pick<Site, 'cameras'>,
  seed: string,
  [beginMs, endMs]: readonly [number, number],
  nowMs: number,
): SiteAlarm[] {
  const found: SiteAlarm[] = []
  for (let slot = Math.floor(beginMs / SLOT_MS); slot * SLOT_MS < endMs; slot++) {
    const id = guidOf(seed, 'alarm', slot)
    const [whether, when, where, what] = dice(id)
    if (whether > CHANCE) continue
    const atMs = slot * SLOT_MS + Math.floor(when * SLOT_MS)
    if (atMs < beginMs || atMs >= endMs) continue
    const [name, message, priority] = kinds[Math.floor(what * kinds.length)]!
    found.push({
      ...unhandled,
      id,
      name,
      message,
      camera: cameras[Math.floor(where * cameras.length)] ?? null,
      atMs,
      stateId: settingNamed(alarmStates, nowMs - atMs > OPEN_MS ? 'Closed' : 'New').id,
      priorityId: settingNamed(alarmPriorities, priority).id,
    })
  }
  return found
}

/** What nobody has written yet. */
export const unhandled = { comment: '', assignedTo: '', reasonForClosing: '' } as const

/** Throws between 0 and 1 out of the digits of a guid: those that are the same in every guid are not among them. */
function dice(guid: string): [number, number, number, number] {
  const part = (from: number, to: number): number => parseInt(guid.slice(from, to), 16) / 16 ** (to - from)
  return [part(0, 8), part(24, 30), part(30, 36), part(9, 13)]
}
