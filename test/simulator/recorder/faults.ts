import type { Reply } from '../http/reply.ts'
import { asmxReply } from '../soap/envelope.ts'

/** A fault as the recorder writes it; the status of SOAP 1.1 is 500. [V REAL] the body, [?] the status */
function fault(words: string, detail?: { ErrorNumber: string; SubErrorNumber: string }): Reply {
  return asmxReply(500, {
    'soap:Fault': { faultcode: 'soap:Client', faultstring: words, detail: detail ?? '' },
  })
}

/** [V REAL] both, and that an OAuth token gets the second */
export const noToken = (): Reply => fault('No token supplied', { ErrorNumber: '20001', SubErrorNumber: '1' })
export const badToken = (): Reply => fault('Token invalid', { ErrorNumber: '20001', SubErrorNumber: '2' })

/** [V REAL] for `StartRecording`; the second number is [?] */
export const notSupported = (method: string): Reply =>
  fault(`Method '${method}' not supported`, { ErrorNumber: '40000', SubErrorNumber: '0' })

/** What the recorder can make nothing of. [?] the words and the absence of a number */
export const unreadable = (words: string): Reply => fault(words)

/** What is no camera of this recorder, and what the user may not see recorded. [?] both */
export const unknownDevice = (id: string): Reply => fault(`Device ${id} not found`)
export const noRight = (id: string): Reply => fault(`Access to device ${id} denied`)
