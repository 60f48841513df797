import { onScopeDispose, shallowReactive } from 'vue'

type Act = (event: KeyboardEvent) => void

/** What a key does; with words, it is listed among the keys of what is in view. */
export type Hotkey = Act | { act: Act; says: string }

/** What each key does, by its name: `/`, `?`, `Enter`, `ArrowLeft`, `Ctrl+K`, `Alt+1`, `Shift+B`. */
export type Hotkeys = Record<string, Hotkey>

/** Everything that listens now, in the order in which it came. */
const tables = shallowReactive(new Set<{ hotkeys: Hotkeys; when: () => boolean }>())

/**
 * Listens to keys while the component lives.
 *
 * Keys that a text field, a menu or an open dialog needs stay with it. `when` says whether these keys are on at all:
 * a screen that is kept but hidden must not act.
 */
export function useHotkeys(hotkeys: Hotkeys, when: () => boolean = () => true): void {
  const onKeydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || !when()) return
    const hotkey = hotkeys[keyName(event)]
    if (!hotkey || belongsToTarget(event) || isDialogOpen()) return
    event.preventDefault()
    if (typeof hotkey === 'function') hotkey(event)
    else hotkey.act(event)
  }
  const table = { hotkeys, when }
  tables.add(table)
  window.addEventListener('keydown', onKeydown)
  onScopeDispose(() => {
    tables.delete(table)
    window.removeEventListener('keydown', onKeydown)
  })
}

/** The keys that work now and have words, in the order in which they were named; those of the same words together. */
export function keysInView(): { says: string; keys: string[] }[] {
  const bySays = new Map<string, Set<string>>()
  for (const { hotkeys } of [...tables].filter(({ when }) => when()))
    for (const [key, hotkey] of Object.entries(hotkeys))
      if (typeof hotkey !== 'function') bySays.set(hotkey.says, (bySays.get(hotkey.says) ?? new Set()).add(key))
  return [...bySays].map(([says, keys]) => ({ says, keys: [...keys] }))
}

/** The name under which a key press is looked up. Shift is named only where it does not already change the character. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const isLetter = /^\p{L}$/u.test(event.key)
  const isCharacter = event.key.length === 1
  const key = isLetter ? event.key.toUpperCase() : event.key
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && (isLetter || !isCharacter) ? 'Shift' : '',
    key === ' ' ? 'Space' : key,
  ]
  return parts.filter((part) => part !== '').join('+')
}

/** Typing stays typing, and a button keeps the keys that press it; only chords and function keys reach past them. */
function belongsToTarget(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  if (event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key)) return false
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true
  return (event.key === 'Enter' || event.key === ' ') && target.closest('button, a, [role="button"]') !== null
}

const OVER_THE_PAGE = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/** What lies over the page is put beside it, and the page itself is too large to be searched at every key. */
const isDialogOpen = () =>
  [...document.body.children].some(
    (one) => one.id !== 'app' && (one.matches(OVER_THE_PAGE) || one.querySelector(OVER_THE_PAGE) !== null),
  )
