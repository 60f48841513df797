import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import type { TimeSpan } from '../../src-preload/contract/models/sequence.ts'
import { ask } from '../api/ask.ts'
import { holes, merge, type Span, type Spans } from '../time/ranges.ts'
import { cameraKey } from './camera-list.ts'

/** What is recorded of one camera, no finer than in steps. */
export interface SteppedRecordings {
  readonly known: Spans
  readonly recordings: Spans
  /** Some of it is known to a step and no better; else the recorder told recordings one by one. */
  readonly isStepped: boolean
}

const nothingKnown: SteppedRecordings = { known: [], recordings: [], isStepped: false }

/** Questions at a time: each is one answer of a few kB. */
const AT_ONCE = 2
/** A question that failed is not asked again before. */
const REST_MS = 15_000

interface Wish {
  camera: CameraRef
  stepMs: number
  span: Span
}

/** Recordings for spans so wide that single ones cannot be seen: asked for as far as somebody looks, and kept by their step. */
export const useSteppedSequences = defineStore('steppedSequences', () => {
  const byKey = shallowRef<ReadonlyMap<string, SteppedRecordings>>(new Map())
  const asking = new Map<string, Span[]>()
  const restUntilMs = new Map<string, number>()
  let waiting: Wish[] = []
  let running = 0

  const of = (camera: CameraRef, stepMs: number): SteppedRecordings =>
    byKey.value.get(keyOf(camera, stepMs)) ?? nothingKnown

  /**
   * This is what is looked at now, and nothing else: what is not known of it is asked for, and what still waited is not.
   * `nowMs`: the server's clock; nothing is known beyond, and the step that is not over yet is asked for again later.
   */
  function want(cameras: readonly CameraRef[], { beginMs, endMs }: Span, stepMs: number, nowMs: number): void {
    const span = {
      beginMs: Math.floor(beginMs / stepMs) * stepMs,
      endMs: Math.floor(Math.min(endMs, nowMs) / stepMs) * stepMs,
    }
    waiting = cameras.flatMap((camera) => {
      const key = keyOf(camera, stepMs)
      if ((restUntilMs.get(key) ?? 0) > Date.now()) return []
      const open = merge([...of(camera, stepMs).known, ...(asking.get(key) ?? [])])
      return holes(open, span).map((part) => ({ camera, stepMs, span: part }))
    })
    next()
  }

  function next(): void {
    while (running < AT_ONCE) {
      const wish = waiting.shift()
      if (!wish) return
      void read(wish) // never rejects
    }
  }

  async function read({ camera, stepMs, span }: Wish): Promise<void> {
    const key = keyOf(camera, stepMs)
    const { siteId, cameraId } = camera
    asking.set(key, [...(asking.get(key) ?? []), span])
    running++
    try {
      const answer = await ask('listSequences', {
        camera: { siteId, cameraId },
        from: iso(span.beginMs),
        to: iso(span.endMs),
        stepSeconds: stepMs / 1000,
      })
      if (answer.source === 'heard') restUntilMs.set(key, Date.now() + REST_MS)
      const { known, recordings, isStepped } = of(camera, stepMs)
      const more = {
        known: answer.known ? merge([...known, spanOf(answer.known)]) : known,
        recordings: merge([...recordings, ...answer.recordings.map(spanOf)]),
        isStepped: isStepped || answer.stepSeconds !== undefined,
      }
      byKey.value = new Map(byKey.value).set(key, more)
    } catch {
      restUntilMs.set(key, Date.now() + REST_MS) // why is told with the recordings one by one, which are asked for too
    } finally {
      running--
      const others = (asking.get(key) ?? []).filter((other) => other !== span)
      asking.set(key, others)
      next()
    }
  }

  return { of, want }
})

const keyOf = (camera: CameraRef, stepMs: number): string => `${cameraKey(camera)} ${stepMs}`
const spanOf = ({ begin, end }: TimeSpan): Span => ({ beginMs: Date.parse(begin), endMs: Date.parse(end) })
const iso = (ms: number): string => new Date(ms).toISOString()
