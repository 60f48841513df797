import { onScopeDispose, readonly, ref } from 'vue'

/** How long it is said that something was copied. */
const SAID_MS = 2_000

/** Copies a text for another program, and says for a moment whether it was. */
export function useCopy() {
  const state = ref<'ready' | 'copied' | 'not-copied'>('ready')
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(text: string): Promise<void> {
    clearTimeout(timer)
    try {
      await navigator.clipboard.writeText(text)
      state.value = 'copied'
    } catch {
      state.value = 'not-copied' // said beside the button; there is nothing else to do about it
    }
    timer = setTimeout(() => (state.value = 'ready'), SAID_MS)
  }
  onScopeDispose(() => clearTimeout(timer))

  return { state: readonly(state), copy }
}
