import { jsonObject, property, type Call } from '../http/call.ts'
import { compact, methodNotAllowed, text, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Json } from '../http/wide-json.ts'
import type { Tokens } from '../identity/tokens.ts'
import type { Profile } from '../options.ts'
import { answerSdp, offerJson, serverCandidates, takeCandidate } from './descriptions.ts'
import { readPlayback } from './playback-wish.ts'
import type { SessionList, VideoSession } from './session-list.ts'
import { readIncludeAudio } from './sound.ts'

export interface WebRtcRestDeps {
  sessions: SessionList
  tokens: Tokens
  profile: Profile
}

type Answer = (deps: WebRtcRestDeps, call: Call) => Reply | Promise<Reply>

/** Signalling by REST (xprotect-api.md 3.2). Order and bodies are [V REAL, PROTO]; refusals are text [3P], statuses [?]. */
export function webRtcRoutes(deps: WebRtcRestDeps): Route[] {
  const route = (method: string, path: string, answer: Answer): Route => ({
    method,
    path: `/api/rest/v1/webrtc/${path}`,
    auth: 'bearer',
    answer: (call) => answer(deps, call),
  })
  return [
    route('POST', 'session', open),
    route('GET', 'session/:id', ({ sessions }, call) => onSession(deps, sessions, call, sessionReply)),
    route('PATCH', 'session/:id', ({ sessions }, call) => onSession(deps, sessions, call, patch)),
    // [3P] some versions answer 405; when it works, an empty 200 is assumed. [?]
    route('DELETE', 'session/:id', remove),
    route('GET', 'icecandidates/:id', ({ sessions }, call) => onSession(deps, sessions, call, candidates)),
    route('POST', 'icecandidates/:id', ({ sessions }, call) => onSession(deps, sessions, call, addCandidates)),
  ]
}

async function open({ sessions, tokens, profile }: WebRtcRestDeps, call: Call): Promise<Reply> {
  const body = jsonObject(call.body)
  if (!body) return failure(400, 'The JSON value could not be converted.')
  const deviceId = property(body, 'cameraId') ?? (profile === '24.2' ? undefined : property(body, 'deviceId'))
  const streamId = property(body, 'streamId') ?? ''
  if (typeof deviceId !== 'string' || typeof streamId !== 'string') return failure(400, 'The deviceId is missing.')
  const playback = playbackIn(property(body, 'playbackTimeNode'))
  if (typeof playback === 'object' && 'wrong' in playback) return failure(400, playback.wrong)
  const includeAudio = readIncludeAudio(property(body, 'includeAudio'))
  if (typeof includeAudio === 'object') return failure(400, includeAudio.wrong)
  const token = tokens.live(call.headers.authorization)!
  const session = await sessions.open({ deviceId, streamId, road: 'rest', token, playback, includeAudio })
  return 'refused' in session ? failure(session.status, session.text) : compact(200, sessionObject(session, profile))
}

/** Absent, or with an empty time, is live. [V PROTO] */
function playbackIn(node: unknown): ReturnType<typeof readPlayback> {
  if (typeof node !== 'object' || node === null) return 'live'
  const said = (name: string): unknown => property(node as Record<string, unknown>, name)
  return readPlayback({ time: said('playbackTime'), speed: said('speed'), skipGaps: said('skipGaps') })
}

function onSession(
  deps: WebRtcRestDeps,
  sessions: SessionList,
  call: Call,
  then: (deps: WebRtcRestDeps, call: Call, session: VideoSession) => Reply,
): Reply {
  const session = sessions.find(call.params['id']!)
  return session ? then(deps, call, session) : failure(404, `Session ${call.params['id']} was not found.`)
}

const sessionReply = ({ profile }: WebRtcRestDeps, _call: Call, session: VideoSession): Reply =>
  compact(200, sessionObject(session, profile))

/** `answerSDP` completes the connection, `token` keeps it alive; a body may have both. */
function patch({ sessions, tokens, profile }: WebRtcRestDeps, call: Call, session: VideoSession): Reply {
  const body = jsonObject(call.body)
  if (!body) return failure(400, 'The JSON value could not be converted.')
  const [answer, tokenText] = [property(body, 'answerSDP'), property(body, 'token')]
  if (typeof tokenText === 'string') {
    const token = tokens.live(tokenText)
    if (!token) return failure(400, 'The token is invalid.')
    sessions.renew(session, token)
  }
  if (answer !== undefined && answer !== null) {
    const sdp = answerSdp(answer)
    if (sdp === undefined) return failure(400, 'The answer could not be parsed.')
    try {
      sessions.answer(session, sdp)
    } catch (error) {
      return failure(400, error instanceof Error ? error.message : String(error))
    }
  }
  return compact(200, sessionObject(session, profile))
}

function remove({ sessions, profile }: WebRtcRestDeps, call: Call): Reply {
  if (profile !== '25.2') return methodNotAllowed('GET', 'PATCH')
  const session = sessions.find(call.params['id']!)
  if (!session) return failure(404, `Session ${call.params['id']} was not found.`)
  sessions.end(session.id, 'Deleted by the client.')
  return text(200, '')
}

/** The whole list each time; the client drops what it knows. [V PROTO] */
const candidates = (_deps: WebRtcRestDeps, _call: Call, session: VideoSession): Reply =>
  compact(200, { candidates: serverCandidates(session).map((candidate) => JSON.stringify(candidate)) })

function addCandidates(_deps: WebRtcRestDeps, call: Call, session: VideoSession): Reply {
  const list = property(jsonObject(call.body) ?? {}, 'candidates')
  if (!Array.isArray(list)) return failure(400, 'The candidates are missing.')
  const taken = list.map((candidate) => takeCandidate(session, candidate))
  return taken.every(Boolean) ? text(200, '') : failure(400, 'A candidate could not be parsed.')
}

/** The keys of a 25.1 server, in its order; what was asked for is not echoed. [V REAL] */
function sessionObject(session: VideoSession, profile: Profile): Json {
  const isOld = profile === '24.2'
  return {
    sessionId: session.id,
    cameraId: null,
    ...(!isOld && { deviceId: null }),
    token: null,
    resolution: null,
    offerSDP: offerJson(session),
    answerSDP: session.answer === null ? 'Uninitialised' : JSON.stringify({ type: 'answer', sdp: session.answer }),
    streamId: null,
    playbackTimeNode: { playbackTime: null, skipGaps: null, speed: null },
    iceServers: [],
    ...(!isOld && { includeAudio: true }),
  }
}

/** A .NET exception as text, the cause at the end. [3P FR] */
export const failure = (status: number, cause: string): Reply =>
  text(status, `System.AggregateException: One or more errors occurred. (Session cannot be initiated) ---> ${cause}`)
