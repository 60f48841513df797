import { mayDo, type CameraAction, type Cannot } from '../../src-preload/contract/may-do.ts'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import { quickBookmark } from '../../src-preload/contract/quick-bookmark.ts'
import { cameraKey } from '../stores/camera-list.ts'
import { useBookmarks } from '../stores/bookmarks.ts'
import { useCameras } from '../stores/cameras.ts'
import { useEvidenceLocks, type LockDraft } from '../stores/evidence-locks.ts'
import type { MarkedSpan } from '../stores/playback.ts'
import { useRecordings } from '../stores/recordings.ts'
import { useSession } from '../stores/session.ts'
import { timeText } from './useClock.ts'
import { useCameraNames } from './useCameraNames.ts'
import { useWords } from './useWords.ts'

/** What a lock of what was just seen reaches back. */
const BACK_MS = 5 * 60_000

/** Opens the forms for bookmarks and evidence locks, from wherever something is seen that is to be found or kept. */
export function useMarking() {
  const { t } = useWords()
  const session = useSession()
  const cameras = useCameras()
  const recordings = useRecordings()
  const bookmarks = useBookmarks()
  const locks = useEvidenceLocks()
  const { nameOf } = useCameraNames()

  /** Server clock minus this computer's, milliseconds. */
  const offsetOf = (siteId: SiteId): number => session.sites.find(({ id }) => id === siteId)?.clockOffsetMs ?? 0
  const serverNow = (siteId: SiteId): number => Date.now() + offsetOf(siteId)

  /** Why nothing of the kind can be done with a camera; undefined where it may be, or the server decides. */
  function whyNot(action: CameraAction, camera: CameraRef): Cannot | undefined {
    const site = session.sites.find(({ id }) => id === camera.siteId)
    const may = site ? mayDo(site.capabilities, action, cameras.find(camera)?.camera) : { ok: true as const }
    return may.ok ? undefined : may.why
  }

  /** Each camera once, whose site is open. */
  function offerable(refs: readonly (CameraRef | null)[]): CameraRef[] {
    const known = new Map(refs.flatMap((ref) => (ref ? [[cameraKey(ref), ref] as const] : [])))
    return [...known.values()].filter((ref) => session.openSites.some(({ id }) => id === ref.siteId))
  }

  /** A camera and a time, as a headline to begin with. */
  function headlineOf(of: 'bookmark' | 'lock', refs: readonly CameraRef[], atMs: number): string {
    const [first] = refs
    const named = { camera: first ? nameOf(first) : '', time: timeText(atMs).slice(0, 5), count: refs.length - 1 }
    return refs.length > 1 ? t(`${of}.headlineMore`, named) : t(`${of}.headline`, named)
  }

  /** What is seen now, or was at a moment by the server's clock. */
  function bookmarkNow(
    offered: readonly (CameraRef | null)[],
    picked: CameraRef,
    atMs: number = serverNow(picked.siteId),
  ): void {
    const { beforeSeconds, afterSeconds } = quickBookmark
    const [fromMs, toMs] = [atMs - beforeSeconds * 1000, atMs + afterSeconds * 1000]
    bookmarks.open({ offered: offerable([picked, ...offered]), picked: [picked], of: 'moment', atMs, fromMs, toMs })
  }

  function bookmarkSpan(camera: CameraRef, fromMs: number, toMs: number): void {
    bookmarks.open({ offered: [camera], picked: [camera], of: 'recording', atMs: fromMs, fromMs, toMs })
  }

  /** What is marked in a playback; where nothing is, what is around the moment it shows. */
  function bookmarkPlayed(cameras: readonly CameraRef[], atMs: number, marked: MarkedSpan | null): void {
    const offered = offerable(cameras)
    const draft = { offered, picked: offered }
    if (marked) return bookmarks.open({ ...draft, of: 'marked', atMs: marked.fromMs, ...marked })
    const { beforeSeconds, afterSeconds } = quickBookmark
    const [fromMs, toMs] = [atMs - beforeSeconds * 1000, atMs + afterSeconds * 1000]
    bookmarks.open({ ...draft, of: 'moment', atMs, fromMs, toMs })
  }

  /** The last minutes, or the recording by hand that runs. */
  function lockNow(offered: readonly (CameraRef | null)[], picked: CameraRef): void {
    const nowMs = serverNow(picked.siteId)
    const recording = runningOf(picked)
    const [fromMs, toMs] = recording ? [recording.fromMs, recording.toMs] : [nowMs - BACK_MS, nowMs]
    locks.open({
      offered: offerable([picked, ...offered]),
      picked: [picked],
      fromMs,
      toMs,
      headline: headlineOf('lock', [picked], nowMs),
      description: '',
      ...(recording && { recording }),
    })
  }

  /** What is marked in a playback; where nothing is, what led up to the moment it shows. */
  function lockPlayed(cameras: readonly CameraRef[], atMs: number, marked: MarkedSpan | null): void {
    const offered = offerable(cameras)
    const span = marked ?? { fromMs: atMs - BACK_MS, toMs: atMs }
    locks.open({
      offered,
      picked: offered,
      ...span,
      headline: headlineOf('lock', offered, span.fromMs),
      description: '',
      ...(marked && { marked }),
    })
  }

  /** From what the pre-buffer has to the planned end, by the server's clock. */
  function runningOf(camera: CameraRef): LockDraft['recording'] {
    const now = recordings.now.get(cameraKey(camera))
    if (now?.state !== 'recording' || now.startedAt === null) return undefined
    const fromMs = Date.parse(now.startedAt) - (now.preBufferSeconds ?? 0) * 1000
    const endsMs = now.endsAt === null ? Date.now() : Date.parse(now.endsAt)
    return { fromMs, toMs: Math.max(endsMs + offsetOf(camera.siteId), fromMs + 1000) }
  }

  function lockSpan(draft: Pick<LockDraft, 'picked' | 'fromMs' | 'toMs' | 'headline' | 'description'>): void {
    locks.open({ ...draft, offered: draft.picked })
  }

  return {
    offsetOf,
    serverNow,
    whyNot,
    headlineOf,
    bookmarkNow,
    bookmarkSpan,
    bookmarkPlayed,
    lockNow,
    lockSpan,
    lockPlayed,
  }
}
