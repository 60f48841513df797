import { watchDebounced } from '@vueuse/core'
import { computed, reactive, ref } from 'vue'
import { auditActs, type AuditAct, type CommandOutcome } from '../../../src-preload/contract/audit-acts.ts'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { AuditFilter } from '../../../src-preload/contract/models/audit.ts'
import { idTyped } from '../../composables/camera-typed.ts'
import { usePeriod } from '../../composables/usePeriod.ts'
import { useCameras } from '../../stores/cameras.ts'
import { useSession } from '../../stores/session.ts'
import { isCommand } from './command-act.ts'

const AFTER_TYPING_MS = 350

/** Acts that are looked for together. */
const kinds = {
  commands: auditActs.filter(isCommand),
  'sign-ins': ['signed-in', 'sign-in-refused', 'signed-out'],
  'taken-away': ['snapshot-saved', 'export-begun', 'export-saved', 'export-cancelled', 'audit-exported'],
} satisfies Record<string, AuditAct[]>

/** Everything, one kind of act, or one act. */
export type ActChoice = 'all' | keyof typeof kinds | AuditAct

const isKind = (choice: ActChoice): choice is keyof typeof kinds => Object.hasOwn(kinds, choice)

function actsOf(choice: ActChoice): AuditAct[] | undefined {
  if (choice === 'all') return undefined
  return isKind(choice) ? [...kinds[choice]] : [choice]
}

/** Which lines of the audit trail are wanted. Kept while another screen is shown. */
export function useAuditFilter() {
  const session = useSession()
  const cameras = useCameras()

  const text = ref('')
  const act = ref<ActChoice>('all')
  const outcome = ref<CommandOutcome | 'any'>('any')
  const who = ref('')
  const siteId = ref<SiteId | 'every'>('every')
  const cameraText = ref('')
  const period = usePeriod('day', () => Date.now())

  /** Those that can be named: of the site that is meant, or of every open one. */
  const camerasKnown = computed(() =>
    session.sites
      .filter(({ id }) => siteId.value === 'every' || siteId.value === id)
      .flatMap(({ id }) => cameras.of(id).cameras.map(({ camera }) => camera)),
  )
  const cameraId = computed(() => idTyped(cameraText.value, camerasKnown.value))
  const isCameraUnknown = computed(() => cameraText.value.trim() !== '' && cameraId.value === undefined)

  /** Undefined while what is typed means no camera, or no time. */
  function wish(): AuditFilter | undefined {
    const span = period.span()
    if (!span || isCameraUnknown.value) return undefined
    const acts = actsOf(act.value)
    return {
      from: span.from,
      until: span.to,
      ...(siteId.value !== 'every' && { siteId: siteId.value }),
      ...(cameraId.value !== undefined && { deviceId: cameraId.value }),
      ...(acts && { what: acts }),
      ...(outcome.value !== 'any' && { outcome: outcome.value }),
      ...(who.value.trim() !== '' && { who: who.value.trim() }),
      ...(text.value.trim() !== '' && { text: text.value.trim() }),
    }
  }

  /** Calls `look` when other lines are wanted, once the typing rests. */
  function onChange(look: () => void): void {
    const asked = () => [
      [text.value.trim(), act.value, outcome.value, who.value.trim(), siteId.value, cameraId.value].join('\n'),
      isCameraUnknown.value,
      period.chosen,
      period.chosen === 'own' ? [period.fromMs, period.toMs].join() : '',
    ]
    watchDebounced(() => JSON.stringify(asked()), look, { debounce: AFTER_TYPING_MS })
  }

  return reactive({
    text,
    act,
    outcome,
    who,
    siteId,
    cameraText,
    camerasKnown,
    isCameraUnknown,
    period,
    wish,
    onChange,
  })
}

export type AuditForm = ReturnType<typeof useAuditFilter>
