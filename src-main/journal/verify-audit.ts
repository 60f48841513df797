import { readFile } from 'node:fs/promises'
import { reasonOf } from '../file-reason.ts'
import { anchorProblem } from './anchor.ts'
import { sealOf } from './audit-export.ts'
import { readChain } from './chain.ts'

/** What was found in an audit trail or an export of one: lines to print, and whether all is as it was written. */
export interface Verified {
  lines: string[]
  isGood: boolean
}

/** Where the trail of this computer keeps its key and what it was last known to hold. */
export interface AuditPlaces {
  keyFile: string
  anchorFile: string
}

/** Reads a file an auditor was given, and says whether it is what this computer's Watchpost wrote. Never throws. */
export async function verifyAuditFile(file: string, places: AuditPlaces): Promise<Verified> {
  const name = file.replace(/\p{C}/gu, '?')
  try {
    const key = keyIn(await readFile(places.keyFile, 'utf8').catch(noKey))
    const anchor = await readFile(places.anchorFile, 'utf8').catch(() => undefined)
    const { lines, isGood } = verifyAudit(await readFile(file), key, anchor)
    return { lines: lines.map((line) => `${name}: ${line}`), isGood }
  } catch (error) {
    return { lines: [`${name}: NOT verified: ${reasonOf(error)}`], isGood: false }
  }
}

/** Whether these bytes are a whole trail, or a whole export of one. Pure. */
export function verifyAudit(bytes: Buffer, key: Uint8Array, anchor?: string): Verified {
  const found = sealOf(key, bytes.toString())
  if (!found) return verifyTrail(bytes, key, anchor)
  const { seal, isWhole } = found
  if (!isWhole) return { lines: ['NOT good: it is not as it was exported'], isGood: false }
  const damaged = `note: ${seal.damagedLines} lines of the trail were damaged when it was exported`
  return {
    lines: [`good: an export of ${seal.records} records`, ...(seal.damagedLines > 0 ? [damaged] : [])],
    isGood: true,
  }
}

function verifyTrail(bytes: Buffer, key: Uint8Array, anchor: string | undefined): Verified {
  const { entries, damaged, endBytes, lines } = readChain(key, bytes)
  const cutBytes = bytes.length - endBytes
  const problem = anchor === undefined ? undefined : anchorProblem(anchor, entries, lines)
  const bad = [
    ...(lines === 0 ? ['NOT good: there is no record in it'] : []),
    ...(damaged.length > 0 ? [`NOT good: damaged or changed: line ${damaged.slice(0, 20).join(', ')}`] : []),
    ...(problem === undefined ? [] : [`NOT good: ${problem}`]),
  ]
  const notes = [
    ...(cutBytes > 0 ? [`note: its last ${cutBytes} bytes were never finished`] : []),
    ...(anchor === undefined ? ['note: there is nothing to compare its end with, which may have been cut off'] : []),
  ]
  if (bad.length > 0) return { lines: [...bad, ...notes], isGood: false }
  return { lines: [`good: a trail of ${lines} lines`, ...notes], isGood: true }
}

const noKey = (): never => {
  throw new Error('the key of the audit trail is not on this computer')
}

/** A key as `storage/key-file.ts` writes it. */
function keyIn(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'hex')
  if (key.length !== 32) throw new Error('the key of the audit trail cannot be read')
  return key
}
