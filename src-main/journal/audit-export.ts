import { createHmac } from 'node:crypto'
import type { AuditLine } from './audit-entry.ts'

export type ExportFormat = 'csv' | 'json'

/** What an export says of itself in its last line, so that nothing in it can be changed unseen. */
export interface Seal {
  records: number
  /** The hash of the last line of the trail it was taken from. */
  head: string
  /** Lines of the trail that were damaged when it was taken. */
  damagedLines: number
  /** Over everything before the last line, with the trail's key. */
  mac: string
}

const columns = [
  'line',
  'at',
  'serverOffsetMs',
  'what',
  'who',
  'siteId',
  'deviceId',
  'alsoDeviceIds',
  'reference',
  'subject',
  'outcome',
  'reason',
  'hash',
] as const

/** The first cell of a CSV export's last line. */
const SEAL_CELL = '# watchpost audit'

export function exportOf(
  format: ExportFormat,
  lines: readonly AuditLine[],
  trail: Pick<Seal, 'head' | 'damagedLines'>,
  key: Uint8Array,
): string {
  const text = format === 'csv' ? csvOf(lines) : jsonOf(lines)
  const seal = { records: lines.length, head: trail.head, damagedLines: trail.damagedLines }
  return text + lastLine(format, { ...seal, mac: macOf(key, text, seal) })
}

function lastLine(format: ExportFormat, seal: Seal): string {
  if (format === 'json') return `"seal":${JSON.stringify(seal)}}\n`
  const { records, head, damagedLines, mac } = seal
  const cells = [SEAL_CELL, `records=${records}`, `head=${head}`, `damaged-lines=${damagedLines}`, `mac=${mac}`]
  return `${cells.map(cell).join(',')}\r\n`
}

/** A label before the text: an export's seal is never a line's hash. */
const macOf = (key: Uint8Array, text: string, { records, head, damagedLines }: Omit<Seal, 'mac'>): string =>
  createHmac('sha256', key)
    .update(`watchpost audit export\n${records} ${head} ${damagedLines}\n`)
    .update(text)
    .digest('hex')

const csvOf = (lines: readonly AuditLine[]): string =>
  [columns.join(','), ...lines.map((line) => columns.map((column) => cell(line[column])).join(',')), ''].join('\r\n')

/** A spreadsheet must not take what somebody typed for a formula. */
function cell(value: string | number | null | undefined | readonly string[]): string {
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value : (value ?? []).join(' ')
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

const jsonOf = (lines: readonly AuditLine[]): string =>
  `{"records":[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n],\n`

const inJson = /"seal":\{"records":(\d+),"head":"([0-9a-f]{64})","damagedLines":(\d+),"mac":"([0-9a-f]{64})"\}\}\n$/
const inCsv =
  /"# watchpost audit","records=(\d+)","head=([0-9a-f]{64})","damaged-lines=(\d+)","mac=([0-9a-f]{64})"\r\n$/

/** What an export says of itself, and whether it is what was written, up to its last byte. Undefined where it is none. */
export function sealOf(key: Uint8Array, text: string): { seal: Seal; isWhole: boolean } | undefined {
  const format = text.startsWith('{') ? 'json' : 'csv'
  const found = (format === 'json' ? inJson : inCsv).exec(text)
  if (!found) return undefined
  const [, records, head, damagedLines, mac] = found as unknown as [string, string, string, string, string]
  const seal = { records: Number(records), head, damagedLines: Number(damagedLines), mac }
  const before = text.slice(0, found.index)
  const isWhole = macOf(key, before, seal) === mac && text === before + lastLine(format, seal)
  return { seal, isWhole }
}
