import { defineStore } from 'pinia'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { ask } from '../api/ask.ts'
import { useJobs } from './jobs.ts'

/** Marks moments on the server. The moment is that of each camera's server, so main reckons it. */
export const useBookmarks = defineStore('bookmarks', () => {
  const jobs = useJobs()

  /** One bookmark each, under one reference. Throws what kept it from being asked for; then none is made. */
  async function addQuick(cameras: readonly CameraRef[], headline: string): Promise<void> {
    const wish = {
      cameras: cameras.map((camera) => ({ ...camera })),
      at: null,
      ...quickBookmark,
      headline,
      description: '',
    }
    for (const job of await ask('addBookmarks', wish)) jobs.jobAccepted(job)
  }

  return { addQuick }
})
