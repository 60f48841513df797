import { userInfo } from 'node:os'
import type { Site } from '../../src-preload/contract/models/site.ts'

/** Who is logged on to this computer, for the record of what a person decided here. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // an account the system itself does not know by name
  }
}

/** Who sits at this computer as far as it knows, in words for the audit trail. */
export function whoSitsHere(sites: readonly Pick<Site, 'state'>[]): string {
  const users = sites.flatMap(({ state }) => (state.phase === 'open' ? [state.user] : []))
  return inWords([...new Set(users)].join(', '))
}

/** A user of a server, or nobody, at an account of this computer. */
export const inWords = (user: string | null): string =>
  `${user || 'nobody'} signed in, ${accountName()} at this computer`
