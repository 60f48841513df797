import { watch } from 'vue'
import type { JobKind } from '../../src-preload/contract/models/job.ts'
import { useJobs } from '../stores/jobs.ts'

/** Calls `act` when the server has confirmed another command of these kinds: a list of what it has is then old. */
export function useJobsDone(kinds: readonly JobKind[], act: () => void): void {
  const jobs = useJobs()
  watch(() => jobs.over.filter(({ kind, state }) => state.phase === 'done' && kinds.includes(kind)).length, act)
}
