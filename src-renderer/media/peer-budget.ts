import { AppError } from '../../src-preload/contract/failure.ts'

/** Chromium refuses new peer connections after about 500 that no collection has swept (security.md 4.2). */
const RECLAIM_EVERY = 100
const CHURN_BUFFERS = 4
const CHURN_BYTES = 100_000_000

/** V8's `gc`, there when the main process sets `--js-flags=--expose-gc`. */
type Collect = (options?: { type?: 'major' | 'minor'; execution?: 'sync' | 'async' }) => unknown

export interface PeerBudgetDeps {
  newPeer: (iceServers: RTCIceServer[]) => RTCPeerConnection
  /** Called when even a collection did not help: the page has to be made anew. */
  onExhausted: () => void
  /** Sweeps closed peers away. `thorough` must have done so when it returns. */
  reclaim?: (thorough: boolean) => void
}

/** Makes every peer connection of the page, counts them, and has the closed ones collected before the wall is reached. */
export class PeerBudget {
  readonly #deps: PeerBudgetDeps
  readonly #reclaim: (thorough: boolean) => void
  #made = 0
  #open = 0
  #sinceReclaim = 0

  constructor(deps: PeerBudgetDeps) {
    this.#deps = deps
    this.#reclaim = deps.reclaim ?? reclaimMemory
  }

  /** Peers ever made, and those not given back yet. */
  get counts(): { made: number; open: number } {
    return { made: this.#made, open: this.#open }
  }

  /** A new peer, made in another way where one is given; give it back with `close`. Throws AppError when the engine refuses for good. */
  take(iceServers: RTCIceServer[], newPeer = this.#deps.newPeer): RTCPeerConnection {
    const peer = this.#make(iceServers, newPeer)
    this.#made++
    this.#open++
    if (++this.#sinceReclaim >= RECLAIM_EVERY) this.#sweep(false)
    return peer
  }

  /** Closes a peer once. Its listeners must be gone: a reference kept anywhere keeps its place taken. */
  close(peer: RTCPeerConnection): void {
    peer.close()
    this.#open--
  }

  /** In a quiet moment: what closed peers leave behind is collected now rather than while pictures are being opened. */
  tidy(): void {
    if (this.#sinceReclaim > 0) this.#sweep(false)
  }

  #make(iceServers: RTCIceServer[], newPeer: PeerBudgetDeps['newPeer']): RTCPeerConnection {
    try {
      return newPeer(iceServers)
    } catch {
      this.#sweep(true)
    }
    try {
      return newPeer(iceServers)
    } catch (cause) {
      this.#deps.onExhausted()
      throw new AppError({ kind: 'bug', message: 'the engine makes no more peer connections' }, { cause })
    }
  }

  #sweep(thorough: boolean): void {
    this.#sinceReclaim = 0
    this.#reclaim(thorough)
  }
}

/** A collection: by V8's own door where it is open, else by making so much garbage that one has to happen. */
export function reclaimMemory(thorough: boolean): void {
  const collect = (globalThis as { gc?: Collect }).gc
  if (collect) return void collect({ type: 'major', execution: thorough ? 'sync' : 'async' })
  for (let count = 0; count < CHURN_BUFFERS; count++) new ArrayBuffer(CHURN_BYTES)
}
