import type { SiteSettings } from './models/profile.ts'

/** What holds where a profile says nothing. */
export const defaultSettings: SiteSettings = {
  signIn: { kind: 'basic', client: 'VmsClient' },
  recording: { method: 'auto', defaultSeconds: 900, minSeconds: 60, maxSeconds: 7_200, bookmarkAtEnd: 'offer' },
  policy: { operatorsMayAddSites: true, staySignedIn: 'allowed' },
}
