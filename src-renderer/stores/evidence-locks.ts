import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type {
  EvidenceLock,
  EvidenceLockOrder,
  KeepFor,
  LockProgress,
} from '../../src-preload/contract/models/evidence-lock.ts'
import type { CameraId, CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobId } from '../../src-preload/contract/models/job.ts'
import type { SiteSearch } from '../../src-preload/contract/models/search.ts'
import { ask } from '../api/ask.ts'
import { useJobs } from './jobs.ts'
import { useSession } from './session.ts'
import { timeShelves } from './time-shelves.ts'

/** What the form for an evidence lock begins with. Moments are epoch milliseconds by the server's clock. */
export interface LockDraft {
  /** Those that may be chosen, and those that are. */
  offered: readonly CameraRef[]
  picked: readonly CameraRef[]
  fromMs: number
  toMs: number
  headline: string
  description: string
  /** A recording that runs, and is what is to be kept. */
  recording?: { fromMs: number; toMs: number }
  /** What was marked in a playback. */
  marked?: { fromMs: number; toMs: number }
}

/** It does not protect all it was asked to, or not yet. */
export const isIncomplete = ({ is, cameras }: LockProgress): boolean =>
  is === 'partial' || is === 'unread' || (is === 'following' && cameras.some((camera) => camera.is !== 'protected'))

/** Video that nothing may delete, and what became of each lock that was made here, camera by camera. */
export const useEvidenceLocks = defineStore('evidence-locks', () => {
  const jobs = useJobs()
  const session = useSession()
  const draft = shallowRef<LockDraft>()
  const forms = ref(0)
  const byJob = shallowRef<ReadonlyMap<JobId, LockProgress>>(new Map())

  const byLock = computed(
    () => new Map([...byJob.value.values()].map((progress) => [`${progress.siteId}/${progress.lockId}`, progress])),
  )
  /** Of sites that are open: of others nobody can be asked. */
  const incomplete = computed(() =>
    [...byJob.value.values()].filter(
      (progress) => isIncomplete(progress) && session.openSites.some(({ id }) => id === progress.siteId),
    ),
  )

  function open(wish: LockDraft): void {
    draft.value = wish
    forms.value += 1
  }

  function lockProgressed(progress: LockProgress): void {
    byJob.value = new Map(byJob.value).set(progress.jobId, progress)
  }

  /** A page that was loaded anew, or a site that has just opened. Facts that came meanwhile are newer than the list. */
  async function load(siteId: SiteId): Promise<void> {
    const listed = await ask('listLockProgress', { siteId })
    byJob.value = new Map([...listed.map((progress) => [progress.jobId, progress] as const), ...byJob.value])
  }

  /** Main announces what it follows from now on; what it followed before is asked for once a site is open. */
  function follow(): void {
    watch(
      () => session.openSites.map(({ id }) => id),
      (ids, before = []) => {
        // What cannot be read reaches the status line.
        for (const id of ids) if (!before.includes(id)) void load(id)
      },
      { immediate: true },
    )
  }

  function accepted(job: Job): Job {
    jobs.jobAccepted(job)
    return job
  }

  const find = (search: SiteSearch) => ask('findEvidenceLocks', search)
  /** What there is of the cameras a timeline shows. */
  const inTime = timeShelves<EvidenceLock>({
    find: async (search) => {
      const { locks, next } = await find(search)
      return { rows: locks, next }
    },
    spanOf: ({ begin, end }) => ({ beginMs: Date.parse(begin), endMs: Date.parse(end) }),
    aroundMs: 2 * 3_600_000,
  })

  return {
    draft: shallowReadonly(draft),
    forms: readonly(forms),
    incomplete,
    open,
    close: () => void (draft.value = undefined),
    follow,
    lockProgressed,
    progressOfJob: (id: JobId) => byJob.value.get(id),
    progressOfLock: ({ siteId, id }: Pick<EvidenceLock, 'siteId' | 'id'>) => byLock.value.get(`${siteId}/${id}`),
    /** What a role may keep for. Throws `not-licensed` where the edition has no evidence locks. */
    profiles: (siteId: SiteId) => ask('listLockProfiles', { siteId }),
    microphones: (siteId: SiteId, cameraIds: CameraId[]) => ask('listMicrophones', { siteId, cameraIds }),
    /** One lock. Throws what kept it from being asked for. */
    add: async (order: EvidenceLockOrder): Promise<Job> => accepted(await ask('addEvidenceLock', order)),
    extend: async (lock: EvidenceLock, keepFor: KeepFor): Promise<Job> =>
      accepted(await ask('extendEvidenceLock', { lock: refOf(lock), keepFor })),
    unlock: async (lock: EvidenceLock, reason: string): Promise<Job> =>
      accepted(await ask('unlockEvidence', { lock: refOf(lock), reason })),
    find,
    inTime,
  }
})

/** A lock of microphones alone has no camera: commands for it go one after the other by its own id. */
function refOf({ id, siteId, cameraIds, reference }: EvidenceLock) {
  const cameraId = cameraIds[0] ?? (id as CameraId)
  return { id, camera: { siteId, cameraId }, reference }
}
