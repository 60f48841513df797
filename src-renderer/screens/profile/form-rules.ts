import { inject, provide, type InjectionKey } from 'vue'
import type { Problems } from './profile-form.ts'

/** What every field of the form has to know of the whole. */
export interface FormRules {
  readonly problems: Problems
  /** It is read here and not changed. */
  readonly isFixed: boolean
}

const RULES: InjectionKey<FormRules> = Symbol('form rules')

export const provideFormRules = (rules: FormRules): void => provide(RULES, rules)

export const useFormRules = (): FormRules => inject(RULES)!
