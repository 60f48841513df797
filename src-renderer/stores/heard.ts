import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { RecordingNow } from '../../src-preload/contract/models/recording.ts'
import type { Site } from '../../src-preload/contract/models/site.ts'
import { merge, type Span, type Spans } from '../time/ranges.ts'
import { cameraKey, type CameraKey } from './camera-list.ts'
import { useRecordings } from './recordings.ts'
import { useSession } from './session.ts'

/** A recording that was heard of. Epoch milliseconds by the server's clock; `null` while the server says that it goes on. */
interface HeardRecording {
  readonly beginMs: number
  readonly endMs: number | null
  /** Somebody asked for it here. */
  readonly isOurs: boolean
}

/** Something a server told while this page was listening. `camera` is `null` where it is of the whole site. */
export interface HeardEvent {
  readonly key: string
  readonly siteId: SiteId
  readonly camera: CameraRef | null
  /** Epoch milliseconds by the server's clock. */
  readonly atMs: number
  readonly is: 'began' | 'beganHere' | 'ended' | 'serverLost' | 'serverBack'
}

/** Older ones are forgotten. */
const MOST_EVENTS = 2_000

/**
 * What was heard of the servers since this page has been listening: recordings that begin and end, and which of them were
 * begun here; and servers that could not be reached. A recorder's sequences say neither.
 */
export const useHeard = defineStore('heard', () => {
  const recordings = useRecordings()
  const session = useSession()
  const sinceMs = Date.now()
  const byCamera = shallowRef<ReadonlyMap<CameraKey, readonly HeardRecording[]>>(new Map())
  const events = shallowRef<readonly HeardEvent[]>([])

  const nowAt = (siteId: string): number =>
    Date.now() + (session.sites.find(({ id }) => id === siteId)?.clockOffsetMs ?? 0)

  function hear(now: ReadonlyMap<CameraKey, RecordingNow>, before: ReadonlyMap<CameraKey, RecordingNow> = new Map()) {
    for (const [key, was] of before) end(was, now.get(key))
    byCamera.value = new Map([...byCamera.value].map(([key, list]) => [key, list.map((one) => standing(key, one))]))
    for (const one of now.values()) begin(one, before.get(cameraKey(one.camera)))
  }

  function begin(one: RecordingNow, was: RecordingNow | undefined): void {
    if (one.state !== 'recording') return
    const key = cameraKey(one.camera)
    const startedMs = one.startedAt === null ? NaN : Date.parse(one.startedAt)
    const isOurs = one.startedBy === 'us'
    const wentOn = (was?.state === 'recording' || was?.state === 'unknown') && was.startedAt === one.startedAt
    if (!wentOn) tell(one.camera, isOurs ? 'beganHere' : 'began', startedMs || nowAt(one.camera.siteId))
    if (Number.isNaN(startedMs)) return
    // What the pre-buffer has is part of it. The same again goes on: its server was away, or said nothing new.
    const beginMs = startedMs - (one.preBufferSeconds ?? 0) * 1000
    const others = (byCamera.value.get(key) ?? []).filter((other) => other.beginMs !== beginMs)
    byCamera.value = new Map(byCamera.value).set(key, [...others, { beginMs, endMs: null, isOurs }])
  }

  function end({ camera, state, startedAt }: RecordingNow, now: RecordingNow | undefined): void {
    if (state !== 'recording' || now?.state === 'unknown' || !recordings.isKnown(camera.siteId)) return
    if (now?.state !== 'recording' || now.startedAt !== startedAt) tell(camera, 'ended', nowAt(camera.siteId))
  }

  /** Until the server says again that it goes on. */
  function standing(key: CameraKey, one: HeardRecording): HeardRecording {
    if (one.endMs !== null) return one
    return { ...one, endMs: Math.max(nowAt(key.slice(0, key.indexOf('/'))), one.beginMs) }
  }

  function tell(camera: CameraRef, is: HeardEvent['is'], atMs: number): void {
    add({ key: `${cameraKey(camera)} ${is} ${atMs}`, siteId: camera.siteId, camera, atMs, is })
  }

  function add(event: HeardEvent): void {
    if (events.value.some(({ key }) => key === event.key)) return
    events.value = [...events.value, event].slice(-MOST_EVENTS)
  }

  function hearSites(now: readonly Site[], before: readonly Site[] = []): void {
    for (const { id: siteId, state } of now) {
      const was = before.find(({ id }) => id === siteId)?.state
      if (state.phase !== 'open' || was?.phase !== 'open' || state.link.is === was.link.is) continue
      const [is, atMs] = [state.link.is === 'up' ? ('serverBack' as const) : ('serverLost' as const), nowAt(siteId)]
      add({ key: `${siteId} ${is} ${atMs}`, siteId, camera: null, atMs, is })
    }
  }

  /** Which of its recordings were begun here by hand. `nowMs`: the server's clock. */
  function byHand(camera: CameraRef, nowMs: number): Spans {
    const ours = (byCamera.value.get(cameraKey(camera)) ?? []).filter(({ isOurs }) => isOurs)
    return merge(ours.map(({ beginMs, endMs }): Span => ({ beginMs, endMs: endMs ?? nowMs })))
  }

  /** What was heard of these cameras and their sites, oldest first. */
  function of(cameras: readonly CameraRef[]): HeardEvent[] {
    const keys = new Set(cameras.map(cameraKey))
    const sites = new Set(cameras.map(({ siteId }) => siteId))
    return events.value
      .filter(({ camera, siteId }) => (camera ? keys.has(cameraKey(camera)) : sites.has(siteId)))
      .toSorted((one, other) => one.atMs - other.atMs)
  }

  watch(() => recordings.now, hear, { immediate: true })
  watch(() => session.sites, hearSites)

  return { sinceMs, byHand, of }
})
