import type { z } from 'zod'
import type { CameraId } from '../../../src-preload/contract/models/ids.ts'
import { beforeSending } from '../outcome.ts'
import { callSoap, SoapFault } from '../soap.ts'
import type { SoapLogin, SoapToken } from '../soap-login.ts'
import type { Transport } from '../transport.ts'
import type { Recorders } from './recorders.ts'

const PATH = '/RecorderCommandService/RecorderCommandService.asmx'
const NAMESPACE = 'http://videoos.net/2/XProtectCSRecorderCommand'

export interface RecorderAsk<T> {
  /** Whose recorder is meant. */
  cameraId: CameraId
  method: string
  /** What follows the token, in the order the service wants it. */
  fields: Record<string, unknown>
  schema: z.ZodType<T>
  signal: AbortSignal
  /** How many characters the answer may have, where that is more than usual. */
  longest?: number
}

/** Asks the recorder of a camera (xprotect-api.md 10.2 [V REAL]). */
export type AskRecorder = <T>(ask: RecorderAsk<T>) => Promise<T>

export function recorderCommands(recorders: Recorders, login: SoapLogin): AskRecorder {
  return async (wish) => {
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
}

function askWith<T>(
  transport: Transport,
  token: SoapToken,
  { method, fields, schema, signal, longest }: RecorderAsk<T>,
): Promise<T> {
  const call = { namespace: NAMESPACE, method, action: `${NAMESPACE}/${method}` }
  const wish = { ...call, fields: { token: token.value, ...fields }, path: PATH, secrets: [token.value], signal }
  return callSoap(transport, { ...wish, ...(longest !== undefined && { longest }) }, schema)
}
