import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { attempted } from '../outcome.ts'
import { guids, RecordingNowWire, StartedWire, StoppedWire } from '../wire/soap.ts'
import type { RecordingMethod } from './method.ts'
import type { AskRecorder, RecorderAsk } from './recorder-commands.ts'

type Results = { id: string; code: number; message: string }[]

/** Records by asking the recorder itself, which works on the customer's server (xprotect-api.md 10.2 [V REAL]). */
export function byRecorder(askRecorder: AskRecorder): RecordingMethod {
  const ask = <T>({ fields, ...wish }: RecorderAsk<T>): Promise<T> =>
    askRecorder({ ...wish, fields: { deviceIds: guids([wish.cameraId]), ...fields } })

  async function act(wish: RecorderAsk<Results>): Promise<void> {
    const result = (await ask(wish)).find(({ id }) => id === wish.cameraId)
    if (!result) throw new AppError({ kind: 'bad-answer', call: wish.method, what: 'shape' })
    if (result.code === 0) return
    const text = result.message || `ResultCode ${result.code}`
    throw new AppError({ kind: 'refused', call: wish.method, status: 400, text })
  }

  async function state(cameraId: CameraId, signal: AbortSignal) {
    const infos = await ask({ cameraId, method: 'IsManualRecording', fields: {}, schema: RecordingNowWire, signal })
    const info = infos.find(({ id }) => id === cameraId)
    if (!info) return 'unknown'
    return info.isRecording ? 'recording' : 'idle'
  }

  return {
    name: 'recorder',
    confirms: { acts: true, state: true, end: true },

    async check(cameraId, signal) {
      await state(cameraId, signal)
    },

    start: ({ cameraId, seconds, atMostSeconds = seconds }, signal) =>
      attempted(
        () =>
          act({
            cameraId,
            method: 'StartManualRecording',
            fields: { recordingTimeInMicroseconds: Math.round(atMostSeconds * 1_000_000) },
            schema: StartedWire,
            signal,
          }),
        signal,
      ),

    stop: (cameraId, signal) =>
      attempted(
        () => act({ cameraId, method: 'StopManualRecording', fields: {}, schema: StoppedWire, signal }),
        signal,
      ),

    state,
  }
}
