/** Where a text hides in a value: own properties, hidden ones and symbols too, twelve levels down. */
export function find(needle: string, within: unknown, path = '', depth = 12, seen = new Set<unknown>()): string[] {
  if (typeof within === 'string') return within.includes(needle) ? [path] : []
  if (within instanceof Uint8Array) return Buffer.from(within).includes(needle) ? [path] : []
  if ((typeof within !== 'object' && typeof within !== 'function') || within === null) return []
  if (depth === 0 || seen.has(within)) return []
  seen.add(within)
  const inEntries =
    within instanceof Map || within instanceof Set ? find(needle, [...within], `${path}()`, depth - 1, seen) : []
  const inProperties = Reflect.ownKeys(within).flatMap((key) => {
    const value: unknown = Object.getOwnPropertyDescriptor(within, key)?.value
    return find(needle, value, `${path}.${String(key)}`, depth - 1, seen)
  })
  return [...inEntries, ...inProperties]
}
