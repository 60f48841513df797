import type { AskRecorder } from './recording/recorder-commands.ts'
import type { SequencesWish, Span } from './span.ts'
import { guids } from './wire/soap.ts'
import { RECORDED_DATA, TimeLineWire } from './wire/time-line.ts'

/** Intervals of one question: some 10 kB of bitmap. The real service's limit is [?]. */
const MOST_STEPS = 60_000

export interface SteppedWish extends SequencesWish {
  /** How long one step is; a span is known to that and no better. */
  stepMs: number
}

/** What a recorder says in steps: spans begin and end at whole ones. */
export interface Stepped {
  spans: Span[]
  /** What was answered, in whole steps. */
  known: Span
}

/**
 * Asks a camera's recorder in which steps of a span anything is recorded (xprotect-api.md 10.2 [V REAL] the call, [?] that
 * it says anything: a customer's was empty). `null` where it does not say. One answer however many recordings there are.
 */
export async function steppedRecordings(
  askRecorder: AskRecorder,
  { cameraId, fromMs, toMs, stepMs }: SteppedWish,
  signal: AbortSignal,
): Promise<Stepped | null> {
  const beginMs = Math.floor(fromMs / stepMs) * stepMs
  const count = Math.min(MOST_STEPS, Math.ceil((toMs - beginMs) / stepMs))
  if (count < 1) return null
  const bits = await askRecorder({
    cameraId,
    method: 'TimeLineInformationGet',
    fields: {
      deviceId: cameraId,
      timeLineInformationTypes: guids([RECORDED_DATA]),
      beginTime: new Date(beginMs).toISOString(),
      interval: { MicroSeconds: stepMs * 1000 },
      count,
    },
    schema: TimeLineWire,
    signal,
  })
  // One that is shorter than what was asked for says nothing that could be relied on.
  if (!bits || bits.length < Math.ceil(count / 8)) return null
  return { spans: spansIn(bits, { beginMs, stepMs, count }), known: { beginMs, endMs: beginMs + count * stepMs } }
}

function spansIn(bits: Buffer, { beginMs, stepMs, count }: { beginMs: number; stepMs: number; count: number }): Span[] {
  const spans: Span[] = []
  let firstSet = -1
  for (let step = 0; step <= count; step++) {
    const isSet = step < count && (bits[step >> 3]! & (1 << (step & 7))) !== 0
    if (isSet && firstSet < 0) firstSet = step
    if (isSet || firstSet < 0) continue
    spans.push({ beginMs: beginMs + firstSet * stepMs, endMs: beginMs + step * stepMs })
    firstSet = -1
  }
  return spans
}
