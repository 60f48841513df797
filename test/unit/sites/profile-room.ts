import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CallName, Input, Output } from '../../../src-preload/contract/calls.ts'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { ProfileDraft } from '../../../src-preload/contract/models/profile.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices, type ServiceNeeds, type Services } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'

export const north = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId
export const south = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a02' as SiteId
export const origin = 'https://gateway.example'
export const pin = 'ab'.repeat(32)
export const otherPin = 'cd'.repeat(32)
export const pinned = { trust: { [origin]: { mode: 'pin', pins: [pin] } } }
export const profile = (id: SiteId, name: string, more: object = {}): object => ({
  version: 1,
  id,
  name,
  gateway: [origin],
  ...more,
})

/** A computer with the two folders profiles lie in, and main over them, spoken to as the page does. */
export class ProfileRoom {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'profile-room-'))
  readonly user = path.join(this.folder, 'user')
  readonly machine = path.join(this.folder, 'machine')
  facts: { name: string; fact: unknown }[] = []
  /** What the person at the screen answers in the next dialog. */
  chosen: string | null = null
  #services: Services | undefined
  #log: ReturnType<typeof createMemoryLog> | undefined

  constructor() {
    mkdirSync(this.user)
    mkdirSync(this.machine)
  }

  put(where: string, name: string, content: object | string): string {
    const file = path.join(where, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** Starts main, again if it runs. */
  async open(more: Partial<ServiceNeeds> = {}): Promise<void> {
    await this.#services?.close()
    const log = createMemoryLog()
    this.#services = await createServices({
      profiles: { machineFolder: this.machine, userFolder: this.user, extraFiles: [] },
      preferences: createPreferenceMemory(),
      log,
      announce: (name, fact) => void this.facts.push({ name, fact: structuredClone(fact) }),
      dialogs: {
        chooseFile: async () => this.chosen,
        chooseTarget: async () => this.chosen,
        chooseFolder: async () => this.chosen,
      },
      ...more,
    })
    this.#log = log
  }

  /** Everything main said: facts to the page, lines to the log. */
  get said(): string {
    return (this.#log?.lines.join('\n') ?? '') + JSON.stringify(this.facts)
  }

  readonly ask = async <K extends CallName>(
    name: K,
    ...[input]: undefined extends Input<K> ? [] : [Input<K>]
  ): Promise<Output<K>> => {
    const result = await this.#services!.answer(name, input)
    if (!result.ok) throw new AppError(result.failure)
    return structuredClone(result.value) as Output<K>
  }

  sites(): Promise<Site[]> {
    return this.ask('listSites')
  }

  async names(): Promise<string[]> {
    return (await this.sites()).map(({ name }) => name)
  }

  /** Names in the list the page was told last. */
  lastList(): string[] | undefined {
    const told = this.facts.filter(({ name }) => name === 'siteListChanged').at(-1)
    return (told?.fact as Site[] | undefined)?.map(({ name }) => name)
  }

  async draftOf(siteId: SiteId): Promise<ProfileDraft> {
    return (await this.ask('readProfile', { siteId })).draft
  }

  inFile(name: string): object {
    return JSON.parse(readFileSync(path.join(this.user, name), 'utf8')) as object
  }

  async close(): Promise<void> {
    await this.#services?.close()
    rmSync(this.folder, { recursive: true })
  }
}

export const failureOf = (asked: Promise<unknown>): Promise<Failure | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => (error as AppError).failure,
  )
