import path from 'node:path'
import { AppError } from '../src-preload/contract/failure.ts'
import type { Scope } from './log.ts'
import { PictureStore } from './storage/picture-store.ts'

/**
 * Opens the store of recorded pictures in a data folder. Rejects with AppError bad-file; without it no recorded picture is
 * shown beside the timeline.
 */
export async function openPicturesIn(dataFolder: string | undefined, log: Pick<Scope, 'error'>): Promise<PictureStore> {
  if (dataFolder === undefined) throw new AppError({ kind: 'bad-file', file: 'pictures', problem: 'have no place' })
  const store = new PictureStore(path.join(dataFolder, 'timeline-pictures'))
  try {
    await store.open()
  } catch (cause) {
    log.error('recorded pictures have no place', cause)
    throw new AppError({ kind: 'bad-file', file: 'pictures', problem: 'have no place' }, { cause })
  }
  return store
}
