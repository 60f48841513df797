import type { JobId } from '../../src-preload/contract/models/job.ts'
import type { Entry } from './chain.ts'
import { next } from './job-course.ts'
import { isSettled, Job, JobCourse } from './job.ts'

/** What a journal came to. */
export interface Replayed {
  jobs: Map<JobId, Job>
  /** Records that are whole and that this program does not understand: a later one may. */
  foreign: object[]
  /** Of commands whose first record is lost. */
  orphans: number
}

/** Reads commands out of a journal, oldest first. Whatever was being sent when the program ended is unknown (rule 4). */
export function replay(entries: readonly Entry[], nowMs: number): Replayed {
  const jobs = new Map<JobId, Job>()
  const foreign: object[] = []
  let orphans = 0
  for (const { body } of entries) {
    const json = JSON.parse(body) as { t?: unknown }
    const job = json.t === 'job' ? Job.safeParse(json).data : undefined
    const course = json.t === 'course' ? JobCourse.safeParse(json).data : undefined
    if (job) jobs.set(job.id, job)
    else if (!course) foreign.push(json)
    else if (jobs.has(course.id)) Object.assign(jobs.get(course.id)!, course)
    else orphans += 1
  }
  for (const [id, job] of jobs) {
    const found = next(job, { type: 'crashed' }, nowMs)
    if (found !== job) jobs.set(id, found)
  }
  return { jobs, foreign, orphans }
}

/** How many commands that are over stay to be seen, and for how long. */
const SETTLED_SHOWN = 200
const SETTLED_SHOWN_MS = 24 * 3_600_000

/** The server took it, and is still to say what became of it: whoever carried it out says so in `isFollowed`. */
const isFollowed = ({ state }: Job): boolean =>
  state.is === 'done' && (state.said as { isFollowed?: unknown } | null)?.isFollowed === true

/** What is kept of all commands: whatever is open or followed, and the latest of those that are over. */
export function worthKeeping(jobs: Iterable<Job>, nowMs: number): Job[] {
  const all = [...jobs]
  const recent = all.filter((job) => isSettled(job) && nowMs - job.sinceMs < SETTLED_SHOWN_MS).slice(-SETTLED_SHOWN)
  const kept = new Set(recent)
  return all.filter((job) => !isSettled(job) || isFollowed(job) || kept.has(job))
}

/** Fewer lines than this are not worth the work of writing them anew. */
const FEW_LINES = 4_000

/** Whether a journal is mostly made of what nobody needs any more. */
export const isMostlyPast = (lines: number, kept: number): boolean => lines > FEW_LINES && lines > 8 * kept
