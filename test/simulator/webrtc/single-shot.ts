import { jsonObject, property, type Call } from '../http/call.ts'
import { compact, type Reply } from '../http/reply.ts'
import type { Route } from '../http/routes.ts'
import type { Tokens } from '../identity/tokens.ts'
import { ClientOfferError } from '../media/index.ts'
import { readPlayback } from './playback-wish.ts'
import { failure } from './rest.ts'
import type { SessionList } from './session-list.ts'
import { readIncludeAudio } from './sound.ts'

interface SingleShotDeps {
  sessions: SessionList
  tokens: Tokens
}

/**
 * Signalling in one call, `{deviceId, playback: {time, speed, skipGaps}, offer}` answered by `{sessionId, answer}`, as a
 * customer's report has it. No XProtect known to us answers there (xprotect-api.md 13): it is off unless asked for. That
 * both descriptions are `{type, sdp}`, and `sessionId`, is [?]; that `includeAudio` goes with it as with the others, and an
 * offer with a place for sound is answered with it, is [?] too.
 */
export const singleShotRoute = (deps: SingleShotDeps): Route => ({
  method: 'POST',
  path: '/api/rest/v1/webrtc/signaling',
  auth: 'bearer',
  answer: (call) => answer(deps, call),
})

async function answer({ sessions, tokens }: SingleShotDeps, call: Call): Promise<Reply> {
  const body = jsonObject(call.body)
  const deviceId = body && property(body, 'deviceId')
  const streamId = (body && property(body, 'streamId')) ?? ''
  const offer = body && offerSdp(property(body, 'offer'))
  if (typeof deviceId !== 'string' || typeof streamId !== 'string') return failure(400, 'The deviceId is missing.')
  if (offer === undefined) return failure(400, 'The offer could not be parsed.')
  const playback = playbackIn(property(body!, 'playback'))
  if (typeof playback === 'object' && 'wrong' in playback) return failure(400, playback.wrong)
  const includeAudio = readIncludeAudio(property(body!, 'includeAudio'))
  if (typeof includeAudio === 'object') return failure(400, includeAudio.wrong)
  const token = tokens.live(call.headers.authorization)!
  try {
    const session = await sessions.open({
      deviceId,
      streamId,
      road: 'single-shot',
      token,
      playback,
      includeAudio,
      offer,
    })
    if ('refused' in session) return failure(session.status, session.text)
    return compact(200, { sessionId: session.id, answer: { type: 'answer', sdp: session.sender.answerSdp } })
  } catch (error) {
    if (error instanceof ClientOfferError) return failure(400, error.message)
    throw error
  }
}

function offerSdp(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, sdp } = value as Record<string, unknown>
  return type === 'offer' && typeof sdp === 'string' ? sdp : undefined
}

function playbackIn(value: unknown): ReturnType<typeof readPlayback> {
  if (typeof value !== 'object' || value === null) return 'live'
  const said = (name: string): unknown => property(value as Record<string, unknown>, name)
  return readPlayback({ time: said('time'), speed: said('speed'), skipGaps: said('skipGaps') })
}
