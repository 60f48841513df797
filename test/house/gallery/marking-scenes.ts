import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import type { EvidenceLock, LockProgress } from '../../../src-preload/contract/models/evidence-lock.ts'
import { cameraId, cameraRef } from '../../unit/live/support.ts'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { jobOf } from '../../unit/support/recordings.ts'
import { capabilitiesOf, siteId } from '../../unit/support/sites.ts'
import { wall } from './live-scenes.ts'

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString()
const guid = (number: number): string => `00000000-0000-4000-b000-${String(number).padStart(12, '0')}`

const bookmarks = Array.from({ length: 60 }, (_, at): Bookmark => ({
  id: guid(at + 1),
  camera: cameraRef((at % 9) + 1),
  reference: `WP-${7_204 - at}`,
  headline: ['Van at the barrier', 'Door held open', 'Person over the fence, north side, near the second lamp'][
    at % 3
  ]!,
  description: at % 2 === 0 ? 'White van, no number plate.\nGuard was told at once.' : '',
  begin: ago(at * 2_700 + 40),
  triggered: ago(at * 2_700 + 30),
  end: ago(at * 2_700),
  user: at % 4 === 0 ? '' : 'HQ\\operator',
}))

const lockOf = (number: number, cameras: number[], changes: Partial<EvidenceLock> = {}): EvidenceLock => ({
  id: guid(100 + number),
  siteId: siteId(1),
  cameraIds: cameras.map(cameraId),
  otherDevices: 1,
  reference: `WP-LK-${number}`,
  headline: ['Van at the barrier', 'Theft from the loading dock, second report'][number % 2]!,
  description: '',
  user: 'HQ\\operator',
  created: ago(600),
  begin: '2026-11-26T14:02:10.000Z',
  end: '2026-11-26T14:58:00.000Z',
  protects: { begin: '2026-11-26T14:00:00.000Z', end: '2026-11-26T15:00:00.000Z' },
  expires: { is: 'at', at: '2030-02-23T00:00:00.000Z' },
  keepFor: { type: 'months', units: 3 },
  sizeBytes: 18_400_000_000,
  ...changes,
})
const locks = [
  lockOf(1, [3, 4], { sizeBytes: null }),
  lockOf(2, [5]),
  lockOf(3, [1, 2, 3, 4], { expires: { is: 'never' } }),
  lockOf(4, [6], { expires: { is: 'at', at: '2026-01-02T00:00:00.000Z' } }),
  lockOf(5, [7], { sizeBytes: null, expires: { is: 'unknown' }, protects: null }),
]
const halfDone: LockProgress = {
  jobId: jobOf(50, 3, { phase: 'sending' }).id,
  siteId: siteId(1),
  lockId: guid(101),
  is: 'following',
  cameras: [
    { cameraId: cameraId(3), is: 'protected', message: '' },
    { cameraId: cameraId(4), is: 'waiting', message: 'Recording server is offline' },
  ],
  lock: locks[0]!,
  differs: [],
  seenAt: ago(20),
}

function marking(): FakeBridge {
  const bridge = wall({ timeZone: 'Tokyo Standard Time' })
  bridge.answer('findBookmarks', async () => ({ bookmarks, next: 'more' }))
  bridge.answer('findEvidenceLocks', async () => ({ locks, next: null }))
  bridge.answer('listLockProgress', async () => [halfDone])
  bridge.answer('listLockProfiles', async () => [
    {
      id: guid(900),
      name: 'Default',
      choices: [
        { type: 'weeks', units: 2 },
        { type: 'months', units: null },
        { type: 'until' },
        { type: 'indefinite' },
      ],
    },
  ])
  bridge.answer('listMicrophones', async () => [
    { id: guid(901), name: 'Car park north, microphone', cameraIds: [cameraId(1)] },
  ])
  bridge.answer('addBookmarks', async ({ cameras }) =>
    cameras.map((_, at) =>
      jobOf(
        60 + at,
        at + 1,
        at === 1 ? { phase: 'refused', because: { kind: 'forbidden' } } : { phase: 'done', said: null },
        {
          kind: 'bookmark',
        },
      ),
    ),
  )
  bridge.answer('addEvidenceLock', async () =>
    jobOf(50, 3, { phase: 'done', said: null }, { kind: 'evidence-lock', alsoDeviceIds: [cameraId(4)] }),
  )
  return bridge
}

/** The forms for bookmarks and evidence locks, and the lists they are found in. */
export const markingScenes: Record<string, () => FakeBridge> = {
  marking,
  'marking-nothing': () => {
    const bridge = marking()
    bridge.answer('findBookmarks', async () => ({ bookmarks: [], next: null }))
    bridge.answer('findEvidenceLocks', async () => {
      throw new AppError({ kind: 'unreachable', what: 'server', how: 'timeout' })
    })
    return bridge
  },
  'marking-cannot': () =>
    wall({
      capabilities: capabilitiesOf({
        edition: { is: 'known', value: { level: 'professional+', name: 'XProtect Professional+' } },
      }),
    }),
}
