import type { Failure } from '../../src-preload/contract/failure.ts'
import { nowMs } from './clock.ts'
import type { SessionState } from './session-state.ts'
import { askAgainAt, mayStart, nextGate, openGate, type Gate, type GateEvent, type Priority } from './site-gate.ts'

/** What the keeper needs of a session: to be told a new instant while it waits. */
export interface Waiter {
  readonly state: SessionState
  happen(event: { type: 'held'; until: number; because: Failure }): void
}

/** Carries out what one site's gate decides: answers sessions that ask, and tells those that wait when to ask again. */
export class GateKeeper {
  readonly #waiters = new Map<string, Waiter>()
  readonly #phases = new Map<string, SessionState['phase']>()
  readonly #random: () => number
  readonly #report: (line: string) => void
  #gate: Gate = openGate

  constructor(random: () => number, report: (line: string) => void) {
    this.#random = random
    this.#report = report
  }

  /** Whether this session may begin now; else when to ask again, and what is wrong with the site. */
  ask(key: string): true | { until: number; because: Failure } {
    const now = nowMs()
    if (mayStart(this.#gate, key, now)) return true
    return { until: askAgainAt(this.#gate, key, now), because: this.#gate.because }
  }

  want(key: string, waiter: Waiter, priority: Priority): void {
    this.#waiters.set(key, waiter)
    this.#happen({ type: 'wanted', key, priority })
  }

  prioritise(key: string, priority: Priority): void {
    this.#happen({ type: 'prioritised', key, priority })
  }

  /** A session says where it is now. */
  follow(key: string, state: SessionState): void {
    if (this.#phases.get(key) === state.phase) return
    this.#phases.set(key, state.phase)
    const event = eventOf(key, state)
    if (event?.type === 'left') this.#forget(key)
    if (event) this.#happen(event)
  }

  wake(): void {
    this.#happen({ type: 'woken' })
  }

  #forget(key: string): void {
    this.#waiters.delete(key)
    this.#phases.delete(key)
  }

  #happen(event: GateEvent): void {
    const before = this.#gate
    this.#gate = nextGate(before, event, nowMs(), this.#random())
    if (this.#gate.phase !== before.phase) this.#report(`gate ${this.#gate.phase}`)
    if (before.phase === 'open' && this.#gate.phase === 'open') return
    this.#tellWaiters()
  }

  #tellWaiters(): void {
    const now = nowMs()
    const { because } = this.#gate
    for (const [key, waiter] of [...this.#waiters]) {
      if (waiter.state.phase !== 'waiting') continue
      const until = mayStart(this.#gate, key, now) ? now : askAgainAt(this.#gate, key, now)
      waiter.happen({ type: 'held', until, because })
    }
  }
}

function eventOf(key: string, state: SessionState): GateEvent | undefined {
  switch (state.phase) {
    case 'connecting':
      return { type: 'started', key }
    case 'playing':
      return { type: 'played', key }
    case 'waiting':
      if (state.attempt < 0) return undefined // held before it ever began
      return { type: 'lost', key, because: state.because, readyAt: state.until }
    case 'failed':
      return { type: 'left', key, because: state.because }
    case 'idle':
      return { type: 'left', key }
    case 'stalled':
      return undefined
  }
}
