import { createHmac, createSecretKey, KeyObject } from 'node:crypto'

/** What the first line of a chain follows. */
export const GENESIS = '0'.repeat(64)

/** A key as it lies in its file, or made ready, which is many times as fast where it is used again and again. */
export type Key = Uint8Array | KeyObject

export const ready = (key: Key): KeyObject => (key instanceof KeyObject ? key : createSecretKey(key))

/** The hash of a line: it vouches for the line and for everything before it (security.md 4.4). */
export const hashOf = (key: Key, before: string, body: string | Uint8Array): string =>
  createHmac('sha256', key).update(before).update(body).digest('hex')

export const lineOf = (hash: string, body: string): string => `${hash} ${body}\n`

/** One line that is as it was written. */
export interface Entry {
  /** Counted from 1. */
  line: number
  hash: string
  body: string
}

/** What the bytes of a chain turned out to be. */
export interface Chain {
  entries: Entry[]
  /** Lines that are not as they were written, or do not follow the line before them. */
  damaged: number[]
  /** What the next line is to follow. */
  head: string
  /** Where whole lines end. What lies behind was never finished. */
  endBytes: number
  lines: number
}

const NEWLINE = 10
const HASH_CHARACTERS = 64
/** Enough for a line that was broken in two, or two that were run together. */
const MOST_CANDIDATES = 5

/**
 * Reads a chain. A damaged line costs itself alone: the next is measured against every hash the damaged stretch still
 * shows, and one that fits was written by us. Pure; never throws.
 */
export function readChain(key: Key, bytes: Buffer): Chain {
  const steps = chainSteps(key, bytes)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** The same, where nothing waits for it: others have their turn in between. */
export async function readChainGently(key: Key, bytes: Buffer): Promise<Chain> {
  const steps = chainSteps(key, bytes)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    await breath()
  }
}

/** So many lines take a few milliseconds. */
export const LINES_A_BREATH = 500

export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Stops after every so many lines. */
function* chainSteps(bareKey: Key, bytes: Buffer): Generator<undefined, Chain> {
  const key = ready(bareKey)
  const chain: Chain = { entries: [], damaged: [], head: GENESIS, endBytes: 0, lines: 0 }
  let candidates = [GENESIS]
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, chain.endBytes)) {
    if (chain.lines % LINES_A_BREATH === LINES_A_BREATH - 1) yield
    const line = bytes.subarray(chain.endBytes, end)
    chain.endBytes = end + 1
    chain.lines += 1
    const hash = line.toString('latin1', 0, HASH_CHARACTERS)
    const body = line.subarray(HASH_CHARACTERS + 1)
    const isWhole = line[HASH_CHARACTERS] === 32 && candidates.some((before) => hashOf(key, before, body) === hash)
    if (isWhole) {
      chain.entries.push({ line: chain.lines, hash, body: body.toString() })
      chain.head = hash
      candidates = [hash]
      continue
    }
    chain.damaged.push(chain.lines)
    // Where only the hash was hit, what it should have been is what the next line follows.
    const shown = [hashOf(key, chain.head, body), ...hashesIn(line).slice(0, 3)]
    candidates = [chain.head, ...[...candidates.slice(1), ...shown].slice(1 - MOST_CANDIDATES)]
  }
  return chain
}

/** Everything that may be a hash, overlapping ones too: an end of line that became a digit joins the one behind it. */
const hashesIn = (line: Buffer): string[] =>
  [...line.toString('latin1').matchAll(/(?=([0-9a-f]{64}))/g)].map(([, hash]) => hash!)
