import type { Call } from '../http/call.ts'
import { text, type Reply } from '../http/reply.ts'
import { writtenXml, type XmlContent } from './write-xml.ts'
import { readXml, type XmlElement } from './xml.ts'

/** SOAP 1.1; both services of XProtect speak no other. [V REAL] */
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'

const PROLOGUE = '<?xml version="1.0" encoding="utf-8"?>'
const reply = (status: number, body: string): Reply => {
  const plain = text(status, body)
  return { ...plain, headers: { ...plain.headers, 'content-type': 'text/xml; charset=utf-8' } }
}

/** As the recording server writes: prefix `soap`, and the two of XML Schema. [?] the prefixes */
export const asmxReply = (status: number, body: XmlContent): Reply =>
  reply(
    status,
    PROLOGUE +
      writtenXml({
        'soap:Envelope': {
          '@xmlns:soap': SOAP,
          '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
          '@xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
          'soap:Body': body,
        },
      }),
  )

/** As WCF on the management server writes: prefix `s`, no prologue. [?] */
export const wcfReply = (status: number, body: XmlContent): Reply =>
  reply(status, writtenXml({ 's:Envelope': { '@xmlns:s': SOAP, 's:Body': body } }))

/** What was asked, or why nothing can be made of it. */
export type Asked = { method: XmlElement } | { unreadable: string } | { wrongType: true }

/**
 * The method in a SOAP request. The media type is SOAP 1.1's; the envelope, its namespace and the one method in the
 * body are; the header SOAPAction has the method's own name and namespace, in quotes or without. [V] that samples do so
 */
export function askedIn(call: Call, actionOf: (method: XmlElement) => string): Asked {
  if (!/^text\/xml\b/i.test(call.headers['content-type'] ?? '')) return { wrongType: true }
  const header = call.headers['soapaction']
  const action = typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : ''
  if (action === '') {
    return {
      unreadable: 'Unable to handle request without a valid action parameter. Please supply a valid soap action.',
    }
  }
  const root = readXml(call.body.toString())
  if (!root) return { unreadable: 'Server was unable to read request. ---> There is an error in XML document.' }
  if (root.name !== 'Envelope' || root.namespace !== SOAP) {
    return { unreadable: 'Possible SOAP version mismatch: Envelope namespace was unexpected. Expecting ' + SOAP + '.' }
  }
  const body = root.children.find(({ name, namespace }) => name === 'Body' && namespace === SOAP)
  const [method, ...more] = body?.children ?? []
  if (!method || more.length > 0) {
    return { unreadable: 'Server was unable to read request. ---> The Body element has no single method.' }
  }
  if (actionOf(method) !== action) {
    return { unreadable: `Server did not recognize the value of HTTP Header SOAPAction: ${action}.` }
  }
  return { method }
}

/** IIS's answer to a body of another kind: 415 with nothing in it. [?] */
export const wrongType = (): Reply => text(415, '')
