import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import type {} from '../../../src-renderer/window.d.ts'
import type { Bridge } from '../../../src-preload/contract/bridge.ts'
import { createWords } from '../../../src-renderer/locales/words.ts'

/** Gives stores a fresh pinia and the bridge they ask. */
export function usePage(bridge: Bridge): void {
  Object.assign(window, { bridge })
  setActivePinia(createPinia())
}

type Slot = (bound: Record<string, string>) => string

/** Mounts a component in the document with words and stores, and lets what it asks at once be answered. */
export async function mountOnPage(component: Component, props: object, slots: Record<string, Slot> = {}) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const wrapper = mount(component, {
    props: props as Record<string, unknown>,
    slots,
    attachTo: document.body,
    global: { plugins: [pinia, createWords()] },
  })
  await flushPromises()
  return wrapper
}
