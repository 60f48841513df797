import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Job } from '../../src-preload/contract/models/job.ts'
import type { ResultRow } from '../components/result-row.ts'
import { useJobs } from '../stores/jobs.ts'
import { useCameraNames } from './useCameraNames.ts'
import { useJobText } from './useJobText.ts'

/** Commands as rows, as they stand now: a command that was taken down goes on by itself. */
export function useJobRows(): (taken: readonly Job[]) => ResultRow[] {
  const jobs = useJobs()
  const textOf = useJobText()
  const { nameOf } = useCameraNames()

  return (taken) =>
    taken.map((job) => {
      const now = jobs.find(job.id) ?? job
      const { tone, says, next } = textOf(now)
      return { key: job.id, name: nameOf({ siteId: job.siteId, cameraId: job.deviceId as CameraId }), tone, says, next }
    })
}
