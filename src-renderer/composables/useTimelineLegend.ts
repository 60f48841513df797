import { computed, type ComputedRef } from 'vue'
import { legendParts, type LegendPart } from '../components/timeline/legend.ts'
import { useLengthText } from './useSpanText.ts'
import { useWords } from './useWords.ts'

/**
 * How it stands with what is asked of the servers: they have said · said so much that not all is drawn · have not said yet ·
 * did not say · none of the cameras' sites has such, or this user may not.
 */
export type MarksSource = 'told' | 'cut' | 'reading' | 'failed' | 'cannot'

/** Of alarms: or the server that has them, which is another than the cameras', is away. */
export type AlarmsSource = MarksSource | 'away'

/** What there is to say of a timeline's source. */
export interface LegendFacts {
  /** Who said what is recorded, of each camera; `null` where nobody has yet. */
  sources: readonly ('recorder' | 'heard' | null)[]
  knowsMotion: boolean
  /** Since when events were heard, as a clock shows it; `null` where none are. */
  eventsSince: string | null
  alarms: AlarmsSource
  bookmarks: MarksSource
  locks: MarksSource
  /** In which steps recordings are drawn; absent or `null`: one by one. */
  stepMs?: number | null
  /** The site did not say its zone. */
  isOwnZone: boolean
}

/** The words of the legend: only of what can be seen, and what cannot be known in whole sentences. */
export function useTimelineLegend(facts: () => LegendFacts): {
  parts: ComputedRef<{ part: LegendPart; text: string }[]>
  says: ComputedRef<string[]>
} {
  const { t } = useWords()
  const lengthText = useLengthText()

  const shown = ({ knowsMotion, eventsSince, alarms, bookmarks, locks }: LegendFacts) =>
    legendParts.filter((part) => {
      if (part === 'motion') return knowsMotion
      if (part === 'bookmark') return bookmarks !== 'cannot'
      if (part === 'lock') return locks !== 'cannot'
      if (part === 'alarm') return alarms !== 'cannot'
      return part !== 'event' || eventsSince !== null
    })
  const who = ({ sources }: LegendFacts): keyof typeof says => {
    if (sources.includes('recorder')) return sources.includes('heard') ? 'both' : 'recorder'
    return sources.includes('heard') ? 'heard' : 'nobody'
  }
  const says = {
    recorder: 'timeline.says.recorder',
    heard: 'timeline.says.heard',
    both: 'timeline.says.both',
    nobody: 'timeline.says.nobody',
  } as const

  const stepsOf = ({ stepMs }: LegendFacts): string[] =>
    stepMs ? [`${t('timeline.steps', { length: lengthText(stepMs) })}.`] : []

  return {
    parts: computed(() => shown(facts()).map((part) => ({ part, text: t(`timeline.parts.${part}`) }))),
    says: computed(() => {
      const { knowsMotion, bookmarks, locks, alarms, eventsSince, isOwnZone } = facts()
      return [
        t(says[who(facts())]),
        ...stepsOf(facts()),
        ...(knowsMotion ? [] : [t('timeline.noMotion')]),
        t(`timeline.bookmarks.${bookmarks}`),
        t(`timeline.locks.${locks}`),
        t(`timeline.alarms.${alarms}`),
        t('timeline.byHand'),
        ...(eventsSince === null ? [] : [t('timeline.eventsSince', { time: eventsSince })]),
        ...(isOwnZone ? [t('timeline.ownZone')] : []),
      ]
    }),
  }
}
