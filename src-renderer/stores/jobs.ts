import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Job, JobDecision, JobId, JobState } from '../../src-preload/contract/models/job.ts'
import { ask } from '../api/ask.ts'

/** Over, for good or ill; nothing more will come of it by itself. */
export const isOver = ({ phase }: JobState): boolean =>
  phase === 'done' || phase === 'refused' || phase === 'dropped' || phase === 'expired'

/** What operators asked for and where it stands. Main keeps it; the page only shows it. */
export const useJobs = defineStore('jobs', () => {
  const byId = shallowRef<ReadonlyMap<JobId, Job>>(new Map())
  /** The last one that changed while the page looked, until it is dismissed. */
  const latestId = ref<JobId>()

  /** Reads what is open, and what was over lately. Facts that came meanwhile are newer than the list. */
  async function load(): Promise<void> {
    const listed = await ask('listJobs')
    byId.value = new Map([...listed.map((job) => [job.id, job] as const), ...byId.value])
  }

  function jobChanged(job: Job): void {
    byId.value = new Map(byId.value).set(job.id, job)
    latestId.value = job.id
  }

  /** What a call came back with: what was announced of it meanwhile is newer. */
  function jobAccepted(job: Job): void {
    if (!byId.value.has(job.id)) jobChanged(job)
  }

  /** Throws `not-found` where the command no longer waits for a person. */
  const decide = (id: JobId, decision: JobDecision): Promise<void> => ask('decideJob', { id, decision })

  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.acceptedAt.localeCompare(a.acceptedAt)))
  const open = computed(() => all.value.filter(({ state }) => !isOver(state)))

  return {
    all,
    open,
    over: computed(() => all.value.filter(({ state }) => isOver(state))),
    forPerson: computed(() => open.value.filter(({ state }) => state.phase === 'needs-person')),
    latest: computed(() => latestId.value && byId.value.get(latestId.value)),
    find: (id: JobId) => byId.value.get(id),
    load,
    jobChanged,
    jobAccepted,
    decide,
    dismiss: () => void (latestId.value = undefined),
  }
})
