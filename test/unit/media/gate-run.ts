import type { Failure } from '../../../src-preload/contract/failure.ts'
import { backOffMs } from '../../../src-renderer/media/session-state.ts'
import {
  mayStart,
  nextGate,
  openGate,
  type Gate,
  type GateEvent,
  type Priority,
} from '../../../src-renderer/media/site-gate.ts'

const STEP_MS = 10
const SET_UP_MS = 100
const away: Failure = { kind: 'unreachable', what: 'server', how: 'refused' }

interface Tile {
  key: string
  is: 'waiting' | 'trying' | 'playing'
  failures: number
  endsAt: number
}

export interface GateRunOptions {
  tiles: number
  isUp: (now: number) => boolean
  priorityOf?: (index: number) => Priority
  /** What the server can set up; the rest gets 503. */
  setUpPerSecond?: number
  seed?: number
}

/** A site's tiles in front of its gate, in steps of 10 ms of made-up time: sessions and the server are reduced to their answers. */
export class GateRun {
  readonly starts: { at: number; key: string; trying: number }[] = []
  allBackAt = 0
  /** When the gate last began to let everybody through. */
  reopenedAt = 0
  playedFirst = ''
  readonly #options: GateRunOptions
  readonly #tiles: Tile[]
  #gate: Gate = openGate
  #now = 0
  #seed: number

  constructor(options: GateRunOptions) {
    this.#options = options
    this.#seed = options.seed ?? 1
    this.#tiles = Array.from({ length: options.tiles }, (_, index) => {
      return { key: `tile ${index}`, is: 'waiting', failures: 0, endsAt: 0 }
    })
    for (const [index, { key }] of this.#tiles.entries())
      this.#happen({ type: 'wanted', key, priority: options.priorityOf?.(index) ?? 'visible' })
  }

  get playing(): number {
    return this.#tiles.filter(({ is }) => is === 'playing').length
  }

  mostTryingAtOnceAfter(at: number): number {
    return Math.max(...this.starts.filter((start) => start.at >= at).map(({ trying }) => trying))
  }

  mostStartsInASecond(from: number): number {
    const times = this.starts.map(({ at }) => at).filter((at) => at >= from && from > 0)
    return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length))
  }

  until(end: number): void {
    while (this.#now < end) {
      this.#now += STEP_MS
      for (const tile of this.#tiles) this.#step(tile)
    }
  }

  #step(tile: Tile): void {
    const isUp = this.#options.isUp(this.#now)
    if (tile.is === 'playing' && !isUp) return this.#lose(tile, away)
    if (tile.is === 'trying' && this.#now >= tile.endsAt) return this.#answer(tile, isUp)
    if (tile.is !== 'waiting' || !mayStart(this.#gate, tile.key, this.#now)) return
    Object.assign(tile, { is: 'trying', endsAt: this.#now + SET_UP_MS })
    this.#happen({ type: 'started', key: tile.key })
    this.starts.push({ at: this.#now, key: tile.key, trying: this.#tiles.filter(({ is }) => is === 'trying').length })
  }

  #answer(tile: Tile, isUp: boolean): void {
    if (!isUp) return this.#lose(tile, away)
    const recent = this.starts.filter(({ at }) => at > this.#now - 1000).length
    const limit = this.#options.setUpPerSecond
    if (limit && this.#gate.phase === 'releasing' && recent > limit + 2)
      return this.#lose(tile, { kind: 'busy', status: 503 })
    const wasClosed = this.#gate.phase === 'closed'
    Object.assign(tile, { is: 'playing', failures: 0 })
    this.#happen({ type: 'played', key: tile.key })
    if (wasClosed) Object.assign(this, { reopenedAt: this.#now, playedFirst: tile.key })
    if (this.playing === this.#tiles.length) this.allBackAt = this.#now
  }

  #lose(tile: Tile, because: Failure): void {
    Object.assign(tile, { is: 'waiting', failures: tile.failures + 1 })
    const readyAt = this.#now + backOffMs(tile.failures, because, this.#random())
    this.#happen({ type: 'lost', key: tile.key, because, readyAt })
  }

  #happen(event: GateEvent): void {
    this.#gate = nextGate(this.#gate, event, this.#now, this.#random())
  }

  #random(): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return this.#seed / 2_147_483_648
  }
}
