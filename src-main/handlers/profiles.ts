import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { ProfileDesk } from '../sites/profile-desk.ts'

type ProfileCalls =
  | 'readProfile'
  | 'saveProfile'
  | 'duplicateProfile'
  | 'addChildSite'
  | 'removeProfile'
  | 'restoreProfile'
  | 'chooseImport'
  | 'confirmImport'
  | 'exportProfile'

/** Setting sites up. Files are pointed at in the operating system's dialogs: the page names none. */
export function profileHandlers(desk: ProfileDesk): Pick<Handlers, ProfileCalls> {
  return {
    readProfile: async ({ siteId }) => desk.read(siteId),
    saveProfile: ({ siteId, draft }) => desk.save(siteId, draft),
    duplicateProfile: ({ siteId }) => desk.duplicate(siteId),
    addChildSite: ({ siteId, childId, address }) => desk.addChild(siteId, childId, address),
    removeProfile: ({ siteId }) => desk.remove(siteId),
    restoreProfile: ({ removalId }) => desk.restore(removalId),
    chooseImport: () => desk.chooseImport(),
    confirmImport: ({ importId }) => desk.confirmImport(importId),
    exportProfile: ({ siteId }) => desk.export(siteId),
  }
}
