import XMLBuilder from 'fast-xml-builder'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { cleanText } from '../clean-text.ts'
import { Guid } from './tolerant.ts'

/** A SOAP 1.1 call; names and namespaces are [V REAL] (xprotect-api.md 10.2). */
export interface SoapCall {
  namespace: string
  method: string
  /** `SOAPAction`, without quotes as the real server was asked. */
  action: string
  /** In the order the service wants them. */
  fields: Record<string, unknown>
}

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false })

export const envelopeOf = ({ namespace, method, fields }: SoapCall): string =>
  builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    'soap:Envelope': {
      '@xmlns:soap': 'http://schemas.xmlsoap.org/soap/envelope/',
      'soap:Body': { [method]: { '@xmlns': namespace, ...fields } },
    },
  })

/** Items of a `guid[]` stand in a namespace of their own (xprotect-api.md 10.2 [V REAL]). */
export const guids = (ids: readonly string[]): object => ({
  guid: ids.map((id) => ({ '@xmlns': 'http://microsoft.com/wsdl/types/', '#text': id })),
})

const parser = new XMLParser({
  // No entity is ever resolved, and a document that declares some is not read at all.
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
})

/** Only a picture has a longer answer. */
const LONGEST = 1 << 20

/** What the body of an envelope holds, unread; undefined where it is none. */
export function soapBody(text: string, longest = LONGEST): unknown {
  if (text.length > longest || /<!(DOCTYPE|ENTITY)/i.test(text)) return undefined
  try {
    return EnvelopeWire.safeParse(parser.parse(text)).data
  } catch {
    return undefined
  }
}

const EnvelopeWire = z
  .object({ Envelope: z.object({ Body: z.record(z.string(), z.unknown()) }) })
  .transform(({ Envelope }) => Envelope.Body)

/** The five entities every XML has; the parser is not let near any. */
const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => PREDEFINED[name]!)

const Sentence = z
  .string()
  .transform((text) => cleanText(plain(text)))
  .catch('')

const Digits = z.coerce.number().int().catch(0)

/** `soap:Fault` (xprotect-api.md 10.2 [V REAL]). */
export const Fault = z
  .object({
    Fault: z.object({
      faultcode: z.string().catch(''),
      faultstring: Sentence,
      detail: z.object({ ErrorNumber: Digits, SubErrorNumber: Digits }).catch({ ErrorNumber: 0, SubErrorNumber: 0 }),
    }),
  })
  .transform(({ Fault: { faultcode, faultstring, detail } }) => ({
    /** The service blames the question, and so did nothing of it. */
    isOurs: /(^|:)(Client|Sender)$/i.test(faultcode),
    text: faultstring,
    /** "No token supplied" or "Token invalid". */
    isOfToken: detail.ErrorNumber === 20001,
  }))

/** `LoginResponse` [V REAL]. The token goes into an element of later calls, as text. */
export const LoginWire = z
  .object({
    LoginResponse: z.object({
      LoginResult: z.object({
        Token: z.string().min(1).max(2048),
        TimeToLive: z.object({ MicroSeconds: z.coerce.number().positive() }),
      }),
    }),
  })
  .transform(({ LoginResponse: { LoginResult } }) => ({
    token: plain(LoginResult.Token),
    lifeMs: LoginResult.TimeToLive.MicroSeconds / 1000,
  }))

/** One item or many: XML does not tell a list of one from a thing. */
export const listOf = <T>(item: z.ZodType<T>) => z.union([z.array(item), item.transform((one) => [one])])

const Flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false']))
  .transform((word) => word === 'true')

export const resultOf = <T>(method: string, list: z.ZodType<T>) =>
  z
    .object({ [`${method}Response`]: z.object({ [`${method}Result`]: list }) })
    .transform((body) => (Object.values(body)[0] as Record<string, T>)[`${method}Result`] as T)

const ManualRecordingResults = z
  .object({
    ManualRecordingResult: listOf(z.object({ DeviceId: Guid, ResultCode: z.coerce.number().int(), Message: Sentence })),
  })
  .transform(({ ManualRecordingResult: list }) =>
    list.map(({ DeviceId, ResultCode, Message }) => ({ id: DeviceId, code: ResultCode, message: Message })),
  )

/** Of `StartManualRecording` and `StopManualRecording`: code 0 is success [V REAL]; what others mean is [?]. */
export const StartedWire = resultOf('StartManualRecording', ManualRecordingResults)
export const StoppedWire = resultOf('StopManualRecording', ManualRecordingResults)

/** Of `IsManualRecording` [V REAL]. */
export const RecordingNowWire = resultOf(
  'IsManualRecording',
  z
    .object({ ManualRecordingInfo: listOf(z.object({ DeviceId: Guid, IsManualRecording: Flag })) })
    .transform(({ ManualRecordingInfo: list }) =>
      list.map(({ DeviceId, IsManualRecording }) => ({ id: DeviceId, isRecording: IsManualRecording })),
    ),
)
