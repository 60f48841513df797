import { AppError } from '../../../src-preload/contract/failure.ts'
import type { Alarm } from '../../../src-preload/contract/models/alarm.ts'
import type { Bookmark } from '../../../src-preload/contract/models/bookmark.ts'
import type { EvidenceLock } from '../../../src-preload/contract/models/evidence-lock.ts'
import { cameraId, cameraRef } from '../../unit/live/support.ts'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'
import { recordingOf } from '../../unit/support/recordings.ts'
import { siteId } from '../../unit/support/sites.ts'
import { wall } from './live-scenes.ts'

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString()
const guid = (number: number): string => `00000000-0000-4000-c000-${String(number).padStart(12, '0')}`

const bookmarkOf = (number: number, seconds: number, headline: string): Bookmark => ({
  id: guid(number),
  camera: cameraRef((number % 4) + 1),
  reference: `WP-${number}`,
  headline,
  description: '',
  begin: ago(seconds + 10),
  triggered: ago(seconds),
  end: ago(seconds - 30),
  user: 'HQ\\operator',
})
const bookmarks = [
  bookmarkOf(1, 40, 'Van at the barrier'),
  bookmarkOf(2, 200, 'Door held open'),
  bookmarkOf(3, 410, 'Person over the fence'),
]
const alarmOf = (number: number, seconds: number, name: string, changes: Partial<Alarm> = {}): Alarm => ({
  id: guid(200 + number),
  camera: cameraRef((number % 4) + 1),
  at: ago(seconds),
  name,
  state: 'New',
  priority: 'High',
  ...changes,
})
const alarms = [
  alarmOf(1, 75, 'Glass broken'),
  alarmOf(2, 150, 'Door held open', { priority: 'Medium' }),
  alarmOf(3, 390, 'Mains power lost', { camera: null, state: 'Closed' }),
]
const lock: EvidenceLock = {
  id: guid(100),
  siteId: siteId(1),
  cameraIds: [cameraId(1), cameraId(2)],
  otherDevices: 0,
  reference: 'WP-LK-204',
  headline: 'Van at the barrier',
  description: '',
  user: 'HQ\\operator',
  created: ago(20),
  begin: ago(280),
  end: ago(90),
  protects: { begin: ago(280), end: ago(90) },
  expires: { is: 'at', at: '2030-02-23T00:00:00.000Z' },
  keepFor: null,
  sizeBytes: 4_000_000_000,
}

/** Recordings of a camera, a pause every few minutes, in whatever is asked for. */
function recorded(number: number, from: string, to: string) {
  const [beginMs, endMs, pitchMs] = [Date.parse(from), Date.parse(to), (140 + number * 35) * 1000]
  const spans = []
  for (let atMs = Math.floor(beginMs / pitchMs) * pitchMs; atMs < endMs && spans.length < 20_000; atMs += pitchMs)
    spans.push({ begin: new Date(atMs).toISOString(), end: new Date(atMs + pitchMs * 0.8).toISOString() })
  return spans.map((span) => ({ ...span, end: span.end < to ? span.end : to })).filter((span) => span.end > from)
}

function playback(source: 'recorder' | 'heard' = 'recorder'): FakeBridge {
  const bridge = wall({
    rows: 2,
    columns: 2,
    microphones: [1, 2, 3, 4],
    recordings: [recordingOf(2, { startedAt: ago(150) })],
  })
  bridge.answer('findBookmarks', async () => ({ bookmarks, next: null }))
  bridge.answer('findEvidenceLocks', async () => ({ locks: [lock], next: null }))
  bridge.answer('findAlarms', async () => ({ alarms, next: null }))
  bridge.answer('listSequences', async ({ camera, from, to }) => {
    const number = Number(camera.cameraId.slice(-2))
    const recordings = source === 'heard' ? [] : recorded(number, from, to)
    const motion = recordings.map(({ begin }) => ({
      begin: new Date(Date.parse(begin) + 20_000).toISOString(),
      end: new Date(Date.parse(begin) + 35_000).toISOString(),
    }))
    return { source, known: { begin: from, end: to }, recordings, motion: source === 'heard' ? null : motion }
  })
  return bridge
}

/** Playback with all that its timeline shows. Its pictures are in the house tests. */
export const playbackScenes: Record<string, () => FakeBridge> = {
  playback,
  'playback-heard': () => {
    const bridge = playback('heard')
    bridge.answer('findBookmarks', async () => ({ bookmarks: [], next: null }))
    return bridge
  },
  'playback-alarms-away': () => {
    const bridge = playback()
    bridge.answer('findAlarms', async () => {
      throw new AppError({ kind: 'busy', status: 503 })
    })
    return bridge
  },
}
