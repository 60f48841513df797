import { SITE_MADE } from '../config/dates.ts'
import type { ConfigObject } from '../config/object.ts'
import type { Rule } from './rules.ts'

/** `/rules` (xprotect-api.md 4.3). [V CFG] the fields named there; that an operator may see them is [?]. */
export const ruleObjects = (rules: readonly Rule[]): ConfigObject[] =>
  rules.map(({ id, name }) => ({
    type: 'rules',
    id,
    enabled: true,
    fields: {
      description: '',
      displayName: name,
      enabled: true,
      id,
      lastModified: SITE_MADE,
      name,
      startActions: 'StartRecording',
      startRuleType: 'Event',
      stopActions: 'StopRecording',
      stopRuleType: 'Event',
    },
  }))
