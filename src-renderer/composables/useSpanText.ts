import { dayText, timeText } from './useClock.ts'
import { useWords } from './useWords.ts'

/** `26 Nov 2026, 14:03:07`, in this computer's zone. */
export const whenText = (atMs: number): string => `${dayText(atMs)}, ${timeText(atMs)}`

/** The day is named once where both moments are of it. */
export function spanText(fromMs: number, toMs: number): string {
  const isOneDay = dayText(fromMs) === dayText(toMs)
  return `${whenText(fromMs)} – ${isOneDay ? timeText(toMs) : whenText(toMs)}`
}

/** The same where whole minutes are all there is to say: `26 Nov 2026, 14:00 – 15:00`. */
export function minutesText(fromMs: number, toMs: number): string {
  const at = (atMs: number): string => timeText(atMs).slice(0, 5)
  const [from, to] = [dayText(fromMs), dayText(toMs)]
  return `${from}, ${at(fromMs)} – ${from === to ? at(toMs) : `${to}, ${at(toMs)}`}`
}

const [MINUTE_S, HOUR_S, DAY_S] = [60, 3600, 86_400]

/** A length of time in its two largest units: `40 s`, `4 min 10 s`, `2 h`. */
export function useLengthText(): (ms: number) => string {
  const { t } = useWords()
  return (ms) => {
    const all = Math.round(ms / 1000)
    const [d, h, m, s] = [
      Math.floor(all / DAY_S),
      Math.floor((all % DAY_S) / HOUR_S),
      Math.floor((all % HOUR_S) / MINUTE_S),
      all % MINUTE_S,
    ]
    if (all < 2 * MINUTE_S) return t('span.seconds', { s: all })
    if (all < HOUR_S) return s > 0 ? t('span.minutesAndSeconds', { m, s }) : t('span.minutes', { m })
    if (all < DAY_S) return m > 0 ? t('span.hoursAndMinutes', { h, m }) : t('span.hours', { h })
    return h > 0 ? t('span.daysAndHours', { d, h }) : t('span.days', { d })
  }
}
