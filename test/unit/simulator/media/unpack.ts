/** NAL units out of RTP payloads that all arrived in order (RFC 6184): what a receiver does, written on its own. */
export function unpack(payloads: readonly Buffer[]): Buffer[] {
  const nals: Buffer[] = []
  let fragments: Buffer[] = []
  for (const payload of payloads) {
    const type = payload[0]! & 31
    if (type === 24) nals.push(...aggregated(payload))
    if (type < 24) nals.push(payload)
    if (type !== 28) continue
    const isFirst = (payload[1]! & 0x80) !== 0
    if (isFirst) fragments = [Buffer.from([(payload[0]! & 0xe0) | (payload[1]! & 31)])]
    fragments.push(payload.subarray(2))
    if ((payload[1]! & 0x40) !== 0) nals.push(Buffer.concat(fragments))
  }
  return nals
}

function aggregated(payload: Buffer): Buffer[] {
  const nals: Buffer[] = []
  for (let at = 1; at < payload.length;) {
    const size = payload.readUInt16BE(at)
    nals.push(payload.subarray(at + 2, at + 2 + size))
    at += 2 + size
  }
  return nals
}
