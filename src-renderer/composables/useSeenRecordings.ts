import { computed } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useSequences, type Recordings } from '../stores/sequences.ts'
import { useSteppedSequences } from '../stores/stepped-sequences.ts'
import { coarseStep } from '../time/coarse-step.ts'
import { merge, type Span } from '../time/ranges.ts'

/** Recordings as a timeline draws them. */
export interface SeenRecordings {
  of: (camera: CameraRef) => Recordings
  /** Asks for a span in steps, where so much is seen that they are enough; false where recordings are wanted one by one. */
  want: (cameras: readonly CameraRef[], span: Span, nowMs: number) => boolean
  /** In which steps these cameras are drawn; `null`: one by one. */
  stepMsOf: (cameras: readonly { camera: CameraRef }[]) => number | null
}

/** What is known of recordings where a timeline looks: one by one, and in steps as well where it shows more than a day. */
export function useSeenRecordings(seen: () => Span): SeenRecordings {
  const sequences = useSequences()
  const stepped = useSteppedSequences()
  const stepMs = computed(() => coarseStep(seen().endMs - seen().beginMs))

  return {
    of(camera) {
      const fine = sequences.of(camera)
      if (stepMs.value === null) return fine
      const coarse = stepped.of(camera, stepMs.value)
      return {
        ...fine,
        known: merge([...fine.known, ...coarse.known]),
        recordings: merge([...fine.recordings, ...coarse.recordings]),
      }
    },
    want(cameras, span, nowMs) {
      if (stepMs.value === null) return false
      stepped.want(cameras, span, stepMs.value, nowMs)
      return true
    },
    stepMsOf(cameras) {
      const ms = stepMs.value
      return ms !== null && cameras.some(({ camera }) => stepped.of(camera, ms).isStepped) ? ms : null
    },
  }
}
