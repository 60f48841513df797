import type { Failure } from '../../src-preload/contract/failure.ts'
import type { ProbeReport } from '../../src-preload/contract/models/certificate.ts'
import type { SiteLink, SiteState } from '../../src-preload/contract/models/site.ts'

/** What can happen to a site. */
export type SiteEvent =
  /** Somebody looked at its certificate. */
  | { type: 'probed'; report: ProbeReport }
  | { type: 'probeFailed'; because: Failure }
  /** Every origin it needs now has a certificate agreed on. */
  | { type: 'pinned' }
  | { type: 'signInStarted'; user: string }
  | { type: 'signedIn' }
  | { type: 'signInFailed'; because: Failure }
  /** `because` is absent where a person wished it. */
  | { type: 'signedOut'; because?: Failure }
  | { type: 'linked'; link: SiteLink }
  /** The server is not the one agreed on. */
  | { type: 'blocked'; because: Failure; report?: ProbeReport }
  /** A person agreed on the certificate that changed. */
  | { type: 'repinned' }
  /** The agreed certificate is back; `user` is who was signed in all the while. */
  | { type: 'restored'; user: string | null }

/** Given where a site stands and what happened: where it stands now. An event that does not fit changes nothing. */
export function next(state: SiteState, event: SiteEvent): SiteState {
  switch (event.type) {
    case 'probed':
      if (state.phase === 'unpinned') return { phase: 'unpinned', report: event.report }
      if (state.phase === 'blocked') return { ...state, report: event.report }
      return state

    case 'probeFailed':
      // What was seen before stays on screen beside the reason why it could not be seen again.
      return state.phase === 'unpinned' ? { ...state, problem: event.because } : state

    case 'pinned':
      return state.phase === 'unpinned' ? { phase: 'signed-out' } : state

    case 'signInStarted':
      if (state.phase !== 'signed-out' && state.phase !== 'signing-in') return state
      return { phase: 'signing-in', user: event.user }

    case 'signedIn':
      return state.phase === 'signing-in' ? { phase: 'open', user: state.user, link: { is: 'up' } } : state

    case 'signInFailed':
      return state.phase === 'signing-in' ? { phase: 'signed-out', problem: event.because } : state

    case 'signedOut':
      if (state.phase !== 'open' && state.phase !== 'signing-in' && state.phase !== 'signed-out') return state
      return event.because ? { phase: 'signed-out', problem: event.because } : { phase: 'signed-out' }

    case 'linked':
      return state.phase === 'open' ? { ...state, link: event.link } : state

    case 'blocked':
      // The first reason stands until the gate opens again.
      if (state.phase === 'blocked') return state
      return { phase: 'blocked', because: event.because, ...(event.report && { report: event.report }) }

    case 'repinned':
      return state.phase === 'blocked' ? { phase: 'signed-out' } : state

    case 'restored':
      if (state.phase !== 'blocked') return state
      return event.user === null ? { phase: 'signed-out' } : { phase: 'open', user: event.user, link: { is: 'up' } }
  }
}
