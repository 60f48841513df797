import { useI18n } from 'vue-i18n'
import type { Say } from '../locales/words.ts'

/** `t` with keys the compiler knows. */
export function useWords(): { t: Say } {
  const { t } = useI18n()
  return {
    t: (key, named = {}, count) => (count === undefined ? t(key, named) : t(key, named, count)),
  }
}
