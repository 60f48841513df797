import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { Sessions } from '../sites/sessions.ts'
import type { SiteList } from '../sites/site-list.ts'

type SessionCalls =
  'openSession' | 'answerSession' | 'offerSession' | 'addCandidate' | 'nextCandidates' | 'closeSession'

/** One video session, from offer to end. */
export function sessionHandlers(sites: SiteList, sessions: Sessions): Pick<Handlers, SessionCalls> {
  return {
    async openSession({ siteId, ...picture }) {
      const site = sites.get(siteId)
      return sessions.open(siteId, (wish) => site.openSession(picture, wish))
    },
    answerSession: ({ sessionId, sdp }) => sessions.answer(sessionId, sdp),
    offerSession: ({ sessionId, sdp }) => sessions.offer(sessionId, sdp),
    addCandidate: ({ sessionId, candidate }) => sessions.addCandidate(sessionId, candidate),
    nextCandidates: ({ sessionId }) => sessions.nextCandidates(sessionId),
    closeSession: ({ sessionId }) => sessions.close(sessionId),
  }
}
