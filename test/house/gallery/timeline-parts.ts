import { defineComponent, h, ref, shallowRef, type Component } from 'vue'
import DayStrip from '../../../src-renderer/components/timeline/DayStrip.vue'
import type { Hover } from '../../../src-renderer/components/timeline/hover.ts'
import { mergedLane, type TimelineModel } from '../../../src-renderer/components/timeline/model.ts'
import RecordingCalendar from '../../../src-renderer/components/timeline/RecordingCalendar.vue'
import Timeline from '../../../src-renderer/components/timeline/Timeline.vue'
import TimelineLegend from '../../../src-renderer/components/timeline/TimelineLegend.vue'
import { useTimelineLegend, type LegendFacts } from '../../../src-renderer/composables/useTimelineLegend.ts'
import { useWords } from '../../../src-renderer/composables/useWords.ts'
import TimelinePicture from '../../../src-renderer/screens/playback/TimelinePicture.vue'
import { centred } from '../../../src-renderer/time/scale.ts'
import type { Span } from '../../../src-renderer/time/ranges.ts'
import * as day from './timeline-day.ts'
import { pictureCameras, pictureLanes } from './timeline-pictures.ts'

type Model = Omit<TimelineModel, 'cursorMs' | 'hoverMs' | 'selection'>

const whole: Model = {
  lanes: day.dayLanes,
  bookmarks: day.bookmarks,
  locks: day.locks,
  events: day.events,
  alarms: day.alarms,
  nowMs: day.nowMs,
}
const byRecorder: LegendFacts = {
  sources: ['recorder'],
  knowsMotion: true,
  eventsSince: '13:40:12',
  alarms: 'told',
  bookmarks: 'told',
  locks: 'told',
  isOwnZone: false,
}

interface PartWish {
  model: () => Model
  playedMs?: number
  minutes?: number
  zone?: string
  facts?: LegendFacts
  selection?: Span
  hasCalendar?: boolean
  hasPictures?: boolean
}

/** A timeline as a screen would hold it: under a wall, with its day above and its legend below. */
const part = ({
  model: make,
  playedMs = day.playedMs,
  minutes = 14,
  zone = 'America/Halifax',
  facts = byRecorder,
  selection,
  hasCalendar,
  hasPictures,
}: PartWish) =>
  defineComponent(() => {
    const { t } = useWords()
    const { parts, says } = useTimelineLegend(() => facts)
    const model = make()
    const cursorMs = ref(playedMs)
    const span = shallowRef(centred({ beginMs: 0, endMs: minutes * day.MINUTE_MS }, cursorMs.value))
    const marked = shallowRef<Span | null>(selection ?? null)
    const merged = mergedLane(model.lanes, t('timeline.label'))
    const seek = (atMs: number) => (cursorMs.value = atMs)
    const calendar = () =>
      h(RecordingCalendar, {
        atMs: cursorMs.value,
        nowMs: model.nowMs,
        known: merged.known,
        recordings: merged.recordings,
        zone,
        words: {
          previous: t('timeline.calendar.previous'),
          next: t('timeline.calendar.next'),
          day: (name: string, is: 'recorded' | 'empty' | 'notKnown') => t(`timeline.calendar.${is}`, { day: name }),
        },
        onChoose: ({ beginMs }: Span) => (span.value = centred(span.value, beginMs)),
      })

    return () =>
      h(
        'main',
        { class: 'window', style: 'height: 100%; display: grid; grid-template-rows: minmax(0, 1fr) auto 190px auto' },
        [
          h('h1', { class: 'unseen' }, 'Timeline'),
          h('div', { style: 'padding: 12px; display: grid; align-content: end; background: var(--grid-gap)' }, [
            hasCalendar ? calendar() : null,
          ]),
          h(DayStrip, {
            seen: span.value,
            cursorMs: cursorMs.value,
            recordings: merged.recordings,
            zone,
            label: t('timeline.day'),
            onCentre: (atMs: number) => (span.value = centred(span.value, atMs)),
          }),
          h(
            Timeline,
            {
              model,
              cursorMs: cursorMs.value,
              zone,
              label: t('timeline.label'),
              span: span.value,
              'onUpdate:span': (to: Span) => (span.value = to),
              selection: marked.value,
              'onUpdate:selection': (to: Span | null) => (marked.value = to),
              onSeek: seek,
              onScrub: seek,
            },
            {
              'events-name': () => t('timeline.events'),
              ...(hasPictures && {
                over: ({ hover }: { hover: Hover }) =>
                  h(TimelinePicture, { hover, cameras: pictureCameras, nowMs: model.nowMs, zone }),
              }),
            },
          ),
          h(TimelineLegend, { parts: parts.value, says: says.value }),
        ],
      )
  })

const minutes = (from: number, to: number): Span => ({
  beginMs: day.playedMs + from * day.MINUTE_MS,
  endMs: day.playedMs + to * day.MINUTE_MS,
})

/** Parts of the page that no screen holds in all their states. */
export const timelineParts: Record<string, Component> = {
  timeline: part({ model: () => whole, selection: minutes(-1.3, 0.3) }),
  'timeline-picture': part({ model: () => ({ ...whole, lanes: pictureLanes }), hasPictures: true }),
  'timeline-merged': part({ model: () => ({ ...whole, lanes: [mergedLane(day.dayLanes, 'All cameras')] }) }),
  'timeline-heard': part({
    model: () => ({ ...whole, lanes: day.heardLanes, events: null, alarms: null, locks: [] }),
    facts: {
      ...byRecorder,
      sources: ['heard'],
      knowsMotion: false,
      eventsSince: null,
      alarms: 'cannot',
      locks: 'cannot',
      isOwnZone: true,
    },
  }),
  'timeline-sixteen': part({
    model: () => ({
      ...whole,
      lanes: Array.from({ length: 16 }, (_, at) => ({
        ...day.dayLanes[at % 4]!,
        key: String(at),
        name: `Camera ${at + 1}`,
      })),
    }),
    minutes: 90,
  }),
  'timeline-doubled-hour': part({
    model: () => ({
      ...whole,
      lanes: [],
      nowMs: Date.parse('2026-10-25T02:40:00Z'),
    }),
    playedMs: Date.parse('2026-10-25T01:12:30Z'),
    minutes: 360,
    zone: 'Europe/Berlin',
  }),
  'timeline-calendar': part({ model: () => whole, minutes: 1_440, hasCalendar: true }),
  'timeline-crowded': part({
    model: () => ({ ...whole, lanes: day.crowdedLanes(), bookmarks: day.crowdedBookmarks() }),
    minutes: 366 * 1_440,
    facts: { ...byRecorder, knowsMotion: false, stepMs: 360 * day.MINUTE_MS },
  }),
}
