// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import DayStrip from '../../../src-renderer/components/timeline/DayStrip.vue'
import type { Lane } from '../../../src-renderer/components/timeline/model.ts'
import RecordingCalendar from '../../../src-renderer/components/timeline/RecordingCalendar.vue'
import Timeline from '../../../src-renderer/components/timeline/Timeline.vue'
import { useTimelineLegend, type LegendFacts } from '../../../src-renderer/composables/useTimelineLegend.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'
import type { Span } from '../../../src-renderer/time/ranges.ts'

const MINUTE_MS = 60_000
const cursorMs = Date.parse('2026-11-23T13:02:30Z')
const lane: Lane = { key: 'gate', name: 'Main gate', known: [], recordings: [], motion: null, manual: [] }
const model = {
  lanes: [lane],
  bookmarks: [],
  locks: [],
  events: null,
  alarms: null,
  nowMs: cursorMs + 10 * MINUTE_MS,
}

function show() {
  const shown = mount(Timeline, {
    props: {
      model,
      cursorMs,
      zone: 'Europe/Berlin',
      label: 'Timeline',
      span: { beginMs: cursorMs - 5 * MINUTE_MS, endMs: cursorMs + 5 * MINUTE_MS },
      selection: null,
      'onUpdate:span': (span: Span) => void shown.setProps({ span }),
      'onUpdate:selection': (selection: Span | null) => void shown.setProps({ selection }),
    },
  })
  const slider = shown.get('[role=slider]')
  const press = async (key: string, more = {}) => {
    await slider.trigger('keydown', { key, ...more })
    await nextTick()
  }
  /** Minutes from the cursor. */
  const minutes = (span: Span | null) =>
    span && [span.beginMs, span.endMs].map((ms) => Math.round(((ms - cursorMs) / MINUTE_MS) * 100) / 100)
  return {
    shown,
    slider,
    press,
    seen: () => minutes(shown.props('span') as Span),
    marked: () => minutes(shown.props('selection') as Span | null),
  }
}

describe('the timeline', () => {
  it('tells what it is and which moment is played, in the time of the site', () => {
    const { shown, slider } = show()
    expect([slider.attributes('aria-label'), slider.attributes('aria-valuetext'), shown.text()]).toEqual([
      'Timeline',
      'Mon 23 Nov 2026 14:02:30',
      'Main gate',
    ])
  })

  it('zooms about the cursor, turns pages and goes to now and back by key', async () => {
    const { press, seen } = show()
    await press('+')
    expect(seen()).toEqual([-3.33, 3.33])
    await press('-')
    await press('PageDown')
    expect(seen()).toEqual([4, 14])
    await press('End')
    expect(seen()).toEqual([5, 15])
    await press('C')
    expect(seen()).toEqual([-5, 5])
  })

  it('marks begin and end at the cursor by key, and takes the mark away', async () => {
    const { shown, press, marked } = show()
    await press('i')
    expect(marked()).toEqual([0, 0.5])
    await shown.setProps({ cursorMs: cursorMs + 3 * MINUTE_MS })
    await press(']')
    expect(marked()).toEqual([0, 3])
    await press('Escape')
    expect(marked()).toBeNull()
  })

  it('leaves to others the keys that are not its own', async () => {
    const { shown, press, seen } = show()
    const before = seen()
    await press('ArrowLeft')
    await press('i', { ctrlKey: true })
    expect([seen(), shown.emitted('update:selection')]).toEqual([before, undefined])
  })

  it('turns the page when the cursor runs out of sight, and only then', async () => {
    const { shown, seen } = show()
    const play = (minutes: number) => shown.setProps({ cursorMs: cursorMs + minutes * MINUTE_MS })
    await play(4)
    expect(seen()).toEqual([-5, 5])
    await play(5)
    expect(seen()).toEqual([4, 14])
    await shown.setProps({ span: { beginMs: cursorMs - 50 * MINUTE_MS, endMs: cursorMs - 40 * MINUTE_MS } })
    await play(6)
    expect(seen()).toEqual([-50, -40])
  })
})

