import { describe, expect, it } from 'vitest'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { lockedCameras, lockStanding, type LockKnown } from '../../../src-main/actions/lock-standing.ts'
import type { EvidenceLock } from '../../../src-main/xprotect/evidence-lock.ts'

const [a, b] = ['a', 'b'] as CameraId[] as [CameraId, CameraId]
const lockOf = (cameraIds: CameraId[], size: number | null): EvidenceLock => ({
  id: 'l',
  reference: '',
  headline: '',
  description: '',
  user: '',
  created: '',
  begin: '',
  triggered: '',
  end: '',
  protects: null,
  expires: '',
  retention: null,
  size,
  cameraIds,
  otherDevices: 0,
})
const offline = [{ cameraId: b, message: 'Offline' }]

describe('how a lock stands', () => {
  it.each<[string, Partial<LockKnown>, string, string]>([
    ['not read back yet', {}, 'unread', 'protected protected'],
    ['not read back, its reply lost', { faults: null }, 'unread', 'waiting waiting'],
    ['read, not applied', { lock: lockOf([a, b], null) }, 'following', 'protected protected'],
    ['read, its reply lost', { faults: null, lock: lockOf([a, b], null) }, 'following', 'waiting waiting'],
    ['a recorder is away', { faults: offline, lock: lockOf([a, b], null) }, 'following', 'protected waiting'],
    ['that recorder is back', { faults: offline, lock: lockOf([a, b], 9) }, 'applied', 'protected protected'],
    ['a camera was left out', { faults: offline, lock: lockOf([a], 9) }, 'partial', 'protected refused'],
    ['taken away since', { lock: lockOf([a, b], 9), isGone: true }, 'gone', 'protected protected'],
  ])('%s', (_, known, is, cameras) => {
    const whole: LockKnown = { cameraIds: [a, b], faults: [], lock: null, isGone: false, ...known }
    const each = lockedCameras(whole)
    expect([lockStanding(whole), each.map((camera) => camera.is).join(' ')]).toEqual([is, cameras])
    expect(each[1]!.message).toBe(known.faults === offline ? 'Offline' : '')
  })
})
