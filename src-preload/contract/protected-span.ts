/** Database blocks have one hour by default (operators.md, evidence lock semantics [M4c]). */
const BLOCK_MS = 3_600_000

/**
 * What a lock from one moment to another really protects: whole blocks, so a short clip over a block's edge keeps two.
 * That blocks begin on the hour, UTC, is assumed [?]; a site may have set another length.
 */
export function protectedSpan(begin: string, end: string): { begin: string; end: string } {
  const [fromMs, toMs] = [Date.parse(begin), Date.parse(end)]
  const first = Math.floor(fromMs / BLOCK_MS)
  // A moment on the edge belongs to the block it begins, and a lock of no length to one block.
  const last = Math.max(first + 1, Math.ceil(toMs / BLOCK_MS))
  return { begin: new Date(first * BLOCK_MS).toISOString(), end: new Date(last * BLOCK_MS).toISOString() }
}