describe('a hand on the timeline', () => {
  it('has the cursor with it at once, and gives it back when that has moved by itself', async () => {
    const { shown, slider, seen } = show()
    const says = () => slider.attributes('aria-valuetext')
    const canvas = shown.get('canvas')
    // Without a layout all of it is one pixel wide, and the cursor under the pointer.
    Object.assign(canvas.element, { setPointerCapture: () => undefined })
    await canvas.trigger('pointerdown', { button: 0, clientX: 0 })
    await canvas.trigger('pointermove', { clientX: 1 })
    const scrubbed = [says(), shown.emitted('scrub')]
    await shown.setProps({ cursorMs: cursorMs + MINUTE_MS })
    const held = says()
    await canvas.trigger('pointerup', { clientX: 0 })
    const letGo = [says(), shown.emitted('seek')]
    await shown.setProps({ cursorMs: cursorMs + 2 * MINUTE_MS })
    expect([scrubbed, held, letGo, says(), seen()]).toEqual([
      ['Mon 23 Nov 2026 14:07:30', [[cursorMs + 5 * MINUTE_MS]]],
      'Mon 23 Nov 2026 14:07:30',
      ['Mon 23 Nov 2026 13:57:30', [[cursorMs - 5 * MINUTE_MS]]],
      'Mon 23 Nov 2026 14:04:30',
      [-5, 5],
    ])
  })

  it('leaves the cursor where it is played when it is taken away', async () => {
    const { shown, slider } = show()
    const canvas = shown.get('canvas')
    Object.assign(canvas.element, { setPointerCapture: () => undefined })
    await canvas.trigger('pointerdown', { button: 0, clientX: 0 })
    await canvas.trigger('pointermove', { clientX: 1 })
    await canvas.trigger('pointercancel')
    expect(slider.attributes('aria-valuetext')).toBe('Mon 23 Nov 2026 14:02:30')
  })
})

describe('what stands over the timeline', () => {
  const over = (slots: object) =>
    mount(Timeline, {
      props: {
        model: { ...model, lanes: [lane, { ...lane, key: 'yard', name: 'Yard' }] },
        cursorMs,
        zone: 'Europe/Berlin',
        label: 'Timeline',
        span: { beginMs: cursorMs, endMs: cursorMs + 10 * MINUTE_MS },
      },
      slots,
    })
  const said = '<template #over="{ hover }">{{ hover.lane }} {{ hover.msPerPx > 0 }}</template>'

  it('is told the lane under the pointer, and is gone with it', async () => {
    const shown = over({ over: said })
    expect(shown.find('.over').exists()).toBe(false)
    await shown.get('canvas').trigger('pointermove', { offsetY: 200 })
    expect(shown.get('.over').text()).toBe('yard true')
    await shown.get('canvas').trigger('pointermove', { offsetY: 0 })
    expect(shown.get('.over').text()).toBe('gate true')
    await shown.get('canvas').trigger('pointerleave')
    expect(shown.find('.over').exists()).toBe(false)
  })

  it('is nothing where nobody wants to stand there', async () => {
    const shown = over({})
    await shown.get('canvas').trigger('pointermove', { offsetY: 0 })
    expect(shown.find('.over').exists()).toBe(false)
  })
})

describe('the day strip', () => {
  it('draws what is recorded in the day and where the timeline is', () => {
    const noonMs = Date.parse('2026-11-23T11:00:00Z') // in Berlin
    const shown = mount(DayStrip, {
      props: {
        seen: { beginMs: noonMs - 60 * MINUTE_MS, endMs: noonMs + 60 * MINUTE_MS },
        cursorMs: noonMs,
        recordings: [{ beginMs: noonMs, endMs: noonMs + 360 * MINUTE_MS }],
        zone: 'Europe/Berlin',
        label: 'The day',
      },
    })
    const box = (part: string) => ['x', 'width'].map((name) => Number(shown.get(part).attributes(name)).toFixed(1))
    expect([box('.band'), box('.frame')]).toEqual([
      ['500.0', '250.0'],
      ['458.3', '83.3'],
    ])
  })
})

