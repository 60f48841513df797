import { computed, type ComputedRef } from 'vue'
import { legendParts, type LegendPart } from '../components/timeline/legend.ts'
import { useLengthText } from './useSpanText.ts'
import { useWords } from './useWords.ts'

/** What there is to say of a timeline's source. */
export interface LegendFacts {
  /** Who said what is recorded, of each camera; `null` where nobody has yet. */
  sources: readonly ('recorder' | 'heard' | null)[]
  knowsMotion: boolean
  hasEvents: boolean
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

  const shown = ({ knowsMotion, hasEvents }: LegendFacts) =>
    legendParts.filter((part) => {
      if (part === 'motion') return knowsMotion
      return hasEvents || (part !== 'alarm' && part !== 'event')
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
    says: computed(() => [
      t(says[who(facts())]),
      ...stepsOf(facts()),
      ...(facts().knowsMotion ? [] : [t('timeline.noMotion')]),
      ...(facts().isOwnZone ? [t('timeline.ownZone')] : []),
    ]),
  }
}
