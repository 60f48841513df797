import { z } from 'zod'
import type { SessionId } from './ids.ts'

/** The server's offer for one video session (xprotect-api.md 3.1: the server offers, the client answers). */
export interface SessionOffer {
  sessionId: SessionId
  /** An SDP text, already within our limits. */
  sdp: string
  /** STUN and TURN servers from the profile or the session, for the page's peer connection. */
  iceServers: { urls: string; username?: string; credential?: string }[]
}

/** One ICE candidate as RTCPeerConnection reads and writes it (RFC 8839). */
export const IceCandidate = z.strictObject({
  candidate: z.string().max(1024),
  sdpMid: z.string().max(64).nullable(),
  sdpMLineIndex: z.int().min(0).max(64).nullable(),
  usernameFragment: z.string().max(256).nullable().exactOptional(),
})
export type IceCandidate = z.infer<typeof IceCandidate>
