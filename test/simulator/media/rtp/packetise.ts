/** RTP payloads of one picture's NAL units: RFC 6184, packetization-mode 1 (single NAL, STAP-A, FU-A). */

const STAP_A = 24
const FU_A = 28

/** Each payload as the parts it is made of, so that the sender copies bytes once. None is longer than `maxBytes`. */
export function packetise(nals: readonly Uint8Array[], maxBytes: number): Uint8Array[][] {
  const payloads: Uint8Array[][] = []
  let gathered: Uint8Array[] = []
  let gatheredBytes = 1

  const flush = () => {
    if (gathered.length === 1) payloads.push([gathered[0]!])
    if (gathered.length > 1) payloads.push(aggregate(gathered))
    gathered = []
    gatheredBytes = 1
  }

  for (const nal of nals) {
    if (nal.length > maxBytes) {
      flush()
      payloads.push(...fragment(nal, maxBytes))
      continue
    }
    if (gatheredBytes + 2 + nal.length > maxBytes) flush()
    gathered.push(nal)
    gatheredBytes += 2 + nal.length
  }
  flush()
  return payloads
}

function aggregate(nals: readonly Uint8Array[]): Uint8Array[] {
  const importance = Math.max(...nals.map((nal) => nal[0]! & 0x60))
  const sized = nals.flatMap((nal) => [Uint8Array.of(nal.length >> 8, nal.length & 255), nal])
  return [Uint8Array.of(importance | STAP_A), ...sized]
}

/** Fragments of about the same size: a last one of a few bytes would cost a packet all the same. */
function fragment(nal: Uint8Array, maxBytes: number): Uint8Array[][] {
  const header = nal[0]!
  const count = Math.ceil((nal.length - 1) / (maxBytes - 2))
  const sizeBytes = Math.ceil((nal.length - 1) / count)
  const payloads: Uint8Array[][] = []
  for (let at = 1; at < nal.length; at += sizeBytes) {
    const end = Math.min(nal.length, at + sizeBytes)
    const place = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0)
    payloads.push([Uint8Array.of((header & 0xe0) | FU_A, place | (header & 31)), nal.subarray(at, end)])
  }
  return payloads
}