describe('the calendar', () => {
  const day = (date: string): Span => {
    const beginMs = Date.parse(`${date}T00:00:00Z`)
    return { beginMs, endMs: beginMs + 1_440 * MINUTE_MS }
  }
  const showCalendar = () =>
    mount(RecordingCalendar, {
      props: {
        atMs: Date.parse('2026-11-23T13:00:00Z'),
        nowMs: Date.parse('2026-11-24T13:00:00Z'),
        known: [{ beginMs: day('2026-11-20').beginMs, endMs: Date.parse('2026-11-24T13:00:00Z') }],
        recordings: [day('2026-11-21')],
        zone: 'UTC',
        words: { previous: 'Previous', next: 'Next', day: (name: string, is: string) => `${name}, ${is}` },
      },
    })

  it('tells days with recordings from days without and days nobody knows of; the future cannot be chosen', async () => {
    const calendar = showCalendar()
    const words = (dayOfMonth: number) => calendar.findAll('.day')[dayOfMonth - 1]!.attributes('aria-label')
    expect([19, 20, 21, 24].map(words)).toEqual([
      '19 November 2026, notKnown',
      '20 November 2026, empty',
      '21 November 2026, recorded',
      '24 November 2026, empty',
    ])
    expect(
      calendar
        .findAll('.day')
        .map((one) => one.attributes('disabled') !== undefined)
        .indexOf(true),
    ).toBe(24)
    await calendar.findAll('.day')[20]!.trigger('click')
    expect(calendar.emitted('choose')![0]).toMatchObject([{ date: '2026-11-21', ...day('2026-11-21') }])
  })

  it('turns to other months, says which days are looked at, and goes no further than now', async () => {
    const calendar = showCalendar()
    const [previous, next] = calendar.findAll('.turn')
    expect(next!.attributes('disabled')).toBeDefined()
    await previous!.trigger('click')
    expect([calendar.get('.month').text(), next!.attributes('disabled')]).toEqual(['October 2026', undefined])
    const looked = calendar.emitted('look')!.map(([days]) => (days as { date: string }[]).length)
    expect(looked).toEqual([30, 31])
  })
})

describe('the legend', () => {
  const say = (facts: LegendFacts) => {
    let legend: ReturnType<typeof useTimelineLegend> | undefined
    const setup = () => ((legend = useTimelineLegend(() => facts)), () => null)
    mount({ setup }, { global: { plugins: [createWords()] } })
    return { says: legend!.says.value.join(' '), parts: legend!.parts.value.map(({ part }) => part) }
  }
  const facts: LegendFacts = {
    sources: ['recorder'],
    knowsMotion: true,
    eventsSince: '14:00:00',
    alarms: 'told',
    bookmarks: 'told',
    locks: 'told',
    isOwnZone: false,
  }

  it('says who says so, and what they cannot say', () => {
    expect(say(facts).says).toContain('As the recording servers say.')
    expect(say({ ...facts, sources: ['heard', null] }).says).toContain('Only what this client has seen')
    expect(say({ ...facts, sources: ['recorder', 'heard'] }).says).toContain('Of some cameras only')
    expect(say({ ...facts, sources: [null] }).says).toContain('Nobody says yet')
    const blind = say({ ...facts, knowsMotion: false, eventsSince: null, alarms: 'cannot', isOwnZone: true })
    expect(blind.says).toContain('motion')
    expect(say({ ...facts, stepMs: 600_000 }).says).toContain('As the recording servers say. Shown in steps of 10 min.')
    expect(blind.says).toContain('time zone')
    expect(blind.parts).not.toContain('alarm')
    const poor = say({ ...facts, bookmarks: 'failed', locks: 'cannot' })
    expect(poor.says).toContain('Which bookmarks there are the server does not say')
    expect([poor.parts.includes('bookmark'), poor.parts.includes('lock')]).toEqual([true, false])
  })
})
