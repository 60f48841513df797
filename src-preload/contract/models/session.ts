import { z } from 'zod'
import type { SessionId } from './ids.ts'

/** One video session, and who makes the offer (xprotect-api.md 3.1: the server offers, the client answers). */
export interface SessionOffer {
  sessionId: SessionId
  /**
   * The server's offer, an SDP text already within our limits. `null`: the page makes it, as the profile wants it of a server
   * that answers in one reply; nothing has been asked of the server then.
   */
  sdp: string | null
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
