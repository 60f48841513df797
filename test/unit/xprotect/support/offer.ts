interface OfferWish {
  /** `address port` of each; an empty text leaves a gap. */
  candidates?: string[]
  complete?: boolean
}

/** An offer as a 25.1 server writes it (xprotect-api.md 3.2). */
export function offerSdp({ candidates = [], complete = false }: OfferWish): string {
  return [
    'v=0',
    'o=- 4711 0 IN IP4 127.0.0.1',
    's=sipsorcery',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'm=video 9 UDP/TLS/RTP/SAVP 104',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:ABCD',
    'a=mid:0',
    'a=sendonly',
    'a=rtpmap:104 H264/90000',
    ...candidates.filter((at) => at !== '').map((at) => `a=candidate:1 1 udp 2130706431 ${at} typ host generation 0`),
    ...(complete ? ['a=end-of-candidates'] : []),
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'a=mid:1',
    'a=sctp-port:5000',
    '',
  ].join('\r\n')
}

export const candidateLine = (at: string): string => `candidate:1 1 udp 2130706431 ${at} typ host generation 0`

/** As browsers and the server write one: a JSON text. */
export const candidateText = (at: string, sdpMid = '0'): string =>
  JSON.stringify({ candidate: candidateLine(at), sdpMid, sdpMLineIndex: Number(sdpMid) })
