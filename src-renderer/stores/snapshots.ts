import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { SavedFile, SnapshotOrder } from '../../src-preload/contract/models/snapshot.ts'
import { ask } from '../api/ask.ts'

/** What became of the picture that was taken last. */
export type Snapshot =
  | { is: 'none' }
  | { is: 'saving' }
  /** `isStale`: it was an old picture. */
  | { is: 'saved'; file: SavedFile; isStale: boolean }
  /** There was nothing to take. */
  | { is: 'refused'; why: 'noCamera' | 'noPicture' }
  | { is: 'failed'; because: Failure }

/** Pictures saved into files: the last one, and how it went. */
export const useSnapshots = defineStore('snapshots', () => {
  const latest = shallowRef<Snapshot>({ is: 'none' })

  /** `order` draws and encodes the picture; `null` where there is none. Says itself what fails. */
  async function take(order: () => Promise<SnapshotOrder | null>): Promise<void> {
    if (latest.value.is === 'saving') return
    latest.value = { is: 'saving' }
    try {
      const wish = await order()
      latest.value = wish
        ? { is: 'saved', file: await ask('saveSnapshot', wish), isStale: wish.stale }
        : { is: 'refused', why: 'noPicture' }
    } catch (error) {
      latest.value = { is: 'failed', because: failureOf(error) }
    }
  }

  return {
    latest: shallowReadonly(latest),
    take,
    refuse: () => void (latest.value = { is: 'refused', why: 'noCamera' }),
    dismiss: () => void (latest.value = { is: 'none' }),
    /** Throws `not-found` where main does not know it any more. */
    show: ({ id }: SavedFile) => ask('showSaved', { id }),
    chooseFolder: () => ask('chooseTakeAwayFolder'),
  }
})
