import type { Clock } from './types.ts'

/**
 * Between two looks at a server whose identity changed: 30 s and by chance up to a seventh more, so that sites do not
 * knock in step, a day has at most 2,880 looks, and a server that is back is seen within 35 s (security.md 6, R17).
 */
const lookAgainMs = 30_000
const jitter = 0.15

export interface GateNeeds {
  clock: Clock
  /** 0 to 1, as Math.random. */
  random: () => number
  /** Looks at the server without a credential; true when the agreed certificate is back. Never rejects. */
  isBack: () => Promise<boolean>
  onReopened: () => void
}

/** One site's gate: open, shut by a reason, or closed for good (security.md 2.4). */
export interface Gate {
  /** Why nothing may pass; absent while open. */
  readonly reason: Error | undefined
  /** Latches shut on the first reason; later ones change nothing. True if this call shut it. */
  shut(reason: Error): boolean
  /** Opens without looking: a person has agreed on a new certificate. */
  open(): void
  close(reason: Error): void
}

export function createGate({ clock, random, isBack, onReopened }: GateNeeds): Gate {
  let reason: Error | undefined
  let isClosed = false
  let cancel = () => {}

  function lookLater(): void {
    const delayMs = lookAgainMs * (1 + jitter * random())
    cancel = clock.after(delayMs, () => void look()) // never rejects
  }

  async function look(): Promise<void> {
    const looked = reason
    const back = await isBack()
    if (isClosed || reason !== looked) return // closed or agreed anew while we looked
    if (!back) {
      lookLater()
      return
    }
    reason = undefined
    onReopened()
  }

  return {
    get reason() {
      return reason
    },
    shut(because) {
      if (reason) return false
      reason = because
      lookLater()
      return true
    },
    open() {
      if (isClosed) return
      cancel()
      reason = undefined
    },
    close(because) {
      cancel()
      isClosed = true
      reason = because
    },
  }
}
