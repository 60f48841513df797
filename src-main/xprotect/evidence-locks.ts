import { z } from 'zod'
import { AppError, failureOf } from '../../src-preload/contract/failure.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { EvidenceLock, LockChange, LockProfile, LockWish } from './evidence-lock.ts'
import { lookedUp, type BookmarkSearch, type Found, type Made, type Searched } from './bookmarks.ts'
import { cleanText } from './clean-text.ts'
import type { Http } from './http.ts'
import type { Log } from './log.ts'
import { attempted, type NotDone, type Outcome } from './outcome.ts'
import { SearchTask } from './search-task.ts'
import { FaultDevices, LockAnswer, lockBody, LockProfileWire, LockWire } from './wire/evidence-lock.ts'
import { MadeId } from './wire/made.ts'
import { isSameMoment } from './wire/moment.ts'
import { lockSearch } from './wire/search.ts'
import { ListAnswer, TEXT_LENGTH } from './wire/tolerant.ts'

/** How a new lock went for one camera; a recorder that was away may get it later (xprotect-api.md 7 [D]). */
export interface CameraLocked {
  cameraId: CameraId
  isLocked: boolean
  /** The server's words where it is not; empty where it gave none. */
  message: string
}

export interface LockMade extends Made<EvidenceLock> {
  cameras: CameraLocked[]
}

/** What may be done with evidence locks (xprotect-api.md 7). Those that act never reject; those that read do. */
export interface EvidenceLocks {
  /** Done as soon as one camera is locked: `cameras` says which are. */
  create(wish: LockWish, signal: AbortSignal): Promise<Outcome<LockMade>>
  get(id: string, signal: AbortSignal): Promise<EvidenceLock>
  /** Another headline, description, or time to keep for. */
  edit(id: string, change: LockChange, signal: AbortSignal): Promise<Outcome<Made<EvidenceLock>>>
  /** Unlocks: the recordings fall back under the usual retention, and may be deleted at once. */
  remove(id: string, signal: AbortSignal): Promise<Outcome<void>>
  /**
   * One page, the latest made first; pages are counted from 0. Throws the server's refusal where it cannot be searched.
   */
  search(wish: BookmarkSearch & { page: number; count: number }, signal: AbortSignal): Promise<Searched<EvidenceLock>>
  /** Whether the server has the lock of this wish, as far as it can be searched. Never rejects. */
  lookUp(wish: LockWish, signal: AbortSignal): Promise<Found<EvidenceLock>>
  /** Throws `not-licensed` where the edition has no evidence locks. */
  profiles(signal: AbortSignal): Promise<LockProfile[]>
}

const MOST = 1000
/** Locks act on whole hours, so the server may compare with more than was asked for. */
const AROUND_MS = 2 * 3_600_000
/** Hundreds of cameras on several recorders take their time. */
const PATIENCE_MS = 60_000

const WANTS = [
  'deviceIds',
  'searchText',
  'users',
  'eventFrom',
  'eventTo',
  'pageIndex',
  'pageSize',
  'sortBy',
  'ascending',
]

type Fault = z.output<typeof FaultDevices>[number]

interface LockDeps {
  http: Http
  log: Log
  /** Whether the edition has evidence locks; undefined where that is not known. */
  isLicensed: (signal: AbortSignal) => Promise<boolean | undefined>
}

