import { shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../../src-preload/contract/failure.ts'
import type { AuditExported, AuditFilter, AuditFormat } from '../../../src-preload/contract/models/audit.ts'
import { useAudit } from '../../stores/audit.ts'

/** How an export stands. */
export type AuditExport =
  { is: 'none' } | { is: 'choosing' } | { is: 'done'; exported: AuditExported } | { is: 'failed'; because: Failure }

/** Has the lines that are wanted written into a file of the person's choice. */
export function useAuditExport(wish: () => AuditFilter | undefined) {
  const audit = useAudit()
  const state = shallowRef<AuditExport>({ is: 'none' })

  /** True where a file was written: that itself is a line of the trail. */
  async function writeOut(format: AuditFormat): Promise<boolean> {
    const filter = wish()
    if (!filter || state.value.is === 'choosing') return false
    state.value = { is: 'choosing' }
    try {
      const exported = await audit.writeOut(filter, format)
      state.value = exported ? { is: 'done', exported } : { is: 'none' }
      return exported !== null
    } catch (error) {
      state.value = { is: 'failed', because: failureOf(error) }
      return false
    }
  }

  return { state: shallowReadonly(state), writeOut, forget: () => void (state.value = { is: 'none' }) }
}
