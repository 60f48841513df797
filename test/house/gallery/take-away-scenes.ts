import { AppError } from '../../../src-preload/contract/failure.ts'
import type { ExportId } from '../../../src-preload/contract/models/export.ts'
import { cameraRef } from '../../unit/live/support.ts'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { wall } from './live-scenes.ts'

const folder = 'C:\\Users\\operator\\Pictures\\Watchpost'
const span = '2026-11-26 14-02-30 to 14-05-00 viewing copy'

function takeAway(): FakeBridge {
  const bridge = wall({ rows: 2, columns: 2 })
  const id = '00000000-0000-4000-b000-000000000077'
  const fileName = 'Northgate Works Car park north 2026-11-26 14-02-30.240.png'
  bridge.answer('saveSnapshot', async () => ({ id, fileName, folder }))
  bridge.answer('readExportRoom', async () => ({ folder, freeBytes: 212_000_000_000 }))
  bridge.answer('beginExport', async () => ({ id: id as ExportId, folder: `${folder}\\Northgate Works ${span}` }))
  bridge.answer('cancelExport', async () => undefined)
  return bridge
}

/** The program ended while an export ran. */
function broken(complete: number, problem: string | null): FakeBridge {
  const bridge = takeAway()
  const into = `${folder}\\Northgate Works ${span}`
  bridge.answer('listBrokenExports', async () => [
    {
      id: '00000000-0000-4000-b000-000000000078' as ExportId,
      folder: into,
      from: '2026-11-26T14:02:30.000Z',
      to: '2026-11-26T14:05:00.000Z',
      complete,
      missing: [cameraRef(2), cameraRef(3)],
      file:
        complete > 0 && problem === null
          ? { id: '00000000-0000-4000-b000-000000000079', fileName: 'manifest.json', folder: into }
          : null,
      problem,
    },
  ])
  return bridge
}

const full = new AppError({ kind: 'bad-file', file: folder, problem: 'the disk is full' })

/** Pictures and viewing copies, where they can be written and where not. */
export const takeAwayScenes: Record<string, () => FakeBridge> = {
  'take-away': takeAway,
  'take-away-full': () => {
    const bridge = takeAway()
    bridge.answer('saveSnapshot', () => Promise.reject(full))
    bridge.answer('readExportRoom', async () => ({ folder, freeBytes: 12_000_000 }))
    return bridge
  },
  'take-away-broken': () => broken(1, null),
  'take-away-broken-nothing': () => broken(0, null),
  'take-away-broken-stuck': () => broken(1, 'it is not there'),
  'take-away-failed': () => {
    const bridge = takeAway()
    bridge.answer('beginExport', () => Promise.reject(full))
    return bridge
  },
}
