import { settingsOf } from '../storage/profile-settings.ts'
import type { SiteProfile } from '../storage/profile.ts'

/**
 * Only an administrator's own profile decides whether sites are added, changed and removed: what operators wrote binds
 * nobody. Changing is among them: another address in a profile is another site.
 */
export const forbidsAdding = (managed: boolean, profile: SiteProfile): boolean =>
  managed && !settingsOf(profile).policy.operatorsMayAddSites
