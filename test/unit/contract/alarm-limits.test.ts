import { expect, it } from 'vitest'
import { alarmPageSize, mostAlarmPages } from '../../../src-preload/contract/alarm-limits.ts'
import { timeline } from '../../../src-renderer/locales/en/timeline.ts'

it('the legend names as many alarms as are looked through', () => {
  expect(timeline.alarms.cut).toContain((alarmPageSize * mostAlarmPages).toLocaleString('en-US'))
})
