import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { CameraSequences, SequenceSource, TimeSpan } from '../../src-preload/contract/models/sequence.ts'
import { ask } from '../api/ask.ts'
import { clip, holes, merge, spanAt, type Span, type Spans } from '../time/ranges.ts'
import { cameraKey, type CameraKey } from './camera-list.ts'

/** What this page knows of one camera's recordings. */
export interface Recordings {
  readonly source: SequenceSource | null
  /** What was asked and answered; outside of it nothing is known. */
  readonly known: Spans
  readonly recordings: Spans
  /** `null` where the source does not say. */
  readonly motion: Spans | null
  /** Why the last question was not answered, or not by the recorder. */
  readonly because: Failure | null
}

const nothingKnown: Recordings = { source: null, known: [], recordings: [], motion: [], because: null }

/** A recorder answers a few questions at a time; what was wanted last goes first. */
const AT_ONCE = 4
/** A question that failed is not asked again before. */
const REST_MS = 15_000
/** Less than this is not worth a question. */
const LEAST_MS = 1_000

interface Wish {
  camera: CameraRef
  span: Span
}

/** Which recordings there are, asked for as far as anybody looks, and kept. */
export const useSequences = defineStore('sequences', () => {
  const byCamera = shallowRef<ReadonlyMap<CameraKey, Recordings>>(new Map())
  const asking = new Map<CameraKey, Span[]>()
  const restUntilMs = new Map<CameraKey, number>()
  /** What each looker waits for, who looked last at the end. */
  const waiting = new Map<symbol, Wish[]>()
  let running = 0

  const of = (camera: CameraRef): Recordings => byCamera.value.get(cameraKey(camera)) ?? nothingKnown

  /**
   * A looker sees this span of these cameras now, and no other: what is not known of it is asked for, and what it waited
   * for before is not asked any more. `nowMs`: the server's clock; nothing is known beyond.
   */
  function want(looker: symbol, cameras: readonly CameraRef[], span: Span, nowMs: number): void {
    const past = { beginMs: Math.floor(span.beginMs), endMs: Math.floor(Math.min(span.endMs, nowMs)) }
    const wishes = cameras.map((camera) => ({ camera, span: past }))
    waiting.delete(looker)
    waiting.set(looker, wishes)
    next()
  }

  /** A looker is gone. What is being asked for it is kept all the same when it comes. */
  const leave = (looker: symbol): void => void waiting.delete(looker)

  function next(): void {
    while (running < AT_ONCE) {
      const wish = takeWish()
      if (!wish) return
      void read(wish) // never rejects
    }
  }

  function takeWish(): Wish | undefined {
    for (const wishes of [...waiting.values()].reverse())
      for (let wish = wishes.shift(); wish; wish = wishes.shift()) {
        const { camera, span } = wish
        const missing = missingOf(camera, span)
        if (!missing) continue
        wishes.unshift({ camera, span: { beginMs: missing.endMs, endMs: span.endMs } })
        return { camera, span: missing }
      }
    return undefined
  }

  /** The first part that is neither known nor being asked for. */
  function missingOf(camera: CameraRef, span: Span): Span | undefined {
    const key = cameraKey(camera)
    if ((restUntilMs.get(key) ?? 0) > Date.now()) return undefined
    const open = merge([...of(camera).known, ...(asking.get(key) ?? [])])
    return holes(open, span).find(({ beginMs, endMs }) => endMs - beginMs >= LEAST_MS)
  }

  /** Throws what kept it from being answered. */
  async function question({ camera, span }: Wish): Promise<void> {
    const key = cameraKey(camera)
    const { siteId, cameraId } = camera
    const wish = { camera: { siteId, cameraId }, from: iso(span.beginMs), to: iso(span.endMs) }
    const answer = await ask('listSequences', wish)
    put(key, withAnswer(of(camera), answer))
    if (answer.source === 'heard') restUntilMs.set(key, Date.now() + REST_MS)
  }

  async function read({ camera, span }: Wish): Promise<void> {
    const key = cameraKey(camera)
    asking.set(key, [...(asking.get(key) ?? []), span])
    running++
    try {
      await question({ camera, span })
    } catch (error) {
      restUntilMs.set(key, Date.now() + REST_MS)
      put(key, { ...of(camera), because: failureOf(error) })
    } finally {
      running--
      asking.set(
        key,
        (asking.get(key) ?? []).filter((other) => other !== span),
      )
      next()
    }
  }

  function put(key: CameraKey, recordings: Recordings): void {
    byCamera.value = new Map(byCamera.value).set(key, recordings)
  }

  /** Whether something is recorded at a moment; `null` where nobody knows. */
  function isRecordedAt(camera: CameraRef, atMs: number): boolean | null {
    const { known, recordings } = of(camera)
    if (spanAt(recordings, atMs)) return true
    return spanAt(known, atMs) ? false : null
  }

  /** Where the next recording begins after a moment, as far as that is known without a break; else `null`. */
  function nextAfter(camera: CameraRef, atMs: number): number | null {
    const { known, recordings } = of(camera)
    const span = spanAt(known, atMs)
    const next = recordings.find(({ beginMs }) => beginMs > atMs)
    return span && next && next.beginMs <= span.endMs ? next.beginMs : null
  }

  /** Where the recording before begins, or this one where a moment is well inside it; `null` where nobody knows. */
  function previousBefore(camera: CameraRef, atMs: number): number | null {
    const { recordings } = of(camera)
    return recordings.findLast(({ beginMs }) => beginMs <= atMs - SAME_MS)?.beginMs ?? null
  }

  /**
   * Where the recordings of a camera begin or end, as far back as a year; `null` where there are none. Throws what kept
   * the recorder from being asked.
   */
  async function edgeOf(camera: CameraRef, edge: 'begin' | 'end', nowMs: number): Promise<number | null> {
    const windows = windowsBefore(Math.floor(nowMs))
    for (const span of edge === 'begin' ? windows : windows.toReversed()) {
      const missing = holes(of(camera).known, span).filter((hole) => hole.endMs - hole.beginMs >= LEAST_MS)
      for (const hole of missing) await question({ camera, span: hole })
      const found = clip(of(camera).recordings, span)
      if (found.length > 0) return edge === 'begin' ? found[0]!.beginMs : found.at(-1)!.endMs
    }
    return null
  }

  return { byCamera: shallowReadonly(byCamera), of, want, leave, isRecordedAt, nextAfter, previousBefore, edgeOf }
})

const DAY_MS = 86_400_000
/** Most servers keep a month: what is older is mostly one short answer, and what is newer need not be asked for then. */
const AGES_MS = [366, 92, 31, 7, 1, 0].map((days) => days * DAY_MS)
const windowsBefore = (nowMs: number): Span[] =>
  AGES_MS.slice(1).map((toMs, at) => ({ beginMs: nowMs - AGES_MS[at]!, endMs: nowMs - toMs }))

/** Going back from here is going to the one before, and not to where one has just come from. */
const SAME_MS = 3_000

function withAnswer(before: Recordings, answer: CameraSequences): Recordings {
  const spans = (list: readonly TimeSpan[]): Span[] => list.map(spanOf)
  return {
    source: answer.source,
    known: answer.known ? merge([...before.known, spanOf(answer.known)]) : before.known,
    recordings: merge([...before.recordings, ...spans(answer.recordings)]),
    motion: answer.motion ? merge([...(before.motion ?? []), ...spans(answer.motion)]) : before.motion,
    because: answer.because ?? null,
  }
}

const spanOf = ({ begin, end }: TimeSpan): Span => ({ beginMs: Date.parse(begin), endMs: Date.parse(end) })
const iso = (ms: number): string => new Date(ms).toISOString()
