/** Any value JSON can say. Undefined properties are left out. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined }

/**
 * The configuration service's own way of writing JSON, copied from a real 25.1 answer (xprotect-api.md 1.3):
 * `{  "error" : {  "httpCode" : 404,  "details" :  [ {  "errorText" : "…" } ] } }`.
 */
export function wideJson(value: Json): string {
  if (Array.isArray(value)) return ` [ ${value.map(wideJson).join(', ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter((member): member is [string, Json] => member[1] !== undefined)
  return `{  ${members.map(([key, member]) => `${JSON.stringify(key)} : ${wideJson(member)}`).join(',  ')} }`
}

/** How .NET's System.Text.Json writes: no spaces, and everything that could matter to HTML as `\u` (xprotect-api.md 3.2). */
export function compactJson(value: Json): string {
  return JSON.stringify(value)
    .replace(/\\"/g, '\\u0022')
    .replace(/[&'+<>`\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}
