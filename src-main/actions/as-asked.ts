import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Look } from '../journal/job-course.ts'
import { senderOf, type Job } from '../journal/job.ts'
import type { Performer } from '../journal/performer.ts'
import { heldBackAt, type ActionSites } from './action-site.ts'

/**
 * Holds commands back while their site cannot be reached, and sends none under another user than the one who gave it: the
 * server's own log would name the wrong person. What the program does by itself goes out under whoever is signed in.
 */
export function asAsked(sites: ActionSites, performer: Performer): Performer {
  const isOfAnother = (job: Job): boolean => isAnothersNow(sites, job.siteId, senderOf(job))
  return {
    heldBack: ({ siteId }) => heldBackAt(sites, siteId),
    isOfAnother,
    async send(job, signal) {
      // Somebody else may have signed in while the journal was written.
      if (isOfAnother(job)) return { is: 'not-sent', because: { kind: 'signed-out' } }
      return performer.send(job, signal)
    },
    ...(performer.lookUp && {
      async lookUp(job: Job, signal: AbortSignal): Promise<Look> {
        const look = await performer.lookUp!(job, signal)
        // What this user does not see may be there all the same.
        return look.is === 'absent' && isOfAnother(job) ? { is: 'cannot-tell' } : look
      },
    }),
  }
}

/** Whether somebody else than this user is signed in at a site. Nobody's commands are everybody's. */
export function isAnothersNow(sites: ActionSites, siteId: SiteId, user: string): boolean {
  const signedIn = signedInAt(sites, siteId)
  // Servers do not tell `Anna` and `anna` apart.
  return signedIn !== '' && user !== '' && plain(signedIn) !== plain(user)
}

function signedInAt(sites: ActionSites, siteId: SiteId): string {
  try {
    const { state } = sites.get(siteId).standing
    return state.phase === 'open' ? state.user : ''
  } catch {
    return '' // the site was taken away
  }
}

const plain = (user: string): string => user.trim().toLowerCase()
