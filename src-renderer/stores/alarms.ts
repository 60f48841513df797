import { defineStore } from 'pinia'
import { mostAlarmPages } from '../../src-preload/contract/alarm-limits.ts'
import type { Alarm } from '../../src-preload/contract/models/alarm.ts'
import { ask } from '../api/ask.ts'
import { timeShelves } from './time-shelves.ts'

/** The moment of an alarm, epoch milliseconds by the server's clock. */
export const alarmMs = ({ at }: Alarm): number => Date.parse(at)

/** What servers say wanted somebody's attention. */
export const useAlarms = defineStore('alarms', () => ({
  /** What there is of the cameras a timeline shows, and of no camera. */
  inTime: timeShelves<Alarm>({
    async find({ siteId, cameraIds, from, to, after }) {
      const { alarms, next } = await ask('findAlarms', { siteId, cameraIds: cameraIds ?? [], from, to, after })
      return { rows: alarms, next }
    },
    spanOf: (alarm) => ({ beginMs: alarmMs(alarm), endMs: alarmMs(alarm) + 1 }),
    aroundMs: 0,
    mostPages: mostAlarmPages,
  }),
}))
