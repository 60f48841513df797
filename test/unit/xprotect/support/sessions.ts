import type { CameraId, StreamId } from '../../../../src-preload/contract/models/ids.ts'
import type { Failure } from '../../../../src-preload/contract/failure.ts'
import type { VideoSession } from '../../../../src-main/xprotect/server.ts'
import { guid } from './fake-gateway.ts'
import { candidateLine, offerSdp } from './offer.ts'
import type { Bench } from './site.ts'

export const SESSION = 'POST /api/rest/v1/WebRTC/Session'
export const sdp = offerSdp({ candidates: ['192.0.2.7 41000'] })
export const offerText = (of = sdp): string => JSON.stringify({ type: 'offer', sdp: of })
export const candidate = { candidate: candidateLine('192.0.2.9 50000'), sdpMid: '0', sdpMLineIndex: 0 }

export interface Opened {
  session: VideoSession
  ended: Failure[]
}

export async function openOn({ server }: Bench, n = 1, signal = new AbortController().signal): Promise<Opened> {
  const ended: Failure[] = []
  const session = await server.openSession({
    cameraId: guid(n) as CameraId,
    streamId: guid(700) as StreamId,
    signal,
    onEnded: (because) => void ended.push(because),
  })
  return { session, ended }
}

/** The same with the sound of its microphone. */
export const openHeard = ({ server }: Bench): Promise<VideoSession> =>
  server.openSession({
    cameraId: guid(1) as CameraId,
    streamId: null,
    withSound: true,
    signal: new AbortController().signal,
    onEnded: () => undefined,
  })

/** A recording, at twice its speed. */
export const playback = { timeIso: '2026-11-23T14:02:30.000Z', speed: 2, skipGaps: true }

/** The same of a recording. */
export const openRecorded = ({ server }: Bench): Promise<VideoSession> =>
  server.openSession({
    cameraId: guid(1) as CameraId,
    streamId: null,
    playback,
    signal: new AbortController().signal,
    onEnded: () => undefined,
  })

export const bodies = ({ gateway }: Bench, pattern: RegExp): unknown[] =>
  gateway.asked
    .filter(({ method, path }) => pattern.test(`${method} ${path}`))
    .map(({ body }) => (body === undefined ? undefined : (JSON.parse(body) as unknown)))
