import os from 'node:os'
import { powerMonitor } from 'electron'

/** What the rest of main is told about the computer. */
export interface PowerReports {
  onSleep: () => void
  /** Awake again, or on another network: open sockets are stale. */
  onNetworkChange: () => void
}

const lookEveryMs = 5_000

/** Watches sleep and network addresses; Electron has no event for the latter (security.md 4.1). */
export function watchPower({ onSleep, onNetworkChange }: PowerReports): void {
  let addresses = addressesNow()
  powerMonitor.on('suspend', onSleep)
  powerMonitor.on('resume', onNetworkChange)
  setInterval(() => {
    const now = addressesNow()
    if (now === addresses) return
    addresses = now
    onNetworkChange()
  }, lookEveryMs).unref()
}

function addressesNow(): string {
  const all = Object.values(os.networkInterfaces()).flatMap((cards) => cards ?? [])
  const outside = all.filter((card) => !card.internal).map((card) => card.address)
  return outside.sort().join(' ')
}
