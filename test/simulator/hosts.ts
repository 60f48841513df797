import { makeAuthority, makeIdentity, type Authority, type Identity } from './http/certificate.ts'
import type { Machine } from './http/machine.ts'
import type { PortCount, TlsPort } from './http/tls-port.ts'
import type { SimulatorOptions } from './options.ts'

/** One port of the site and the host whose certificate it shows. */
export interface HostPort {
  name: string
  port: TlsPort
  machine: Machine
}

/** What `GET /state` tells of a port. */
export interface PortState extends PortCount {
  name: string
  origin: string
  listening: boolean
  /** Fingerprint of the certificate in use now, and of the one announced. */
  sha256: string
  nextSha256: string | null
}

export const portState = ({ name, port, machine }: HostPort): PortState => ({
  name,
  origin: port.origin,
  listening: port.isListening,
  sha256: machine.sha256,
  nextSha256: machine.nextSha256,
  ...port.count,
})

/** Throws a RangeError that says which there are. */
export function named<T extends { name: string }>(things: readonly T[], name: string): T {
  const found = things.find((thing) => thing.name === name)
  if (found) return found
  throw new RangeError(`no ${name} here; there is ${things.map((thing) => thing.name).join(', ')}`)
}

/** A certificate unlike the usual one of its host. */
export interface OddCertificate {
  issuer?: 'same' | 'self' | 'other-ca' | undefined
  names?: string[] | undefined
  days?: number | undefined
}

/** Makes the certificates of one site. */
export class CertificateMaker {
  readonly authority: Authority | undefined
  readonly #options: SimulatorOptions
  readonly #computerName: string

  private constructor(options: SimulatorOptions, computerName: string, authority: Authority | undefined) {
    this.#options = options
    this.#computerName = computerName
    this.authority = authority
  }

  static async create(options: SimulatorOptions, computerName: string): Promise<CertificateMaker> {
    const authority = options.ca ? await makeAuthority(options.keyType, authorityName(computerName)) : undefined
    return new CertificateMaker(options, computerName, authority)
  }

  async make(host: string, { issuer = 'same', names, days }: OddCertificate = {}): Promise<Identity> {
    const { keyType, certDays } = this.#options
    const signedBy = {
      same: () => this.authority,
      self: () => undefined,
      'other-ca': () => makeAuthority(keyType, authorityName(this.#computerName)),
    }
    return makeIdentity({
      keyType,
      commonName: host === 'gateway' ? this.#computerName : `${this.#computerName}-${host.toUpperCase()}`,
      issuer: await signedBy[issuer](),
      days: days ?? certDays,
      ...(names && { names }),
    })
  }
}

const authorityName = (computerName: string): string => `${computerName} CA`
