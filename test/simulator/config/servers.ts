import type { Edition, Profile } from '../options.ts'
import type { Site, SiteRecorder } from '../site/site.ts'
import { SITE_MADE } from './dates.ts'
import type { ConfigObject } from './object.ts'

/** Full product version of each profile, as `sites.version` and `.well-known/uris` tell it. */
export const productVersions: Record<Profile, string> = {
  '24.2': '24.2.12065.1',
  '25.1': '25.1.1804.0',
  '25.2': '25.2.1607.1',
}
const releases: Record<Profile, string> = { '24.2': '2024 R2', '25.1': '2025 R1', '25.2': '2025 R2' }

/**
 * `/sites`; memory in bytes although the specification says MB. [V REAL] Below another site the address of that one's
 * management server stands in `masterSiteAddress`; that it is a URL is [3P PST].
 */
export const siteObject = (site: Site, profile: Profile, master: string | undefined): ConfigObject => ({
  type: 'sites',
  id: site.id,
  enabled: true,
  fields: {
    computerName: site.computerName,
    description: '',
    displayName: site.name,
    domainName: 'WORKGROUP',
    id: site.id,
    lastModified: SITE_MADE,
    lastStatusHandshake: SITE_MADE,
    masterSiteAddress: master === undefined ? '' : `${master}/`,
    name: site.name,
    physicalMemory: 17053102080,
    platform: 'Microsoft Windows Server 2022',
    processors: 8,
    serviceAccount: 'NT AUTHORITY\\NETWORK SERVICE',
    synchronizationStatus: 0,
    timeZone: 'W. Europe Standard Time',
    version: productVersions[profile],
  },
})

/** What a site knows of one below it. */
export interface ChildSite {
  id: string
  name: string
}

/**
 * `/childSites`: these fields and no others, so neither a name beside `displayName` nor any address. [V CFG] the
 * fields; what `connectionState` says is [?].
 */
export const childSiteObject = ({ id, name }: ChildSite, profile: Profile): ConfigObject => ({
  type: 'childSites',
  id,
  enabled: true,
  fields: {
    displayName: name,
    id,
    description: '',
    lastModified: SITE_MADE,
    connectionState: 'Attached',
    version: productVersions[profile],
    serviceAccount: 'NT AUTHORITY\\NETWORK SERVICE',
    synchronizationStatus: 0,
  },
})

/** `/recordingServers`. [V CFG] */
export const recordingServerObject = (
  site: Site,
  profile: Profile,
  { id, name }: SiteRecorder,
  recorder: URL,
): ConfigObject => ({
  type: 'recordingServers',
  id,
  enabled: true,
  parent: { type: 'sites', id: site.id },
  fields: {
    activeWebServerUri: `${recorder.origin}/`,
    description: '',
    displayName: name,
    enabled: true,
    hostName: recorder.hostname,
    id,
    lastModified: SITE_MADE,
    multicastServerAddress: '0.0.0.0',
    name,
    portNumber: Number(recorder.port),
    publicAccessEnabled: false,
    publicWebserverHostName: '',
    publicWebserverPort: 0,
    shutdownOnStorageFailure: false,
    synchronizationTime: -1,
    timeZoneName: 'W. Europe Standard Time',
    version: productVersions[profile],
    webServerUri: `${recorder.origin}/`,
  },
})

/** `/recordingServers/{id}/storages`, `/storages/{id}`. [V CFG] */
export const storageObject = (recorder: SiteRecorder): ConfigObject => ({
  type: 'storages',
  id: recorder.storageId,
  enabled: true,
  parent: { type: 'recordingServers', id: recorder.id },
  fields: {
    createdDate: SITE_MADE,
    description: '',
    diskPath: 'D:\\MediaDatabase',
    displayName: 'Local default',
    encryptionMethod: 'None',
    id: recorder.storageId,
    isDefault: true,
    lastModified: SITE_MADE,
    maxSize: 1_000_000,
    name: 'Local default',
    retainMinutes: 43_200,
    signing: false,
  },
})

/** `/licenseInformations`: the way to learn the edition. "XPCO" is [V]; the code of Professional+ is not known. [?] */
export const licenseObject = (site: Site, profile: Profile, edition: Edition): ConfigObject => {
  const corporate = edition === 'corporate'
  const displayName = `XProtect ${corporate ? 'Corporate' : 'Professional+'} ${releases[profile]}`
  return {
    type: 'licenseInformations',
    id: site.id,
    enabled: true,
    parent: { type: 'sites', id: site.id },
    fields: {
      activationAutomatic: true,
      careId: '',
      careLevel: 'Basic',
      displayName,
      expire: 'Unrestricted',
      name: displayName,
      sku: corporate ? 'XPCO' : 'XPPPLUS',
      slc: 'M01-C01-000-00-000000',
    },
  }
}
