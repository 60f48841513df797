import { TakeAway, type TakeAwayNeeds } from '../../../src-main/actions/take-away.ts'
import type { AuditEntry } from '../../../src-main/journal/audit-entry.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'

export const camera = {
  siteId: '5f0c3a52-6a3e-4b8a-9d57-3f1f6a3b0c11',
  cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d01',
} as CameraRef
export const otherCamera = { ...camera, cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d02' } as CameraRef

/** A site somebody is signed in at, a folder for pictures, and what became known of what was taken away. */
export interface TakeAwayRoom {
  takeAway: TakeAway
  audited: AuditEntry[]
  shown: string[]
  /** What the person answers in the next dialog. */
  answer: { chosen: string | null }
}

export function openTakeAway(
  pictures: string | undefined,
  site: { clockOffsetMs?: number } = { clockOffsetMs: 1500.4 },
): TakeAwayRoom {
  const audited: AuditEntry[] = []
  const shown: string[] = []
  const answer: TakeAwayRoom['answer'] = { chosen: null }
  const state = { phase: 'open' as const, user: 'operator', link: { is: 'up' as const } }
  const said = { name: 'Northgate: Works', state, user: '', timeZone: 'Atlantic Standard Time', ...site }
  const needs: TakeAwayNeeds = {
    sites: { get: () => ({ shown: said, cameras: { nameOf: () => 'Main/gate' } }) },
    preferences: createPreferenceMemory(),
    preferencesChanged: () => {},
    pictures,
    chooseFolder: async () => answer.chosen,
    show: (file) => void shown.push(file),
    audit: async (entry) => void audited.push(entry),
    inWords: (user) => `${user} signed in, root at this computer`,
    version: '0.1.0',
    now: () => Date.parse('2026-11-26T18:02:31.000Z'),
  }
  return { takeAway: new TakeAway(needs), audited, shown, answer }
}
