import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { ChildSite } from '../../src-preload/contract/models/capabilities.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type {
  ImportPreview,
  ProfileDraft,
  ProfileRemoved,
  ProfileSaved,
} from '../../src-preload/contract/models/profile.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import { ask } from '../api/ask.ts'
import { useSession } from './session.ts'

/** What is done with a profile just now, over the whole window. */
export type ProfileTask =
  | { is: 'add' }
  | { is: 'edit' | 'test'; siteId: SiteId; name: string }
  | { is: 'import'; found: ImportPreview }
  | { is: 'import-failed'; because: Failure }

/** What came of the last thing that was done: said on the Sites screen until something else is done. */
export type ProfileNews =
  | { is: 'saved' | 'copied' | 'imported'; name: string; restartNeeded: boolean }
  | { is: 'exported'; name: string; fileName: string }

/** A site that was taken away and can be brought back until the program ends. */
export interface RemovedSite extends ProfileRemoved {
  name: string
}

/** Site profiles as they are edited. The profiles themselves are main's; a draft lives in its form. */
export const useProfiles = defineStore('profiles', () => {
  const session = useSession()
  const task = shallowRef<ProfileTask>()
  const news = shallowRef<ProfileNews>()
  /** Said until they are brought back or dismissed, whatever else is done. */
  const removed = shallowRef<readonly RemovedSite[]>([])
  /** What the keyboard returns to once the task was left. */
  const cameFrom = shallowRef<ProfileTask['is']>()

  function begin(next: ProfileTask): void {
    news.value = undefined
    cameFrom.value = undefined
    task.value = next
    session.show('profile')
  }

  /** Back to the sites; what was typed is gone. */
  function leave(): void {
    cameFrom.value = task.value?.is
    task.value = undefined
    session.show('sign-in')
  }

  function done({ siteId }: ProfileSaved, what: ProfileNews): void {
    task.value = undefined
    cameFrom.value = undefined
    news.value = what
    session.visit(siteId)
  }

  /** Throws `bad-field`, or what kept the file from being written. */
  async function save(siteId: SiteId | null, draft: ProfileDraft): Promise<void> {
    const saved = await ask('saveProfile', { siteId, draft })
    done(saved, { is: 'saved', name: draft.name.trim(), restartNeeded: saved.restartNeeded })
  }

  async function duplicate({ id, name }: Site): Promise<void> {
    news.value = undefined
    const saved = await ask('duplicateProfile', { siteId: id })
    done(saved, { is: 'copied', name, restartNeeded: saved.restartNeeded })
  }

  /** Throws `bad-field` where the address is none. What follows is first contact. */
  async function addChild(siteId: SiteId, { id: childId, name }: ChildSite, address?: string): Promise<void> {
    news.value = undefined
    const saved = await ask('addChildSite', { siteId, childId, ...(address !== undefined && { address }) })
    done(saved, { is: 'saved', name, restartNeeded: saved.restartNeeded })
  }

  async function remove({ id, name }: Site): Promise<void> {
    news.value = undefined
    const gone = await ask('removeProfile', { siteId: id })
    removed.value = [...removed.value, { ...gone, name }]
  }

  async function restore({ removalId }: RemovedSite): Promise<void> {
    await ask('restoreProfile', { removalId })
    dismissRemoved(removalId)
  }

  function dismissRemoved(removalId: string): void {
    removed.value = removed.value.filter((one) => one.removalId !== removalId)
  }

  async function exportCopy({ id, name }: Site): Promise<void> {
    news.value = undefined
    const written = await ask('exportProfile', { siteId: id })
    if (written) news.value = { is: 'exported', name, fileName: written.fileName }
  }

  /** Has a file chosen and shows what it would change, or why it cannot be used. Nothing where none was chosen. */
  async function chooseImport(): Promise<void> {
    try {
      const found = await ask('chooseImport')
      if (found) begin({ is: 'import', found })
    } catch (error) {
      begin({ is: 'import-failed', because: failureOf(error) })
    }
  }

  async function confirmImport({ importId, name }: ImportPreview): Promise<void> {
    const saved = await ask('confirmImport', { importId })
    done(saved, { is: 'imported', name, restartNeeded: saved.restartNeeded })
  }

  return {
    task: shallowReadonly(task),
    isBusy: computed(() => task.value !== undefined),
    news: shallowReadonly(news),
    removed: shallowReadonly(removed),
    /** The site whose administrator allows no adding, changing and removing of sites here. */
    forbiddenBy: computed(() => session.sites.find(({ forbidsAdding }) => forbidsAdding)),
    cameFrom: shallowReadonly(cameFrom),
    begin,
    leave,
    save,
    duplicate,
    addChild,
    remove,
    restore,
    dismissRemoved,
    exportCopy,
    chooseImport,
    confirmImport,
    read: (siteId: SiteId) => ask('readProfile', { siteId }),
    recordingTriggers: (siteId: SiteId) => ask('listRecordingTriggers', { siteId }),
    test: (siteId: SiteId) => ask('testSite', { siteId }),
    dismiss: () => void (news.value = undefined),
  }
})
