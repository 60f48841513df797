import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices, type Services } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'
import type { CallName, Input, Output } from '../../../src-preload/contract/calls.ts'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { ExportOrder } from '../../../src-preload/contract/models/export.ts'
import { camera, otherCamera } from './take-away-room.ts'

export const order: ExportOrder = {
  cameras: [camera, otherCamera],
  from: '2026-11-26T18:02:30.000Z',
  to: '2026-11-26T18:05:00.000Z',
  needBytes: 1_000,
}
/** Bytes of the file that is complete, and of the one that is not. */
export const [whole, half] = [40_000, 20_000]

/** Main over a folder of its own, with a site nobody has to reach for files to be written. */
export async function exportingMain(folder: string): Promise<{
  services: Services
  ask: <K extends CallName>(name: K, input?: Input<K>) => Promise<Output<K>>
}> {
  const profile = { version: 1, id: camera.siteId, name: 'North', gateway: ['https://gateway.invalid'] }
  writeFileSync(path.join(folder, 'a.watchpost.json'), JSON.stringify(profile))
  const services = await createServices({
    profiles: { userFolder: folder, extraFiles: [] },
    preferences: createPreferenceMemory(),
    log: createMemoryLog(),
    dataFolder: path.join(folder, 'data'),
    takeAway: { pictures: path.join(folder, 'pictures'), show: () => undefined, version: 'test' },
    announce: () => undefined,
  })
  return {
    services,
    async ask(name, input) {
      const result = await services.answer(name, input)
      if (!result.ok) throw new AppError(result.failure)
      return result.value as Output<typeof name>
    },
  }
}
