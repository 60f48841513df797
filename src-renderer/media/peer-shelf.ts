import { nowMs } from './clock.ts'

/** A full 4x4 view. An unused peer holds no socket and does no work. */
const STOCK = 16
/** While pictures are being opened nothing else is made; the shelf is filled once none was asked for so long. */
const QUIET_MS = 2_000
/** A peer's certificate lives for 30 days (W3C WebRTC 4.9); none is handed out that is anywhere near. */
const FRESH_MS = 24 * 3_600_000

export interface PeerShelfDeps {
  newPeer: (configuration: RTCConfiguration) => RTCPeerConnection
  /** What every peer is made with, beside the ICE servers the server names. */
  configuration: RTCConfiguration
  /** Calls back when the page has nothing better to do. */
  whenIdle: (act: () => void) => void
  /** The shelf has been filled: a moment for what can wait. */
  onFilled: () => void
}

interface Spare {
  peer: RTCPeerConnection
  madeAtMs: number
}

/**
 * Peers made ahead, in idle moments. Making one holds the page for some milliseconds and its certificate comes later
 * still, which a view of sixteen would wait for sixteen times.
 *
 * An outage still makes none: what is not taken stays on the shelf (security.md 4.2).
 */
export class PeerShelf {
  readonly #deps: PeerShelfDeps
  #spares: Spare[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(deps: PeerShelfDeps) {
    this.#deps = deps
    this.#fillLater()
  }

  /** How many lie ready. */
  get count(): number {
    return this.#spares.length
  }

  /** A peer, from the shelf where there is one. Throws what the engine throws. */
  take(iceServers: RTCIceServer[]): RTCPeerConnection {
    this.#fillLater()
    const { newPeer, configuration } = this.#deps
    // Another configuration costs a spare one as much as making it (measured).
    const spare = iceServers.length === 0 ? this.#fresh() : undefined
    return spare ?? newPeer({ ...configuration, iceServers })
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const { peer } of this.#spares.splice(0)) peer.close()
  }

  #fresh(): RTCPeerConnection | undefined {
    for (;;) {
      const spare = this.#spares.pop()
      if (!spare || nowMs() - spare.madeAtMs < FRESH_MS) return spare?.peer
      spare.peer.close()
    }
  }

  #fillLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fill(), QUIET_MS)
  }

  /** One in each idle moment. */
  #fill(): void {
    if (this.#isClosed) return
    const { whenIdle, newPeer, configuration, onFilled } = this.#deps
    if (this.#spares.length >= STOCK) return onFilled()
    const timer = this.#timer
    whenIdle(() => {
      if (this.#isClosed || timer !== this.#timer) return // somebody asks for peers again
      try {
        this.#spares.push({ peer: newPeer(configuration), madeAtMs: nowMs() })
      } catch {
        return // the engine makes no more for now; whoever needs one will see to it
      }
      this.#fill()
    })
  }
}
