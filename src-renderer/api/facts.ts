import type { EventName, Events } from '../../src-preload/contract/events.ts'

/** Listens to a fact main announces; the returned function stops listening. */
export const on = <K extends EventName>(name: K, listener: (fact: Events[K]) => void): (() => void) =>
  window.bridge.on(name, listener)
