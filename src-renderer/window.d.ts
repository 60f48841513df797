import type { Bridge } from '../src-preload/contract/bridge.ts'

declare global {
  interface Window {
    /** Put there by the preload before the page's first line runs. */
    readonly bridge: Bridge
  }
}
