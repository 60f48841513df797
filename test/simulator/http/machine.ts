import type { Identity } from './certificate.ts'
import type { TlsPort } from './tls-port.ts'

/** One host of the site: every port of it shows the same certificate, now and after a rotation. */
export class Machine {
  readonly name: string
  readonly #ports: readonly TlsPort[]
  readonly #first: Identity
  #inUse: Identity
  #next: Identity | null = null

  constructor(name: string, first: Identity, ports: readonly TlsPort[]) {
    this.name = name
    this.#first = first
    this.#inUse = first
    this.#ports = ports
  }

  get sha256(): string {
    return this.#inUse.sha256
  }

  /** What `rotate` will bring, once it has been announced. */
  get nextSha256(): string | null {
    return this.#next?.sha256 ?? null
  }

  /** The certificate that will come: an administrator knows its fingerprint before anybody sees it. */
  announce(next: Identity): void {
    this.#next = next
  }

  /** Throws a RangeError where nothing was announced. */
  rotate(cutConnections: boolean): void {
    if (!this.#next) throw new RangeError(`nothing to rotate to on ${this.name}: announce-certificate comes first`)
    this.use(this.#next, cutConnections)
    this.#next = null
  }

  restore(cutConnections: boolean): void {
    this.use(this.#first, cutConnections)
  }

  /** From the next handshake on; open connections stay unless they are cut. */
  use(identity: Identity, cutConnections: boolean): void {
    this.#inUse = identity
    for (const port of this.#ports) {
      port.useIdentity(identity)
      if (cutConnections) port.cutConnections()
    }
  }
}
