import { randomUUID } from 'node:crypto'
import type { ServerClock } from '../clock.ts'
import type { Site, SiteCamera } from '../site/site.ts'
import type { AlarmChange, SiteAlarm } from './alarm.ts'
import { scheduledAlarms, unhandled } from './schedule.ts'
import { alarmPriorities, alarmStates, settingNamed } from './settings.ts'

/** An alarm somebody raises. */
export interface AlarmWish {
  name: string
  message: string
  camera: SiteCamera | null
  /** In ms since 1970; now where it is not said. */
  atMs?: number | undefined
  /** By name. */
  state?: string | undefined
  priority?: string | undefined
}

/** Older ones are forgotten. [?] how long a server keeps them */
const KEPT_MS = 30 * 24 * 3_600_000

/** All alarms of a site: those of its schedule and those somebody raised, with what was made of each since. */
export class AlarmBook {
  readonly #site: Site
  readonly #seed: string
  readonly #clock: ServerClock
  readonly #raised: SiteAlarm[] = []
  readonly #changes = new Map<string, AlarmChange>()

  constructor(site: Site, seed: string, clock: ServerClock) {
    this.#site = site
    this.#seed = seed
    this.#clock = clock
  }

  /** Between two moments and up to now, in ms since 1970; newest first. */
  list(beginMs = -Infinity, endMs = Infinity): SiteAlarm[] {
    const nowMs = this.#clock.now()
    const [fromMs, toMs] = [Math.max(beginMs, nowMs - KEPT_MS), Math.min(endMs, nowMs + 1)]
    const scheduled = scheduledAlarms(this.#site, this.#seed, [fromMs, toMs], nowMs)
    const raised = this.#raised.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    return [...scheduled, ...raised]
      .map((alarm) => ({ ...alarm, ...this.#changes.get(alarm.id) }))
      .sort((one, other) => other.atMs - one.atMs)
  }

  find(id: string): SiteAlarm | undefined {
    return this.list().find((alarm) => alarm.id === id.toLowerCase())
  }

  raise({ name, message, camera, atMs = this.#clock.now(), state, priority }: AlarmWish): SiteAlarm {
    const alarm: SiteAlarm = {
      ...unhandled,
      id: randomUUID(),
      name,
      message,
      camera,
      atMs,
      stateId: settingNamed(alarmStates, state).id,
      priorityId: settingNamed(alarmPriorities, priority).id,
    }
    this.#raised.push(alarm)
    return alarm
  }

  change(alarm: SiteAlarm, change: AlarmChange): SiteAlarm {
    this.#changes.set(alarm.id, { ...this.#changes.get(alarm.id), ...change })
    return { ...alarm, ...change }
  }
}
