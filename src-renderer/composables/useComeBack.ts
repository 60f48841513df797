import { onActivated, onDeactivated } from 'vue'

/** Calls `act` when a screen that was kept comes back: what it shows may be old. Not when it is first shown. */
export function useComeBack(act: () => void): void {
  let wasLeft = false
  onDeactivated(() => (wasLeft = true))
  onActivated(() => {
    if (wasLeft) act()
    wasLeft = false
  })
}
