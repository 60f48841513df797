import type { z } from 'zod'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { attempted, beforeSending } from '../outcome.ts'
import { callSoap, SoapFault } from '../soap.ts'
import type { SoapLogin, SoapToken } from '../soap-login.ts'
import type { Transport } from '../transport.ts'
import { guids, RecordingNowWire, StartedWire, StoppedWire } from '../wire/soap.ts'
import type { RecordingMethod } from './method.ts'
import type { Recorders } from './recorders.ts'

const PATH = '/RecorderCommandService/RecorderCommandService.asmx'
const NAMESPACE = 'http://videoos.net/2/XProtectCSRecorderCommand'

interface Ask<T> {
  cameraId: CameraId
  method: 'StartManualRecording' | 'StopManualRecording' | 'IsManualRecording'
  more?: Record<string, unknown>
  schema: z.ZodType<T>
  signal: AbortSignal
}

/** Records by asking the recorder itself, which works on the customer's server (xprotect-api.md 10.2 [V REAL]). */
export function byRecorder(recorders: Recorders, login: SoapLogin): RecordingMethod {
  async function ask<T>(wish: Ask<T>): Promise<T> {
    const { cameraId, signal } = wish
    const transport = await beforeSending(recorders.of(cameraId, signal))
    const token = await beforeSending(login.current())
    signal.throwIfAborted()
    try {
      return await askWith(transport, token, wish)
    } catch (error) {
      if (!(error instanceof SoapFault) || !error.isOfToken) throw error
      // The recorder did nothing but look at the token.
      const fresh = await beforeSending(login.replace(token))
      signal.throwIfAborted()
      return askWith(transport, fresh, wish)
    }
  }

  async function act(wish: Ask<{ id: string; code: number; message: string }[]>): Promise<void> {
    const result = (await ask(wish)).find(({ id }) => id === wish.cameraId)
    if (!result) throw new AppError({ kind: 'bad-answer', call: wish.method, what: 'shape' })
    if (result.code === 0) return
    const text = result.message || `ResultCode ${result.code}`
    throw new AppError({ kind: 'refused', call: wish.method, status: 400, text })
  }

  async function state(cameraId: CameraId, signal: AbortSignal) {
    const infos = await ask({ cameraId, method: 'IsManualRecording', schema: RecordingNowWire, signal })
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
            more: { recordingTimeInMicroseconds: Math.round(atMostSeconds * 1_000_000) },
            schema: StartedWire,
            signal,
          }),
        signal,
      ),

    stop: (cameraId, signal) =>
      attempted(() => act({ cameraId, method: 'StopManualRecording', schema: StoppedWire, signal }), signal),

    state,
  }
}

function askWith<T>(
  transport: Transport,
  token: SoapToken,
  { cameraId, method, more, schema, signal }: Ask<T>,
): Promise<T> {
  const fields = { token: token.value, deviceIds: guids([cameraId]), ...more }
  const call = { namespace: NAMESPACE, method, action: `${NAMESPACE}/${method}`, fields }
  return callSoap(transport, { ...call, path: PATH, secrets: [token.value], signal }, schema)
}
