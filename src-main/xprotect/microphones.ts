import PQueue from 'p-queue'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraId } from '../../src-preload/contract/models/ids.ts'
import type { Http } from './http.ts'
import { MicrophoneAnswer, RelatedAnswer } from './wire/related.ts'

/** A microphone that belongs to cameras. */
export interface RelatedMicrophone {
  id: string
  /** Empty where the server does not say. */
  name: string
  cameraIds: CameraId[]
}

/** Of the six connections to the gateway: nobody's picture is to wait for this. */
const AT_ONCE = 2

/** An answer, though not the one asked for. */
const saysNo: ReadonlySet<Failure['kind']> = new Set(['not-found', 'forbidden', 'refused', 'bad-answer'])

/**
 * The microphones an administrator set beside cameras (xprotect-api.md 9.1). A camera whose settings this server does not
 * have, or this user may not read, has none; where no answer comes it is not known, and that is thrown.
 */
export async function microphonesOf(
  http: Http,
  cameraIds: readonly CameraId[],
  signal: AbortSignal,
): Promise<RelatedMicrophone[]> {
  const queue = new PQueue({ concurrency: AT_ONCE })
  const told = await queue.addAll(
    cameraIds.map((cameraId) => async () => ({
      cameraId,
      ids: await readable(http.get(`cameras/${cameraId}/clientSettings`, RelatedAnswer, { signal }), []),
    })),
  )
  // In the order of the cameras, whoever answered first.
  const related = new Map<string, CameraId[]>()
  for (const { cameraId, ids } of told) for (const id of ids) related.set(id, [...(related.get(id) ?? []), cameraId])
  return queue.addAll(
    [...related].map(([id, of]) => async () => ({
      id,
      name: await readable(http.get(`microphones/${id}`, MicrophoneAnswer, { signal }), ''),
      cameraIds: of,
    })),
  )
}

async function readable<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (saysNo.has(failureOf(error).kind)) return otherwise
    throw error
  }
}
