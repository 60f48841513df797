// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'
import KeyboardHelp from '../../../src-renderer/components/KeyboardHelp.vue'
import { keyTexts } from '../../../src-renderer/composables/key-text.ts'
import { keysInView, useHotkeys, type Hotkeys } from '../../../src-renderer/composables/useHotkeys.ts'
import { mountOnPage, usePage } from '../support/page.ts'
import { FakeBridge } from '../support/fake-bridge.ts'

function listening(hotkeys: Hotkeys, when?: () => boolean) {
  const setup = () => {
    useHotkeys(hotkeys, when)
    return () => null
  }
  return mount(defineComponent({ setup }))
}
const nothing = () => {}

describe('the keys of what is in view', () => {
  const mounted: { unmount: () => void }[] = []
  afterEach(() => {
    for (const one of mounted.splice(0)) one.unmount()
    document.body.replaceChildren()
  })

  it('are those that act, by the same table, those of the same words together', () => {
    let acted = 0
    const mark = { act: () => (acted += 1), says: 'Mark' }
    mounted.push(listening({ I: mark, O: { act: nothing, says: 'End' }, '[': mark, Escape: nothing }))
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'i' }))
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '[' }))
    expect(acted).toBe(2)
    expect(keysInView()).toEqual([
      { says: 'Mark', keys: ['I', '['] },
      { says: 'End', keys: ['O'] },
    ])
  })

  it('are not those of a screen that is hidden, or gone', () => {
    const isSeen = ref(false)
    const hidden = listening({ R: { act: nothing, says: 'Record' } }, () => isSeen.value)
    expect(keysInView()).toEqual([])
    isSeen.value = true
    expect(keysInView()).toHaveLength(1)
    hidden.unmount()
    expect(keysInView()).toEqual([])
  })

  it.each([
    [['Ctrl+Shift+ArrowLeft'], ['Ctrl Shift ←']],
    [
      ['F2', 'L'],
      ['F2', 'L'],
    ],
    [['+'], ['+']],
    [Array.from({ length: 9 }, (_, at) => `Alt+${at + 1}`), ['Alt 1 … Alt 9']],
  ])('%j stand there as on a keyboard: %j', (keys, texts) => {
    expect(keyTexts(keys)).toEqual(texts)
  })

  it('are shown with what they do, until the list is closed', async () => {
    usePage(new FakeBridge())
    const rows = [{ says: 'Mark the start of a span', keys: ['I', '['] }]
    const shown = await mountOnPage(KeyboardHelp, { title: 'Keys', words: 'What works now.', close: 'Close', rows })
    mounted.push(shown)
    expect(document.querySelector('dl')!.textContent).toContain('Mark the start of a span')
    ;[...document.querySelectorAll('button')].at(-1)!.click()
    await nextTick()
    expect(shown.emitted('close')).toHaveLength(1)
  })
})