export function evidenceLocksOf({ http, log, isLicensed }: LockDeps): EvidenceLocks {
  // The third task; its name is assumed [?].
  const searchTask = new SearchTask(http, 'evidenceLocks?task=search', WANTS)

  /** Which words an edition without evidence locks refuses in is not known [?]; the licence is. */
  async function named<T>(outcome: Outcome<T>, signal: AbortSignal): Promise<Outcome<T>> {
    if (outcome.is !== 'rejected' || outcome.why !== 'refused') return outcome
    return (await isLicensed(signal)) === false ? ({ ...outcome, why: 'not-licensed' } satisfies NotDone) : outcome
  }

  const get: EvidenceLocks['get'] = (id, signal) => http.get(`evidenceLocks/${id}`, LockAnswer, { signal })

  async function readBack(id: string, wish: Partial<LockWish>, signal: AbortSignal): Promise<Made<EvidenceLock>> {
    try {
      const stored = await get(id, signal)
      return { id, stored, differs: differences(wish, stored) }
    } catch (error) {
      log.warn(`an evidence lock was made or changed and could not be read back: ${failureOf(error).kind}`)
      return { id, stored: null, differs: [] }
    }
  }

  async function rows(
    { cameraIds, fromMs, toMs, text = '' }: BookmarkSearch,
    { page, count }: { page: number; count: number },
    signal: AbortSignal,
  ): Promise<unknown[]> {
    return searchTask.rows(lockSearch({ cameraIds, fromMs, toMs, text, page, atMost: count }), signal)
  }

  return {
    async create(wish, signal) {
      const outcome = await attempted(async (): Promise<LockMade> => {
        const answer = await http.post('evidenceLocks', lockBody(wish), CreateAnswer, {
          signal,
          timeoutMs: PATIENCE_MS,
        })
        if (answer.id === undefined) throw withoutId(wish, answer.faults)
        const made = await readBack(answer.id, wish, signal)
        return { ...made, cameras: cameraByCamera(wish, answer.faults, made.stored) }
      }, signal)
      return named(outcome, signal)
    },

    get,

    edit: async (id, change, signal) =>
      named(
        await attempted(async () => {
          await http.send('PATCH', `evidenceLocks/${id}`, lockBody(change), { signal, timeoutMs: PATIENCE_MS })
          return readBack(id, change, signal)
        }, signal),
        signal,
      ),

    remove: async (id, signal) =>
      named(
        await attempted(
          () => http.send('DELETE', `evidenceLocks/${id}`, undefined, { signal, timeoutMs: PATIENCE_MS }),
          signal,
        ),
        signal,
      ),

    async search(wish, signal) {
      const all = await rows(wish, wish, signal)
      return { found: all.flatMap((row) => LockWire.safeParse(row).data ?? []), isAll: all.length < wish.count }
    },

    lookUp: ({ cameraIds, reference, begin, end }, signal) =>
      lookedUp(
        async () => {
          const [fromMs, toMs] = [Date.parse(begin) - AROUND_MS, Date.parse(end) + AROUND_MS]
          return { rows: await rows({ cameraIds, fromMs, toMs }, { page: 0, count: MOST }, signal), most: MOST }
        },
        (row) => {
          const lock = LockWire.safeParse(row).data
          return lock && { one: lock, isIt: lock.reference === reference }
        },
      ),

    async profiles(signal) {
      // Without the licence the list may be empty or refused; which is not known [?].
      if ((await isLicensed(signal)) === false) throw new AppError({ kind: 'not-licensed' })
      const items = await http.get('evidenceLockProfiles', ListAnswer, { signal })
      return items.flatMap((item) => LockProfileWire.safeParse(item).data ?? [])
    },
  }
}

const CreateAnswer = z
  .unknown()
  .transform((answer) => ({ id: MadeId.safeParse(answer).data, faults: FaultDevices.parse(answer) }))

/** Nothing was made where every camera has a fault; else something may have been, and nobody knows what. */
function withoutId({ cameraIds }: LockWish, faults: Fault[]): AppError {
  const isNone = cameraIds.every((cameraId) => faults.some(({ id }) => id === cameraId))
  if (!isNone) return new AppError({ kind: 'bad-answer', call: 'evidenceLocks', what: 'shape' })
  return new AppError({ kind: 'refused', call: 'evidenceLocks', status: 400, text: faults[0]?.message ?? '' })
}

/** A camera is locked where the server names no fault of it and, if it could be read back, the lock has it. */
function cameraByCamera({ cameraIds }: LockWish, faults: Fault[], stored: EvidenceLock | null): CameraLocked[] {
  return cameraIds.map((cameraId) => {
    const fault = faults.find(({ id }) => id === cameraId)
    const isMissing = stored !== null && !stored.cameraIds.includes(cameraId)
    return { cameraId, isLocked: fault === undefined && !isMissing, message: fault?.message ?? '' }
  })
}

function differences(wish: Partial<LockWish>, stored: EvidenceLock): (keyof EvidenceLock)[] {
  const differs: (keyof EvidenceLock)[] = []
  for (const key of ['reference', 'headline', 'description'] as const) {
    if (wish[key] !== undefined && cleanText(wish[key], TEXT_LENGTH) !== stored[key]) differs.push(key)
  }
  for (const key of ['begin', 'triggered', 'end'] as const) {
    if (wish[key] !== undefined && !isSameMoment(wish[key], stored[key])) differs.push(key)
  }
  if (wish.retention && stored.retention && wish.retention.type !== stored.retention.type) differs.push('retention')
  if (wish.cameraIds?.some((id) => !stored.cameraIds.includes(id))) differs.push('cameraIds')
  return differs
}
