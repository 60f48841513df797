import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraSequences, TimeSpan } from '../../src-preload/contract/models/sequence.ts'
import type { HeardRecordings } from './events/heard-recordings.ts'
import type { Log } from './log.ts'
import type { AskRecorder } from './recording/recorder-commands.ts'
import type { SequencesWish, Span } from './span.ts'
import { steppedRecordings } from './time-line.ts'
import { SEQUENCE_TYPES, SequencesWire } from './wire/sequence.ts'

interface Deps {
  askRecorder: AskRecorder
  heard: Pick<HeardRecordings, 'of'>
  log: Log
}

/** `maxCount` is required (xprotect-api.md 10.2 [V REAL]); so many are some 200 kB of XML. */
const AT_ONCE = 1000
/** A year of a busy camera is not read to its end: `known` says how far it was. */
const MOST_QUESTIONS = 10

type Kind = keyof typeof SEQUENCE_TYPES

/**
 * Which recordings there are of a camera, from whoever can say. The recorder knows all of them; where it does not answer,
 * what was heard of the server's events since this program listens is better than nothing, and is called that.
 */
export function sequencesOf({ askRecorder, heard, log }: Deps) {
  return async (wish: SequencesWish, signal: AbortSignal): Promise<CameraSequences> => {
    try {
      return (await inSteps(wish, signal)) ?? (await byRecorder(wish, signal))
    } catch (error) {
      signal.throwIfAborted()
      const because = failureOf(error)
      log.info(`the recorder does not say what is recorded: ${because.kind}`)
      return byEar(wish, because)
    }
  }

  /** Where that is enough, and the recorder can say it: one answer in the place of thousands of recordings. */
  async function inSteps(wish: SequencesWish, signal: AbortSignal): Promise<CameraSequences | undefined> {
    const { stepMs, toMs } = wish
    if (stepMs === undefined) return undefined
    const stepped = await steppedRecordings(askRecorder, { ...wish, stepMs }, signal).catch((error: unknown) => {
      // One that does not know the question may still know the other.
      if (failureOf(error).kind === 'refused') return null
      throw error
    })
    if (!stepped) return undefined
    const until = ({ beginMs, endMs }: Span): TimeSpan => spanOf({ beginMs, endMs: Math.min(endMs, toMs) })
    return {
      source: 'recorder',
      stepSeconds: stepMs / 1000,
      known: until(stepped.known),
      recordings: stepped.spans.map(until),
      motion: null,
    }
  }

  async function byRecorder(wish: SequencesWish, signal: AbortSignal): Promise<CameraSequences> {
    const recordings = await read('recording', wish, signal)
    const motion = await read('motion', { ...wish, toMs: recordings.untilMs }, signal)
    return {
      source: 'recorder',
      known: spanOf({ beginMs: wish.fromMs, endMs: Math.min(recordings.untilMs, motion.untilMs) }),
      recordings: recordings.spans.map(spanOf),
      motion: motion.spans.map(spanOf),
    }
  }

  /** That entries come in order of time, from the first that touches `minTime` on, is assumed [?]. */
  async function read(
    kind: Kind,
    { cameraId, fromMs, toMs }: SequencesWish,
    signal: AbortSignal,
  ): Promise<{ spans: Span[]; untilMs: number }> {
    const spans: Span[] = []
    let minMs = fromMs
    for (let questions = 0; questions < MOST_QUESTIONS; questions++) {
      const fields = {
        deviceId: cameraId,
        sequenceType: SEQUENCE_TYPES[kind],
        minTime: new Date(minMs).toISOString(),
        maxTime: new Date(toMs).toISOString(),
        maxCount: AT_ONCE,
      }
      const page = await askRecorder({ cameraId, method: 'SequencesGet', fields, schema: SequencesWire, signal })
      const lastMs = spans.at(-1)?.beginMs ?? -Infinity
      const fresh = page.filter(({ beginMs }) => beginMs > lastMs).sort((a, b) => a.beginMs - b.beginMs)
      spans.push(...fresh)
      const endMs = spans.at(-1)?.endMs ?? toMs
      if (page.length < AT_ONCE || fresh.length === 0 || endMs >= toMs) return { spans, untilMs: toMs }
      minMs = endMs
    }
    return { spans, untilMs: Math.min(minMs, toMs) }
  }

  function byEar(wish: SequencesWish, because: Failure): CameraSequences {
    const { known, spans } = heard.of(wish)
    return {
      source: 'heard',
      because,
      known: known && spanOf(known),
      recordings: spans.map(spanOf),
      motion: null,
    }
  }
}

const spanOf = ({ beginMs, endMs }: Span): TimeSpan => ({
  begin: new Date(beginMs).toISOString(),
  end: new Date(endMs).toISOString(),
})
