import { createI18n } from 'vue-i18n'
import { en } from './en/index.ts'

type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }
type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

/** What a language must say to be complete. */
export type Messages = Shape<typeof en>

/** Every key there is words for. A misspelt one does not compile. */
export type MessageKey = Leaves<typeof en>

/** Says a message: names fill its braces; `count` chooses among its plural forms and fills `{count}`. */
export type Say = (key: MessageKey, named?: Record<string, string | number>, count?: number) => string

/** The words of one page. Messages are compiled to trees, not to code, so the page's CSP stays whole. */
export function createWords() {
  return createI18n<[Messages], 'en', false>({
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- without it version 11 starts in its legacy mode
    legacy: false,
    locale: 'en',
    fallbackLocale: 'en',
    messages: { en },
  })
}
