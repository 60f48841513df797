import type { CallName } from '../../src-preload/contract/calls.ts'
import { exportChunkBytes, largestPictureBytes } from '../../src-preload/contract/take-away-limits.ts'

/** Why an argument is refused before any schema sees it. */
export type TooMuch =
  'too deep' | 'too many parts' | 'too much text' | 'too many bytes' | 'not plain data' | 'forbidden key'

/** What an argument may weigh (security.md 1.5). Characters count keys and texts together. */
export const limits = { depth: 8, parts: 5_000, characters: 262_144 }

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Calls that carry bytes, and how many: pictures and pieces of video. Any other is refused a single one. */
export const mostBytes: Partial<Record<CallName, number>> = {
  saveSnapshot: largestPictureBytes,
  writeExport: exportChunkBytes,
}

/**
 * Weighs an argument of unknown origin without recursion and without copying it: a schema would overflow the stack on
 * a deep one and take seconds for a large one. `undefined` means it is light enough to be validated.
 *
 * A cycle needs no rule of its own: it runs into the depth or the number of parts.
 */
export function weigh(argument: unknown, bytesAllowed = 0): TooMuch | undefined {
  const open: { value: unknown; depth: number }[] = [{ value: argument, depth: 0 }]
  let parts = 0
  let characters = 0
  let bytes = 0

  for (let part = open.pop(); part; part = open.pop()) {
    const { value, depth } = part
    parts += 1
    if (parts + open.length > limits.parts) return 'too many parts'
    if (typeof value === 'string') characters += value.length
    if (characters > limits.characters) return 'too much text'
    if (isScalar(value)) continue
    if (bytesAllowed > 0 && value instanceof Uint8Array) {
      bytes += value.byteLength
      if (bytes > bytesAllowed) return 'too many bytes'
      continue
    }
    if (!isPlain(value)) return 'not plain data'
    if (depth >= limits.depth) return 'too deep'
    // Asked before the keys are listed: an array may claim four thousand million empty places.
    if (Array.isArray(value) && value.length > limits.parts) return 'too many parts'

    for (const key of Object.keys(value)) {
      if (forbiddenKeys.has(key)) return 'forbidden key'
      characters += key.length
      open.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 })
    }
  }
  return undefined
}

const isScalar = (value: unknown): boolean =>
  value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value)

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || prototype === Array.prototype
}
