import type { JobSaid } from '../../src-preload/contract/models/job.ts'
import type { Job } from '../journal/job.ts'
import type { Outcome as Sent } from '../journal/outcome.ts'
import type { Outcome } from '../xprotect/outcome.ts'

/** What one attempt at the server means to the journal; `say` puts into our words what the server did. */
export function sentAs<T>(outcome: Outcome<T>, say: (value: T) => JobSaid): Sent {
  switch (outcome.is) {
    case 'done':
      return { is: 'done', said: say(outcome.value) }
    case 'not-sent':
      return { is: 'not-sent', because: outcome.because, ...patience(outcome.because) }
    case 'unknown':
      return outcome
    case 'rejected':
      if (outcome.why === 'later') return { is: 'not-sent', because: outcome.because, ...patience(outcome.because) }
      return { is: 'rejected', because: outcome.why === 'not-licensed' ? { kind: 'not-licensed' } : outcome.because }
  }
}

const patience = (because: Extract<Sent, { is: 'not-sent' }>['because']): { againInMs?: number } =>
  because.kind === 'busy' && because.retryAfterMs !== undefined ? { againInMs: because.retryAfterMs } : {}

/** Taken away a second time, since nobody could say whether the first was heard: the server's "not there" says that it was. */
export const goneIsDone = (job: Pick<Job, 'sends' | 'order'>, sent: Sent): Sent =>
  job.sends > 1 && sent.is === 'rejected' && sent.because.kind === 'not-found' ? { is: 'done', said: job.order } : sent
