import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { ImportPreview } from '../../src-preload/contract/models/profile.ts'
import { compareProfiles } from '../storage/compare-profiles.ts'
import { parseProfile } from '../storage/parse-profile.ts'
import type { SiteProfile } from '../storage/profile.ts'
import type { StoredProfile } from '../storage/profiles.ts'
import { readImport, type Imported } from '../storage/read-import.ts'
import { addressOf } from './origins.ts'

/** A file that was looked at and waits for a person's yes. */
export interface WaitingImport {
  profile: SiteProfile
  /** What it takes the place of, as it was when the person saw the difference. */
  before: SiteProfile | undefined
  password: string | null
}

export interface ImportTrayNeeds {
  stored: () => StoredProfile[]
  /** The profile with the certificates agreed on earlier that it lacks. */
  withPinsSeen: (profile: SiteProfile) => SiteProfile
  after: (ms: number, run: () => void) => () => void
  keepSecret: (secret: string) => void
  /** Somebody will be offered the password. */
  hasVault: boolean
}

/** As long as a certificate may be agreed on after it was seen. */
const waitingMs = 15 * 60_000

/** Holds the one file chosen last, and its password, until it is confirmed, another is chosen or a while has passed. */
export class ImportTray {
  readonly #needs: ImportTrayNeeds
  #waiting: { importId: string; found: WaitingImport; forget: () => void } | undefined

  constructor(needs: ImportTrayNeeds) {
    this.#needs = needs
  }

  /** Reads a file and says what it would change. Throws AppError bad-file or managed. */
  async look(file: string): Promise<ImportPreview> {
    this.clear()
    const imported = await readImport(file)
    const { profile, before } = this.#place(imported, path.basename(file))
    const password = imported.kind === 'env' ? imported.password : null
    if (password !== null) this.#needs.keepSecret(password)

    const importId = randomUUID()
    const forget = this.#needs.after(waitingMs, () => this.clear())
    this.#waiting = { importId, found: { profile, before, password }, forget }
    return {
      importId,
      name: profile.name,
      fileName: path.basename(file),
      replaces: before?.id ?? null,
      changes: compareProfiles(before, profile),
      foundPassword: password !== null,
      warnings: [...(imported.kind === 'env' ? imported.warnings : []), ...this.#warnings(profile, password)],
    }
  }

  /** Gives what waits under this id, once. Throws AppError bad-file. */
  take(importId: string): WaitingImport {
    const waiting = this.#waiting
    if (waiting?.importId !== importId)
      throw new AppError({ kind: 'bad-file', file: 'chosen last', problem: 'is no longer waiting; choose it again' })
    this.clear()
    return waiting.found
  }

  clear(): void {
    this.#waiting?.forget()
    this.#waiting = undefined
  }

  /** The profile as it would be saved, and the one it takes the place of. */
  #place(imported: Imported, fileName: string): Pick<WaitingImport, 'profile' | 'before'> {
    if (imported.kind === 'profile') {
      const before = this.#own(imported.profile.id)
      return { profile: this.#needs.withPinsSeen(imported.profile), before }
    }
    const { fields } = imported
    const [gateway] = fields.gateway
    const twins = this.#needs.stored().filter(({ managed, profile }) => !managed && profile.gateway.includes(gateway!))
    const before = twins.length === 1 ? twins[0]!.profile : undefined
    const wished = before
      ? { ...before, ...fields, gateway: before.gateway }
      : { version: 1, id: randomUUID(), name: new URL(gateway!).hostname.slice(0, 100), ...fields }
    const parsed = parseProfile(Buffer.from(JSON.stringify(wished)))
    if ('profile' in parsed) return { profile: parsed.profile, before }
    throw new AppError({ kind: 'bad-file', file: fileName, problem: parsed.problem })
  }

  #own(id: SiteId): SiteProfile | undefined {
    const stored = this.#needs.stored().find(({ profile }) => profile.id === id)
    if (!stored?.managed) return stored?.profile
    throw new AppError({ kind: 'managed', file: stored.file, rule: 'this site is set up for the whole computer' })
  }

  #warnings({ id, gateway }: SiteProfile, password: string | null): string[] {
    const others = this.#needs.stored().filter(({ profile }) => profile.id !== id)
    const same = others.filter(({ profile }) => profile.gateway.some((origin) => gateway.includes(origin)))
    return [
      ...same.map(({ profile }) => `${profile.name} is at ${addressOf(gateway[0]!)} as well`),
      ...(password !== null && !this.#needs.hasVault
        ? ['The password in the file is not kept: type it at sign-in']
        : []),
    ]
  }
}
