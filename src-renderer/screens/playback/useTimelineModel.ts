import { computed } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { mergedLane, type Lane, type Mark, type TimelineModel } from '../../components/timeline/model.ts'
import { useCameraNames } from '../../composables/useCameraNames.ts'
import { timeText } from '../../composables/useClock.ts'
import { useSeenRecordings } from '../../composables/useSeenRecordings.ts'
import { useLengthText } from '../../composables/useSpanText.ts'
import { useTimelineLegend } from '../../composables/useTimelineLegend.ts'
import { useWantedSequences } from '../../composables/useWantedSequences.ts'
import { useWords } from '../../composables/useWords.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { useHeard } from '../../stores/heard.ts'
import { useSequences } from '../../stores/sequences.ts'
import type { Span } from '../../time/ranges.ts'
import type { Zone } from '../../time/zone.ts'
import { useTimelineAlarms } from './useTimelineAlarms.ts'
import { useTimelineMarks } from './useTimelineMarks.ts'

interface Played {
  cameras: () => readonly { camera: CameraRef; name: string }[]
  /** What is seen of it. */
  span: () => Span
  /** The server's clock, epoch milliseconds. */
  nowMs: () => number
  zone: () => Zone
}

/** All that the timeline of a playback shows, out of what recorders said, servers keep and this program heard. */
export function useTimelineModel({ cameras, span, nowMs, zone }: Played) {
  const { t } = useWords()
  const sequences = useSequences()
  const heard = useHeard()
  const lengthText = useLengthText()
  const seen = useSeenRecordings(span)
  const wantSequences = useWantedSequences()
  const { nameOf } = useCameraNames()
  const refs = computed(() => cameras().map(({ camera }) => camera))
  const marks = useTimelineMarks(() => refs.value)
  const alarms = useTimelineAlarms(() => refs.value)

  /** What the recorders say is made only when they say more: it may be long. */
  const said = computed<Lane[]>(() =>
    cameras().map(({ camera, name }) => {
      const { known, recordings, motion } = seen.of(camera)
      return { key: cameraKey(camera), name, known, recordings, motion, manual: [] }
    }),
  )
  const lanes = computed<Lane[]>(() =>
    said.value.map((lane, at) => ({ ...lane, manual: heard.byHand(refs.value[at]!, nowMs()) })),
  )
  const events = computed((): Mark[] =>
    heard.of(refs.value).map(({ key, camera, atMs, is }) => {
      const says = t(`timeline.heard.${is}`)
      return { key, atMs, text: camera ? `${says} · ${nameOf(camera)}` : says }
    }),
  )
  const model = computed((): Omit<TimelineModel, 'cursorMs' | 'hoverMs' | 'selection'> => ({
    lanes: lanes.value,
    bookmarks: marks.flags.value,
    locks: marks.bands.value,
    events: events.value,
    alarms: alarms.marks.value,
    nowMs: nowMs(),
  }))

  const sources = computed(() => refs.value.map((camera) => sequences.of(camera).source))
  const { parts, says } = useTimelineLegend(() => ({
    sources: sources.value,
    knowsMotion: said.value.every(({ motion }) => motion !== null),
    eventsSince: timeText(heard.sinceMs),
    alarms: alarms.source.value,
    ...marks.sources.value,
    stepMs: seen.stepMsOf(cameras()),
    isOwnZone: zone().isGuess,
  }))

  /** What it cannot tell as it is drawn. */
  const notes = computed(() => {
    const stepMs = seen.stepMsOf(cameras())
    return [
      ...(sources.value.includes('heard') ? [t('playback.byEar')] : []),
      ...(['away', 'failed'].includes(alarms.source.value) ? [t('timeline.alarmsNotKnown')] : []),
      ...(stepMs === null ? [] : [t('timeline.steps', { length: lengthText(stepMs) })]),
    ]
  })

  function wantAround(around: Span): void {
    marks.want(around)
    alarms.want(around)
    const isInSteps = seen.want(refs.value, around, nowMs())
    wantSequences(isInSteps ? [] : refs.value, around, nowMs())
  }

  return {
    model,
    /** Of all cameras together. */
    all: computed(() => mergedLane(said.value, t('playback.timeline'))),
    notes,
    legend: computed(() => ({ parts: parts.value, says: says.value })),
    /** Asks for what is not known of what is looked at. */
    wantAround,
    /** Another number: what is seen is to be wanted anew. */
    age: marks.age,
  }
}
