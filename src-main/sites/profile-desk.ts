import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import { SiteId } from '../../src-preload/contract/models/ids.ts'
import type {
  ImportPreview,
  ProfileDraft,
  ProfileRemoved,
  ProfileSaved,
  ProfileShown,
} from '../../src-preload/contract/models/profile.ts'
import type { AuditEntry } from '../journal/audit-entry.ts'
import { fileNameFor } from '../storage/file-name.ts'
import { oddityOf } from '../storage/parse-profile.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { ProfileProblem, ProfileStore, RemovedFile, StoredProfile } from '../storage/profiles.ts'
import { whoSitsHere } from './account.ts'
import { profileOfChild } from './child-profile.ts'
import type { Dialogs } from './dialogs.ts'
import { forbidsAdding } from './forbids-adding.ts'
import { ImportTray } from './import-tray.ts'
import { isLoopback } from './origins.ts'
import { draftOf, originsShown, withDraft } from './profile-draft.ts'
import type { SiteList } from './site-list.ts'
import { trustChanges, trustLine, type TrustChange, type TrustSource } from './trust-lines.ts'

export interface ProfileDeskNeeds {
  store: ProfileStore
  sites: Pick<SiteList, 'all' | 'get' | 'put' | 'remove' | 'unusable' | 'forget' | 'remember'>
  dialogs: Dialogs
  after: (ms: number, run: () => void) => () => void
  keepSecret: (secret: string) => void
  /** Which servers are trusted otherwise than before, and by whom. Never throws. */
  audit: (entry: AuditEntry) => void
  /** Takes a password found in an imported file into the vault, if the person at the screen wants that. */
  offerSecret?: (siteId: SiteId, user: string, password: string) => Promise<void>
  /** Media may come from this very computer: decided when the program started. */
  hasLoopback: boolean
}

/** Where profiles are edited while the program runs: what is saved here takes effect at once. */
export class ProfileDesk {
  readonly #needs: ProfileDeskNeeds
  readonly #imports: ImportTray
  /** What was taken away since the program started, by ids that mean nothing elsewhere. */
  readonly #removed = new Map<string, RemovedFile & { unusable: ProfileProblem | undefined }>()
  #isChoosing = false

