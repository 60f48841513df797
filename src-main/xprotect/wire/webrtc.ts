import { z } from 'zod'
import type { Playback } from '../../../src-preload/contract/models/playback.ts'

/** A session id goes into a path: nothing but letters, digits and dashes (security.md 7D 89). */
export const SessionName = z.string().regex(/^[0-9A-Za-z-]{1,64}$/)

const IceServerWire = z.object({
  /** Singular on XProtect (xprotect-api.md 3.2 [V]); browsers and sipsorcery say `urls` [?]. */
  url: z.string().max(512).optional(),
  urls: z.union([z.string().max(512), z.array(z.string().max(512)).max(16)]).optional(),
  username: z.string().max(512).nullish(),
  credential: z.string().max(512).nullish(),
})
export type IceServerWire = z.infer<typeof IceServerWire>

/** Broken entries cost themselves only. */
const IceServers = z
  .array(IceServerWire.nullable().catch(null))
  .max(1000)
  .nullish()
  .catch(undefined)
  .transform((list) => (list ?? []).filter((server) => server !== null))

/** `POST …/WebRTC/Session`, 200, no envelope (xprotect-api.md 3.2 [V REAL]). Request values are not echoed. */
export const SessionAnswer = z.object({
  sessionId: SessionName,
  /** A JSON string of `{type,sdp}`; read tolerantly by offer.ts. */
  offerSDP: z.unknown(),
  iceServers: IceServers,
})

export type SessionAnswer = z.infer<typeof SessionAnswer>

/** `GET …/WebRTC/IceCandidates/{id}`, 200: the whole list so far, each a JSON string (xprotect-api.md 3.2 [V]). */
export const CandidateList = z
  .object({ candidates: z.array(z.unknown()).nullish() })
  .transform((c) => c.candidates ?? [])

/** Result of `connect` on the signalling socket (xprotect-api.md 3.3 [V PROTO]). */
export const ConnectResult = z.object({ session: SessionName, iceServers: IceServers })
export type ConnectResult = z.infer<typeof ConnectResult>

/** Params of the server's `invite` (xprotect-api.md 3.3 [V PROTO]). */
export const Invite = z.object({ session: SessionName, offer: z.unknown() })

/** Params of `trickle`, both ways (xprotect-api.md 3.3 [V PROTO]). */
export const Trickle = z.object({ session: SessionName, candidate: z.unknown() })

/** Params of any other notification: an error's text, perhaps of one session (xprotect-api.md 3.3 [V PROTO]). */
export const Complaint = z.object({
  session: SessionName.optional().catch(undefined),
  message: z.string().catch(''),
})
export type Complaint = z.infer<typeof Complaint>

/** `{type,sdp}` as browsers write it. */
export const Description = z.object({ sdp: z.string() })

/** RTCIceCandidateInit as browsers write it; case of the names as sipsorcery writes them [V REAL]. */
export const CandidateWire = z.object({
  candidate: z.string().max(1024),
  sdpMid: z.string().max(64).nullish().catch(null),
  sdpMLineIndex: z.number().int().min(0).max(64).nullish().catch(null),
  usernameFragment: z.string().max(256).nullish().catch(null),
})

/** `playbackTimeNode` of `POST …/WebRTC/Session` (xprotect-api.md 3.2 [V PROTO]). */
export const playbackNode = ({ timeIso, speed, skipGaps }: Playback): object => ({
  playbackTime: timeIso,
  skipGaps,
  speed,
})

/** The same in `connect`, cased as in the sample's code; its README has them with a small letter (xprotect-api.md 3.3 [?]). */
export const playbackParams = ({ timeIso, speed, skipGaps }: Playback): object => ({
  PlaybackTime: timeIso,
  PlaybackSpeed: speed,
  skipGaps,
})
