import { computed, reactive, ref } from 'vue'
import { useWords } from './useWords.ts'

/** How far back is looked, or a span of one's own. */
export type PeriodName = 'hour' | 'day' | 'week' | 'month' | 'year' | 'own'

const HOUR_MS = 3_600_000
const backMs: Record<Exclude<PeriodName, 'own'>, number> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
  year: 365 * 24 * HOUR_MS,
}

/** Which time is looked through, by the clock that is given. */
export function usePeriod(first: Exclude<PeriodName, 'own'>, nowMs: () => number) {
  const { t } = useWords()
  const name = ref<PeriodName>(first)
  const fromMs = ref<number | undefined>(nowMs() - backMs[first])
  const toMs = ref<number | undefined>(nowMs())

  /** A span of one's own begins as what was looked through before. */
  const chosen = computed({
    get: () => name.value,
    set: (next) => {
      if (next === 'own' && name.value !== 'own') {
        fromMs.value = nowMs() - backMs[name.value]
        toMs.value = nowMs()
      }
      name.value = next
    },
  })
  const isBackwards = computed(
    () => name.value === 'own' && fromMs.value !== undefined && toMs.value !== undefined && toMs.value <= fromMs.value,
  )

  /**
   * The span that is meant now; undefined while what is typed is none. One that reaches to now reaches an hour further: a
   * bookmark's end lies ahead of its making, and clocks differ.
   */
  function span(): { from: string; to: string } | undefined {
    const own = name.value === 'own' ? { from: fromMs.value, to: toMs.value } : undefined
    const from = own ? own.from : nowMs() - backMs[name.value as Exclude<PeriodName, 'own'>]
    const to = own ? own.to : nowMs() + HOUR_MS
    if (from === undefined || to === undefined || to <= from) return undefined
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  }

  const names: readonly PeriodName[] = ['hour', 'day', 'week', 'month', 'year', 'own']
  const choices = names.map((value) => ({ value, says: t(`search.periods.${value}`) }))

  return reactive({ chosen, choices, fromMs, toMs, isBackwards, span })
}

export type Period = ReturnType<typeof usePeriod>
