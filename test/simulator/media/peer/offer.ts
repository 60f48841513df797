import { SOUND_PAYLOAD_TYPE } from '../sound/sound-sender.ts'

/** What one session's offer says. */
export interface Offer {
  sessionId: number
  codec: 'H264' | 'H265'
  /** What the server promises to listen to. The real server lists `transport-cc` alone. */
  feedback: 'transport-cc' | 'nack'
  ssrc: number
  /** Of the sound; undefined where there is none. */
  soundSsrc?: number | undefined
  cname: string
  iceUfrag: string
  icePwd: string
  /** As "sha-256 AB:CD:…". */
  fingerprint: string
  /** As "candidate:…", without "a=". */
  candidates: readonly string[]
}

/** The one payload type of a 25.1 offer [V REAL, xprotect-api.md 3.2]. */
export const PAYLOAD_TYPE = 104

/**
 * The format line by codec. H.265: [V REAL] of one camera. H.264: [?] nobody has captured a real one yet; this is the
 * profile that every Chromium accepts.
 */
const formats = {
  H264: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  H265: 'level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST',
} as const

/**
 * The offer as the 25.1 gateway writes it [V REAL, xprotect-api.md 3.2]: SIPSorcery's name, SAVP rather than SAVPF, one
 * codec, everything in the offer including the candidates and their end, in the first section. The order of lines within
 * a section is SIPSorcery's habit [?]; a client must not depend on it. Nobody has captured an offer with sound: that it is
 * PCMU at 8 kHz is [V PROTO], that its section comes first, so that the names of the others move up, is [?].
 */
export function offerText(offer: Offer): string {
  const transport = [
    `a=ice-ufrag:${offer.iceUfrag}`,
    `a=ice-pwd:${offer.icePwd}`,
    `a=fingerprint:${offer.fingerprint}`,
    'a=setup:actpass',
  ]
  const candidates = [...offer.candidates.map((candidate) => `a=${candidate}`), 'a=end-of-candidates']
  const video = [
    `a=rtpmap:${PAYLOAD_TYPE} ${offer.codec}/90000`,
    ...feedbackLines(offer.feedback),
    `a=fmtp:${PAYLOAD_TYPE} ${formats[offer.codec]}`,
    ...sending(offer.ssrc, offer.cname),
  ]
  const channel = ['a=sctp-port:5000', 'a=max-message-size:262144']
  const sections = [
    ...(offer.soundSsrc === undefined ? [] : [sound(offer.soundSsrc, offer.cname)]),
    { line: `m=video 9 UDP/TLS/RTP/SAVP ${PAYLOAD_TYPE}`, facts: video },
    { line: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', facts: channel },
  ]
  return [
    'v=0',
    `o=- ${offer.sessionId} 0 IN IP4 127.0.0.1`,
    's=sipsorcery',
    't=0 0',
    `a=group:BUNDLE ${sections.map((_, mid) => mid).join(' ')}`,
    ...sections.flatMap(({ line, facts }, mid) => [
      line,
      'c=IN IP4 0.0.0.0',
      ...transport,
      ...(mid === 0 ? candidates : []),
      'a=ice-options:ice2,trickle',
      `a=mid:${mid}`,
      ...facts,
    ]),
    '',
  ].join('\r\n')
}

const sound = (ssrc: number, cname: string) => ({
  line: `m=audio 9 UDP/TLS/RTP/SAVP ${SOUND_PAYLOAD_TYPE}`,
  facts: [`a=rtpmap:${SOUND_PAYLOAD_TYPE} PCMU/8000`, ...sending(ssrc, cname)],
})

const sending = (ssrc: number, cname: string): string[] => [
  'a=rtcp-mux',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=sendonly',
  `a=ssrc:${ssrc} cname:${cname}`,
]

function feedbackLines(feedback: Offer['feedback']): string[] {
  const kinds = feedback === 'nack' ? ['transport-cc', 'nack', 'nack pli'] : ['transport-cc']
  return kinds.map((kind) => `a=rtcp-fb:${PAYLOAD_TYPE} ${kind}`)
}
