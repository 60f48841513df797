const SIZE = 1024

/** The last 1024 packets sent, by sequence number, for receivers that ask for one again. */
export class PacketHistory {
  readonly #packets: (Buffer | undefined)[] = new Array<Buffer | undefined>(SIZE)

  /** Keeps a whole RTP packet. */
  keep(packet: Buffer): void {
    this.#packets[packet.readUInt16BE(2) % SIZE] = packet
  }

  /** The packet with exactly this sequence number, or undefined where it is too old or was never sent. */
  find(sequence: number): Buffer | undefined {
    const packet = this.#packets[sequence % SIZE]
    return packet?.readUInt16BE(2) === sequence ? packet : undefined
  }
}
