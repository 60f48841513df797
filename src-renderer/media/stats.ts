import { nowMs } from './clock.ts'

/** What one session has done since its last sample. Rates are per second, over the time between the two samples. */
export interface SessionStats {
  atMs: number
  codec: string
  widthPx: number
  heightPx: number
  framesDecoded: number
  /** Frames the decoder threw away. */
  framesDropped: number
  decodedPerSecond: number
  freezes: number
  packetsLost: number
  jitterMs: number
  bitsPerSecond: number
}

/** The counters of a picture as RTCPeerConnection keeps them (W3C webrtc-stats, inbound-rtp). */
export interface VideoCounters {
  atMs: number
  codec: string
  widthPx: number
  heightPx: number
  framesDecoded: number
  framesDropped: number
  freezes: number
  packetsLost: number
  jitterMs: number
  bytes: number
}

/** Reads the counters of the one picture of a session; zeros before anything has arrived. */
export function videoCounters(report: RTCStatsReport): VideoCounters {
  const entries = [...(report as unknown as Map<string, Record<string, unknown>>).values()]
  const inbound = entries.find((entry) => entry['type'] === 'inbound-rtp' && entry['kind'] === 'video') ?? {}
  const codec = entries.find((entry) => entry['id'] === inbound['codecId']) ?? {}
  const number = (name: string) => (typeof inbound[name] === 'number' ? inbound[name] : 0)
  return {
    atMs: nowMs(),
    codec: typeof codec['mimeType'] === 'string' ? codec['mimeType'].replace('video/', '') : '',
    widthPx: number('frameWidth'),
    heightPx: number('frameHeight'),
    framesDecoded: number('framesDecoded'),
    framesDropped: number('framesDropped'),
    freezes: number('freezeCount'),
    packetsLost: number('packetsLost'),
    jitterMs: number('jitter') * 1000,
    bytes: number('bytesReceived'),
  }
}

/** Two samples of the same session make its statistics. */
export function compareCounters(before: VideoCounters | null, now: VideoCounters): SessionStats {
  const { bytes, ...counters } = now
  const seconds = before ? (now.atMs - before.atMs) / 1000 : 0
  const rate = (amount: number) => (seconds > 0 ? Math.max(0, amount / seconds) : 0)
  return {
    ...counters,
    decodedPerSecond: rate(now.framesDecoded - (before?.framesDecoded ?? 0)),
    bitsPerSecond: rate((bytes - (before?.bytes ?? 0)) * 8),
  }
}
