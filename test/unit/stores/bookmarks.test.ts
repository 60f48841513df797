// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { calls } from '../../../src-preload/contract/calls.ts'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useBookmarks } from '../../../src-renderer/stores/bookmarks.ts'
import { useJobs } from '../../../src-renderer/stores/jobs.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'
import { jobOf } from '../support/recordings.ts'

const cameras = [
  { siteId: '5f0c3a52-6a3e-4b8a-9d57-3f1f6a3b0c11', cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d01' },
  { siteId: '5f0c3a52-6a3e-4b8a-9d57-3f1f6a3b0c11', cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d02' },
] as CameraRef[]

describe('a quick bookmark', () => {
  it('asks for ten seconds before the press and thirty after it, in words the door takes, and follows each', async () => {
    const bridge = new FakeBridge({
      addBookmarks: async () => [jobOf(1, 1, { phase: 'sending' }), jobOf(2, 1, { phase: 'sending' })],
    })
    usePage(bridge)
    await useBookmarks().addQuick(cameras, 'Bookmark')
    const [asked] = bridge.asked
    expect(asked).toEqual({
      name: 'addBookmarks',
      input: { cameras, at: null, beforeSeconds: 10, afterSeconds: 30, headline: 'Bookmark', description: '' },
    })
    expect(calls.addBookmarks.input.safeParse(asked!.input).success).toBe(true)
    expect(useJobs().open.map(({ reference }) => reference)).toEqual(['WP-2', 'WP-1'])
  })
})
