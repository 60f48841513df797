import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CallName, Input, Output } from '../../../src-preload/contract/calls.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Camera } from '../../../src-preload/contract/models/camera.ts'
import type { SiteId } from '../../../src-preload/contract/models/ids.ts'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices, type ServiceNeeds, type Services } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'

export const siteId = '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId

export interface Desk {
  ask: <K extends CallName>(name: K, input?: Input<K>) => Promise<Output<K>>
  /** The site as listed now. */
  site: () => Promise<Site>
  /** The site in every state it was announced in. */
  phases: () => string[]
  facts: { name: string; fact: unknown }[]
  lines: string[]
  file: string
  services: Services
  close: () => Promise<void>
}

/** Main as the page knows it: real services over a profile in a folder of its own, spoken to through the door's desk. */
export async function openDesk(
  profile: object,
  clock?: ServiceNeeds['clock'],
  secrets?: ServiceNeeds['secrets'],
): Promise<Desk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const file = path.join(folder, 'a.watchpost.json')
  writeFileSync(file, JSON.stringify({ version: 1, id: siteId, name: 'North', ...profile }))
  const facts: Desk['facts'] = []
  const log = createMemoryLog()
  const services = await createServices({
    profiles: { userFolder: folder, extraFiles: [] },
    preferences: createPreferenceMemory(),
    log,
    ...(clock && { clock }),
    ...(secrets && { secrets }),
    announce: (name, fact) => void facts.push({ name, fact: structuredClone(fact) }),
  })

  const ask: Desk['ask'] = async (name, input) => {
    const result = await services.answer(name, input)
    if (!result.ok) throw new AppError(result.failure)
    return structuredClone(result.value) as Output<typeof name>
  }
  return {
    ask,
    facts,
    file,
    services,
    lines: log.lines,
    site: async () => (await ask('listSites'))[0]!,
    phases: () => facts.filter(({ name }) => name === 'siteChanged').map(({ fact }) => (fact as Site).state.phase),
    async close() {
      await services.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Every camera that can be read now. */
export async function camerasOf({ ask }: Pick<Desk, 'ask'>): Promise<Camera[]> {
  const cameras: Camera[] = []
  for (let from: number | undefined = 0; from !== undefined;) {
    const page: Output<'listCameras'> = await ask('listCameras', { siteId, from, count: 4 })
    cameras.push(...page.cameras)
    from = page.next
  }
  return cameras
}
