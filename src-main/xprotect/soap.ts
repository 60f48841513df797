import type { z } from 'zod'
import { AppError } from '../../src-preload/contract/failure.ts'
import { badAnswer, parsed } from './body.ts'
import { refusalOf } from './refusal.ts'
import type { Transport } from './transport.ts'
import { envelopeOf, Fault, soapBody, type SoapCall } from './wire/soap.ts'

export interface SoapWish extends SoapCall {
  path: string
  /** `Authorization`, where the service wants one. */
  authorization?: string
  /** Never to come back in a sentence of the server's. */
  secrets: readonly string[]
  signal?: AbortSignal
  timeoutMs?: number
  /** How many characters an answer may have, where that is more than usual. */
  longest?: number
}

/** A fault of the service's: `isOfToken` where the token is to blame, and so nothing was done. */
export class SoapFault extends AppError {
  readonly isOfToken: boolean

  constructor(call: string, { isOurs, isOfToken, text }: z.output<typeof Fault>) {
    // As over REST: 400 is a clear no, 500 leaves open what was done.
    super({ kind: 'refused', call, status: isOurs ? 400 : 500, text })
    this.isOfToken = isOfToken
  }
}

/** One SOAP call. What comes back was parsed; a fault, whatever its status, is thrown as SoapFault. */
export async function callSoap<T>(transport: Transport, wish: SoapWish, schema: z.ZodType<T>): Promise<T> {
  const { path, authorization, secrets, signal, timeoutMs, longest, ...call } = wish
  const answer = await transport.request({
    method: 'POST',
    path,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: call.action,
      ...(authorization !== undefined && { authorization }),
    },
    body: envelopeOf(call),
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  const body = soapBody(answer.text, longest)
  const fault = Fault.safeParse(body).data
  if (fault) {
    const isTelling = secrets.some((secret) => fault.text.includes(secret))
    throw new SoapFault(call.method, isTelling ? { ...fault, text: '' } : fault)
  }
  const refusal = refusalOf(answer, call.method, secrets)
  if (refusal) throw new AppError(refusal)
  if (body === undefined) throw badAnswer(call.method, 'shape')
  return parsed(schema, body, call.method)
}
