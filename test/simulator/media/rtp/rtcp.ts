/** What a receiver tells a sender, as far as we act on it. */
export type Feedback = { kind: 'key-frame' } | { kind: 'lost'; sequences: number[] }

const SENDER_REPORT = 200
const TRANSPORT_FEEDBACK = 205
const PAYLOAD_FEEDBACK = 206

/** Reads a compound RTCP packet: generic NACK (RFC 4585 6.2.1), PLI (6.3.1) and FIR (RFC 5104 4.3.1). */
export function parseFeedback(packet: Uint8Array): Feedback[] {
  const found: Feedback[] = []
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  let at = 0
  while (at + 4 <= packet.length) {
    const format = view.getUint8(at) & 31
    const type = view.getUint8(at + 1)
    const end = Math.min(packet.length, at + (view.getUint16(at + 2) + 1) * 4)
    if (type === PAYLOAD_FEEDBACK && (format === 1 || format === 4)) found.push({ kind: 'key-frame' })
    if (type === TRANSPORT_FEEDBACK && format === 1) {
      found.push({ kind: 'lost', sequences: lostSequences(view, at + 12, end) })
    }
    at = end
  }
  return found
}

/** Each entry is a sequence number and a bit for each of the 16 after it. */
function lostSequences(view: DataView, start: number, end: number): number[] {
  const sequences: number[] = []
  for (let at = start; at + 4 <= end; at += 4) {
    const first = view.getUint16(at)
    const following = view.getUint16(at + 2)
    sequences.push(first)
    for (let bit = 0; bit < 16; bit++) {
      if (((following >> bit) & 1) === 1) sequences.push((first + bit + 1) & 0xffff)
    }
  }
  return sequences
}

/** Seconds from the NTP epoch (1900) to the Unix epoch (1970), RFC 3550 section 4. */
const NTP_OFFSET_S = 2_208_988_800

/** A sender report without reception blocks (RFC 3550 6.4.1). */
export function senderReport(report: {
  ssrc: number
  nowMs: number
  rtpTimestamp: number
  packets: number
  octets: number
}): Buffer {
  const packet = Buffer.alloc(28)
  const seconds = report.nowMs / 1000 + NTP_OFFSET_S
  packet[0] = 0x80
  packet[1] = SENDER_REPORT
  packet.writeUInt16BE(6, 2)
  packet.writeUInt32BE(report.ssrc, 4)
  packet.writeUInt32BE(Math.floor(seconds) >>> 0, 8)
  packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, 12)
  packet.writeUInt32BE(report.rtpTimestamp >>> 0, 16)
  packet.writeUInt32BE(report.packets >>> 0, 20)
  packet.writeUInt32BE(report.octets >>> 0, 24)
  return packet
}
