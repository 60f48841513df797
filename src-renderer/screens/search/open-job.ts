import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { Job, JobKind } from '../../../src-preload/contract/models/job.ts'

/** The newest command of these kinds for something on the server, named as it is there. The jobs are newest first. */
export const openJobOf = (
  jobs: readonly Job[],
  kinds: readonly JobKind[],
  { siteId, cameraId }: CameraRef,
  reference: string,
): Job | undefined =>
  jobs.find(
    (job) =>
      kinds.includes(job.kind) && job.siteId === siteId && job.deviceId === cameraId && job.reference === reference,
  )
