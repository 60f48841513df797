// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { keyName, useHotkeys } from '../../../src-renderer/composables/useHotkeys.ts'

const press = (target: EventTarget, key: string, modifiers: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
  target.dispatchEvent(event)
  return event
}

function page(keys: string[]) {
  const pressed: string[] = []
  const isOn = ref(true)
  const wrapper = mount(
    defineComponent({
      setup() {
        useHotkeys(Object.fromEntries(keys.map((key) => [key, () => void pressed.push(key)])), () => isOn.value)
        return () => h('div', [h('input'), h('button'), h('p')])
      },
    }),
    { attachTo: document.body },
  )
  return { pressed, isOn, wrapper, at: (selector: string) => wrapper.get(selector).element }
}

describe('hotkeys', () => {
  afterEach(() => document.body.replaceChildren())

  it.each([
    [{ key: 'k', ctrlKey: true }, 'Ctrl+K'],
    [{ key: 'k', metaKey: true }, 'Ctrl+K'],
    [{ key: 'B', shiftKey: true }, 'Shift+B'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: '1', altKey: true }, 'Alt+1'],
    [{ key: ' ' }, 'Space'],
    [{ key: 'Tab', shiftKey: true }, 'Shift+Tab'],
    [{ key: 'ArrowLeft' }, 'ArrowLeft'],
  ])('names %j %s', (event, name) => {
    expect(keyName({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...event })).toBe(name)
  })

  it('acts, and takes the key', () => {
    const { pressed, at } = page(['/'])
    expect(press(at('p'), '/').defaultPrevented).toBe(true)
    expect(pressed).toEqual(['/'])
  })

  it('leaves typing to the field, but lets chords and function keys through', () => {
    const { pressed, at } = page(['/', 'B', 'Ctrl+K', 'F1'])
    press(at('input'), '/')
    press(at('input'), 'b')
    press(at('input'), 'k', { ctrlKey: true })
    press(at('input'), 'F1')
    expect(pressed).toEqual(['Ctrl+K', 'F1'])
  })

  it('leaves Enter and Space to a focused button', () => {
    const { pressed, at } = page(['Enter', 'Space'])
    press(at('button'), 'Enter')
    press(at('button'), ' ')
    expect(pressed).toEqual([])
  })

  it('is silent while a dialog is open', () => {
    const { pressed, at } = page(['B'])
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('role', 'dialog')
    press(at('p'), 'b')
    expect(pressed).toEqual([])
  })

  it('is silent while its screen is hidden and after it is gone', () => {
    const { pressed, isOn, wrapper, at } = page(['B'])
    isOn.value = false
    press(at('p'), 'b')
    isOn.value = true
    wrapper.unmount()
    press(document.body, 'b')
    expect(pressed).toEqual([])
  })
})
