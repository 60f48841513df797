import type { OutgoingHttpHeaders } from 'node:http'
import { compactJson, wideJson, type Json } from './wide-json.ts'

/** One answer, ready to be written. */
export interface Reply {
  status: number
  headers: OutgoingHttpHeaders
  body: string | Buffer
}

/** What IIS puts on every answer of the API (xprotect-api.md 1.1). [V CFG] */
const API_HEADERS = { 'cache-control': 'no-cache', pragma: 'no-cache' }

/** JSON as the configuration service writes it. */
export const wide = (status: number, value: Json): Reply => ({
  status,
  headers: { ...API_HEADERS, 'content-type': 'application/json; charset=utf-8' },
  body: wideJson(value),
})

/** JSON as .NET services behind the gateway write it. */
export const compact = (status: number, value: Json): Reply => ({
  status,
  headers: { ...API_HEADERS, 'content-type': 'application/json; charset=utf-8' },
  body: compactJson(value),
})

/** Plain text, as the WebRTC service answers when something inside it threw (xprotect-api.md 1.3). [3P] */
export const text = (status: number, body: string): Reply => ({
  status,
  headers: { ...API_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  body,
})

export const empty = (status: number, headers: OutgoingHttpHeaders = {}): Reply => ({
  status,
  headers: { ...API_HEADERS, 'content-length': 0, ...headers },
  body: '',
})

/** The configuration service's refusal. [V REAL] */
export const refusal = (status: number, errorText: string, property?: string, errorTextId?: string): Reply =>
  wide(status, { error: { httpCode: status, details: [{ errorText, property, errorTextId }] } })

/** No token, or one that is no longer good (xprotect-api.md 2.2). The status is [D]; body and header are assumed. [?] */
export const unauthorized = (): Reply => empty(401, { 'www-authenticate': 'Bearer error="invalid_token"' })

export const methodNotAllowed = (...allowed: string[]): Reply => empty(405, { allow: allowed.join(', ') })

/** A page of IIS itself, for whatever lies outside the API tree. [V REAL that it is HTML] */
export const html = (status: number, title: string, explanation: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body:
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n' +
    '<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n' +
    '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>\r\n' +
    `<title>${status} - ${title}</title>\r\n</head>\r\n<body>\r\n<div id="header"><h1>Server Error</h1></div>\r\n` +
    `<div id="content">\r\n<h2>${status} - ${title}</h2>\r\n<h3>${explanation}</h3>\r\n</div>\r\n</body>\r\n</html>\r\n`,
})

export const htmlNotFound = (): Reply =>
  html(
    404,
    'File or directory not found.',
    'The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.',
  )
