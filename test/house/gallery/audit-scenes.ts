import { AppError } from '../../../src-preload/contract/failure.ts'
import type { AuditLine, AuditPage } from '../../../src-preload/contract/models/audit.ts'
import { auditLinesOf } from '../../unit/support/audit.ts'
import { pending, type FakeBridge } from '../../unit/support/fake-bridge.ts'
import { siteId, siteOf } from '../../unit/support/sites.ts'
import { wall } from './live-scenes.ts'

const others = [siteOf({ id: siteId(3), name: 'Harbour terminal with a long name, gates 12–28' })]

/** Many lines: the same kinds again and again. */
const many: AuditLine[] = Array.from({ length: 11 }, () => auditLinesOf())
  .flat()
  .map((line, at) => ({ ...line, line: 4_310 - at }))

function trail(page: AuditPage): FakeBridge {
  const bridge = wall({ others })
  bridge.answer('listAudit', async () => page)
  bridge.answer('exportAudit', async () => ({ fileName: 'watchpost-audit-2026-11-26.csv', lines: 1_204 }))
  return bridge
}

const problems = [
  'damaged or changed: line 7, 1204',
  'of the 4312 lines it had at 2026-11-26T13:58:12.004Z there are 4310',
]

/** The audit trail: whole, broken, empty, unreadable, and on its way into a file. */
export const auditScenes: Record<string, () => FakeBridge> = {
  audit: () => trail({ lines: many, next: 4_100, problems: [] }),
  'audit-broken': () => trail({ lines: auditLinesOf(), next: null, problems }),
  'audit-nothing': () => trail({ lines: [], next: null, problems: [] }),
  'audit-reading': () => {
    const bridge = trail({ lines: [], next: null, problems: [] })
    bridge.answer('listAudit', () => pending<AuditPage>().promise)
    return bridge
  },
  'audit-failed': () => {
    const bridge = trail({ lines: [], next: null, problems: [] })
    bridge.answer('listAudit', async () => {
      throw new AppError({
        kind: 'bad-file',
        file: '/home/operator/.config/Watchpost/journal/audit.log',
        problem: 'nothing in it can be read with the key there is',
      })
    })
    return bridge
  },
  'audit-exporting': () => {
    const bridge = auditScenes.audit!()
    bridge.answer('exportAudit', () => pending<never>().promise)
    return bridge
  },
  'audit-export-failed': () => {
    const bridge = auditScenes.audit!()
    bridge.answer('exportAudit', async () => {
      throw new AppError({
        kind: 'bad-file',
        file: '/media/operator/STICK/watchpost-audit-2026-11-26.csv',
        problem: 'was not saved: the disk is full',
      })
    })
    return bridge
  },
}
