/** How far a session's connection has come. There is no way back from `failed` and `closed`. */
export type PeerState = 'new' | 'connecting' | 'connected' | 'failed' | 'closed'

/** One connection to one client, whatever it is made of. */
export interface Peer {
  /** Empty where the client made the offer. */
  readonly offerSdp: string
  /** To the client's offer; empty where this side made it. */
  readonly answerSdp: string
  /** As the offer has them, "candidate:…". */
  readonly candidates: readonly string[]
  /** Takes the client's answer. Throws where it is not SDP, or comes twice. */
  answer: (sdp: string) => void
  addCandidate: (candidate: string, mid: string) => void
  /** Sends RTP or RTCP; says nothing when the client went away first. */
  send: (packet: Buffer) => void
  /** Whether there is a place for sound. */
  readonly hasSound: boolean
  /** The same of sound; where there is no place for it nothing is sent. */
  sendSound: (packet: Buffer) => void
  close: () => void
}

/** What a peer tells its sender. */
export interface PeerEvents {
  onState: (state: PeerState) => void
  /** RTCP from the client. */
  onFeedback: (packet: Uint8Array) => void
  /** A text message on the data channel `commands`. */
  onCommand: (text: string) => void
}

/** How a peer's offer is to look. */
export interface PeerOptions {
  ssrc: number
  /** Of the sound; undefined where there is none. */
  soundSsrc?: number | undefined
  codec: 'H264' | 'H265'
  feedback: 'transport-cc' | 'nack'
}
