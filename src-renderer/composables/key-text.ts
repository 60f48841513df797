/** Names of keys as they stand on keyboards. */
const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
}

/** `Ctrl →` for `Ctrl+ArrowRight`. */
export const keyText = (key: string): string =>
  key === '+'
    ? key
    : key
        .split('+')
        .map((part) => names[part] ?? part)
        .join(' ')

/** Nine digits that do the same are one line: `1 … 9`. */
export function keyTexts(keys: readonly string[]): string[] {
  const [first, last] = [keys[0], keys.at(-1)]
  if (keys.length === 9 && first && last) return [`${keyText(first)} … ${keyText(last)}`]
  return keys.map(keyText)
}
