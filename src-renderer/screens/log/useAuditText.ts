import type { CommandOutcome } from '../../../src-preload/contract/audit-acts.ts'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import type { AuditLine } from '../../../src-preload/contract/models/audit.ts'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import type { MarkTone } from '../../components/mark-tone.ts'
import { useCameraNames } from '../../composables/useCameraNames.ts'
import { useWords } from '../../composables/useWords.ts'
import { useSession } from '../../stores/session.ts'
import { isCommand } from './command-act.ts'

/** One line of the audit trail in words. */
export interface AuditText {
  what: string
  who: string
  /** The camera, server or file; empty where it is none of them. */
  about: string
  site: string
  outcome: string
  /** Absent while nothing had come of it, or was to come. */
  tone?: MarkTone
}

const toneOf: Record<CommandOutcome, MarkTone | undefined> = {
  queued: undefined,
  sending: undefined,
  done: 'on',
  rejected: 'trouble',
  unknown: 'trouble',
  'needs-human': 'trouble',
  expired: 'trouble',
  dropped: 'off',
}

/** Puts lines of the trail into words. What stands in it as text already is shown as it is. */
export function useAuditText(): (line: AuditLine) => AuditText {
  const { t } = useWords()
  const session = useSession()
  const { namesOf } = useCameraNames()

  function siteOf({ siteId }: AuditLine): string {
    if (siteId === undefined) return ''
    return session.sites.find(({ id }) => id === siteId)?.name ?? t('audit.unknownSite')
  }

  function camerasOf({ siteId, deviceId, alsoDeviceIds = [] }: AuditLine): string {
    const refs = [deviceId, ...alsoDeviceIds].map((id) => ({ siteId: siteId as SiteId, cameraId: id as CameraId }))
    return namesOf(refs)
  }

  function commandOutcome(outcome: string): Pick<AuditText, 'outcome' | 'tone'> {
    const [state, ...more] = outcome.split(', ')
    const says = t(`auditOutcome.${state as CommandOutcome}`)
    const tone = toneOf[state as CommandOutcome]
    if (more.length === 0) return { outcome: says, ...(tone && { tone }) }
    return { outcome: `${says}; ${t('audit.duplicate')}`, tone: 'trouble' }
  }

  function outcomeOf({ what, outcome = '' }: AuditLine): Pick<AuditText, 'outcome' | 'tone'> {
    if (isCommand(what)) return commandOutcome(outcome)
    const isEnd = what === 'sign-in-refused' || what === 'signed-out'
    if (isEnd && outcome !== '') return { outcome: t(`auditBecause.${outcome as Failure['kind']}`), tone: 'trouble' }
    return what === 'audit-damaged' ? { outcome, tone: 'trouble' } : { outcome }
  }

  return (line) => {
    const { what, subject = '', deviceId } = line
    return {
      what: isCommand(what)
        ? t(`auditCommand.${what}`, { kind: t(`jobKind.${subject as JobKind}`) })
        : t(`auditAct.${what}`),
      who: line.who || t('log.itself'),
      about: deviceId === undefined ? subject : camerasOf(line),
      site: siteOf(line),
      ...outcomeOf(line),
    }
  }
}
