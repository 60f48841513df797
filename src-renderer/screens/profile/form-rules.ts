import { inject, provide, type InjectionKey } from 'vue'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Problems } from './profile-form.ts'

/** What every field of the form has to know of the whole. */
export interface FormRules {
  readonly problems: Problems
  /** Absent in a site that is not there yet. */
  readonly siteId: SiteId | null
  /** It is read here and not changed. */
  readonly isFixed: boolean
}

const RULES: InjectionKey<FormRules> = Symbol('form rules')

export const provideFormRules = (rules: FormRules): void => provide(RULES, rules)

export const useFormRules = (): FormRules => inject(RULES)!
