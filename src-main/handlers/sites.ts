import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { SiteList } from '../sites/site-list.ts'

/** Knowing sites, trusting them, being signed in. `leave` ends what the page still shows of a site. */
export function siteHandlers(
  sites: SiteList,
  leave: (siteId: Parameters<SiteList['get']>[0]) => Promise<void>,
): Pick<Handlers, 'listSites' | 'probeSite' | 'pinSite' | 'testSite' | 'signIn' | 'signOut' | 'listRecordingTriggers'> {
  return {
    listSites: async () => sites.all(),
    probeSite: async ({ siteId, address }) => sites.get(siteId).probe(address),
    pinSite: async ({ siteId, ...wish }) => sites.get(siteId).pin(wish),
    testSite: async ({ siteId }) => sites.get(siteId).test(),
    listRecordingTriggers: async ({ siteId }) => sites.get(siteId).recordingTriggers(),
    signIn: async ({ siteId, user, password, stay }) => sites.get(siteId).signIn(user, password, stay),
    async signOut({ siteId }) {
      const site = sites.get(siteId)
      await leave(siteId)
      await site.signOut()
    },
  }
}