  constructor(needs: ProfileDeskNeeds) {
    const { store, after, keepSecret, offerSecret } = needs
    const hasVault = offerSecret !== undefined
    this.#needs = needs
    this.#imports = new ImportTray({
      stored: store.all,
      withPinsSeen: store.withPinsSeen,
      after,
      keepSecret,
      hasVault,
    })
  }

  read(id: SiteId): ProfileShown {
    const { profile, managed, file } = this.#stored(id)
    return { draft: draftOf(profile), managed, fileName: path.basename(file), origins: originsShown(profile) }
  }

  /** Saves a draft as a site of its own, or in place of what a site's profile says. */
  async save(id: SiteId | null, draft: ProfileDraft): Promise<ProfileSaved> {
    this.#demandMayChange()
    const { store } = this.#needs
    const before = id === null ? undefined : this.#stored(id).profile
    const stored =
      id === null
        ? await store.add(withDraft({ version: 1, id: newId(), trust: {} }, draft))
        : await store.change(id, (profile) => withDraft(profile, draft))
    return await this.#put(stored, { before, source: 'edited' })
  }

  /** A second site with the same settings and the same certificates. */
  async duplicate(id: SiteId): Promise<ProfileSaved> {
    this.#demandMayChange()
    const { profile, managed, file } = this.#stored(id)
    if (managed) throw new AppError({ kind: 'managed', file, rule: 'this site is set up for the whole computer' })
    const stored = await this.#needs.store.add({ ...profile, id: newId(), name: copyName(profile.name) })
    return await this.#put(stored, { before: undefined, source: 'copied' })
  }

  /**
   * A site of its own for one below an open site, under the guid it has on its server where that is free. What was
   * typed goes before the address its parent gives. First contact follows: no trust comes with it.
   *
   * Throws AppError not-found, and bad-field where the address is none, or the name cannot be kept.
   */
  async addChild(id: SiteId, childId: string, typed?: string): Promise<ProfileSaved> {
    this.#demandMayChange()
    const { store, sites } = this.#needs
    const child = sites.get(id).shown.children.find((one) => one.id === childId)
    if (!child) throw new AppError({ kind: 'not-found', what: 'site' })
    const profile = profileOfChild(this.#freeId(child.id), { ...child, address: typed ?? child.address })
    if (!profile)
      throw new AppError({ kind: 'bad-field', field: 'address', problem: 'must be https://host or https://host:port' })
    const problem = oddityOf(profile.name)
    if (problem) throw new AppError({ kind: 'bad-field', field: 'name', problem })
    return await this.#put(await store.add(profile), { before: undefined, source: 'edited' })
  }

  /** Gives the name the file is kept under, and what it can be brought back by until the program ends. */
  async remove(id: SiteId): Promise<ProfileRemoved> {
    this.#demandMayChange()
    const { store, sites } = this.#needs
    const unusable = sites.unusable(id)
    const profile = unusable ? undefined : this.#stored(id).profile
    const removed = unusable ? await store.removeFile(unusable) : await store.remove(id)
    if (profile) this.#tellTrust(trustChanges(profile, undefined), 'removed')
    if (unusable) sites.forget(id)
    else sites.remove(id)
    const removalId = randomUUID()
    this.#removed.set(removalId, { ...removed, unusable })
    return { keptAs: path.basename(removed.keptAs), removalId }
  }

  /** Brings a removed site back as its file has it, signed out. Throws AppError not-found, bad-file or managed. */
  async restore(removalId: string): Promise<void> {
    this.#demandMayChange()
    const { store, sites } = this.#needs
    const removed = this.#removed.get(removalId)
    if (!removed) throw new AppError({ kind: 'not-found', what: 'site' })
    if (removed.unusable) {
      await store.restoreFile(removed)
      sites.remember(removed.unusable)
    } else {
      const stored = await store.restore(removed)
      this.#tellTrust(trustChanges(undefined, stored.profile), 'restored')
      await sites.put(stored)
    }
    this.#removed.delete(removalId)
  }

  /** Asks for a file and says what it would change; `null` where the person chose none. Nothing is written. */
  async chooseImport(): Promise<ImportPreview | null> {
    this.#demandMayChange()
    const file = await this.#choose(() => this.#needs.dialogs.chooseFile())
    return file === null ? null : this.#imports.look(file)
  }

  /** Does what the preview said, unless the profile was changed since. */
  async confirmImport(importId: string): Promise<ProfileSaved> {
    this.#demandMayChange()
    const { store, offerSecret } = this.#needs
    const { profile, before, password } = this.#imports.take(importId)
    const stored = before
      ? await store.change(before.id, (current) => {
          if (JSON.stringify(current) === JSON.stringify(before)) return profile
          const { file } = this.#stored(before.id)
          throw new AppError({ kind: 'bad-file', file, problem: 'was changed meanwhile: import the file again' })
        })
      : await store.add(profile)
    const saved = await this.#put(stored, { before, source: 'imported' })
    if (password !== null) await offerSecret?.(profile.id, profile.user ?? '', password)
    return saved
  }

  /** Writes a copy where the person wants it; `null` where that is nowhere. */
  async export(id: SiteId): Promise<{ fileName: string } | null> {
    const { profile } = this.#stored(id)
    const target = await this.#choose(() => this.#needs.dialogs.chooseTarget(fileNameFor(profile.name), 'profile'))
    if (target === null) return null
    await this.#needs.store.copyTo(id, target)
    return { fileName: path.basename(target) }
  }

  close(): void {
    this.#imports.clear()
  }

  async #put(
    stored: StoredProfile,
    { before, source }: { before: SiteProfile | undefined; source: TrustSource },
  ): Promise<ProfileSaved> {
    const { sites, hasLoopback } = this.#needs
    this.#tellTrust(trustChanges(before, stored.profile), source)
    await sites.put(stored)
    return { siteId: stored.profile.id, restartNeeded: !hasLoopback && stored.profile.gateway.some(isLoopback) }
  }

  /** Before the sites are made anew: then whoever sits here is signed out. */
  #tellTrust(changes: TrustChange[], source: TrustSource): void {
    const { sites, audit } = this.#needs
    const who = whoSitsHere(sites.all())
    for (const change of changes) audit(trustLine(change, { who, source }))
  }

  #stored(id: SiteId): StoredProfile {
    const stored = this.#needs.store.all().find(({ profile }) => profile.id === id)
    if (!stored) throw new AppError({ kind: 'not-found', what: 'site' })
    return stored
  }

  /** The server's guid, so that the site is known again below its parent, unless another site goes by it. */
  #freeId(guid: string): SiteId {
    const { data: id } = SiteId.safeParse(guid.toLowerCase())
    const isFree = id !== undefined && this.#needs.store.all().every(({ profile }) => profile.id !== id)
    return isFree ? id : newId()
  }

  #demandMayChange(): void {
    const against = this.#needs.store.all().find(({ managed, profile }) => forbidsAdding(managed, profile))
    if (!against) return
    throw new AppError({ kind: 'managed', file: against.file, rule: 'sites are not added, changed or removed here' })
  }

  /** One dialog at a time. */
  async #choose(ask: () => Promise<string | null>): Promise<string | null> {
    if (this.#isChoosing) return null
    this.#isChoosing = true
    try {
      return await ask()
    } finally {
      this.#isChoosing = false
    }
  }
}

const newId = (): SiteId => randomUUID() as string as SiteId

/** `North copy`, within the length of a name. */
const copyName = (name: SiteProfile['name']): string => `${Array.from(name).slice(0, 95).join('').trimEnd()} copy`
