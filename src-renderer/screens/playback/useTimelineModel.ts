import { computed } from 'vue'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { mergedLane, type Lane, type Mark, type TimelineModel } from '../../components/timeline/model.ts'
import { useCameraNames } from '../../composables/useCameraNames.ts'
import { timeText } from '../../composables/useClock.ts'
import { useTimelineLegend } from '../../composables/useTimelineLegend.ts'
import { useWords } from '../../composables/useWords.ts'
import { cameraKey } from '../../stores/camera-list.ts'
import { useHeard } from '../../stores/heard.ts'
import { useSequences } from '../../stores/sequences.ts'
import type { Zone } from '../../time/zone.ts'
import { useTimelineMarks } from './useTimelineMarks.ts'

interface Played {
  cameras: () => readonly { camera: CameraRef; name: string }[]
  /** The server's clock, and the moment that is played; epoch milliseconds. */
  nowMs: () => number
  cursorMs: () => number
  zone: () => Zone
}

/** All that the timeline of a playback shows, out of what recorders said, servers keep and this program heard. */
export function useTimelineModel({ cameras, nowMs, cursorMs, zone }: Played) {
  const { t } = useWords()
  const sequences = useSequences()
  const heard = useHeard()
  const { nameOf } = useCameraNames()
  const refs = computed(() => cameras().map(({ camera }) => camera))
  const marks = useTimelineMarks(() => refs.value)

  /** What the recorders say is made only when they say more: it may be long. */
  const said = computed<Lane[]>(() =>
    cameras().map(({ camera, name }) => {
      const { known, recordings, motion } = sequences.of(camera)
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
  const model = computed((): Omit<TimelineModel, 'hoverMs' | 'selection'> => ({
    lanes: lanes.value,
    bookmarks: marks.flags.value,
    locks: marks.bands.value,
    events: events.value,
    alarms: null,
    nowMs: nowMs(),
    cursorMs: cursorMs(),
  }))

  const sources = computed(() => refs.value.map((camera) => sequences.of(camera).source))
  const { parts, says } = useTimelineLegend(() => ({
    sources: sources.value,
    knowsMotion: said.value.every(({ motion }) => motion !== null),
    eventsSince: timeText(heard.sinceMs),
    hasAlarms: false,
    ...marks.sources.value,
    isOwnZone: zone().isGuess,
  }))

  return {
    model,
    /** Of all cameras together. */
    all: computed(() => mergedLane(said.value, t('playback.timeline'))),
    /** Somebody besides the recorder says it, of one camera at least: what is not drawn may be recorded all the same. */
    isByEar: computed(() => sources.value.includes('heard')),
    legend: computed(() => ({ parts: parts.value, says: says.value })),
    wantMarks: marks.want,
    /** Another number: what is seen is to be wanted anew. */
    age: marks.age,
  }
}
