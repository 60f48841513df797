import { nowMs } from './clock.ts'
import { videoCounters } from './stats.ts'

/** A channel that was open this long is known to be served: its end is the end of the session. */
const TRUSTED_AFTER_MS = 1_000
/** The end of a younger one is checked against the picture for this long. */
const DOUBT_MS = 500

/**
 * Opens the channel for commands to the camera (xprotect-api.md 3.7) and calls `onLost` when the server ends it.
 *
 * A server that ends the session closes the channel within 20 ms, where ICE needs 7 s to notice (simulator.md 10). One
 * that closes it right after it was opened may only be refusing it: then the picture decides, or a gateway that knows no
 * such channel would have us connect anew for ever.
 */
export function openCommands(peer: RTCPeerConnection, onLost: () => void, signal: AbortSignal): void {
  const channel = peer.createDataChannel('commands', { protocol: 'videoos-commands' })
  let openedAtMs = Infinity
  channel.onopen = () => (openedAtMs = nowMs())
  channel.onclose = () => {
    const isTrusted = nowMs() - openedAtMs >= TRUSTED_AFTER_MS
    if (isTrusted) onLost()
    else void isStill(peer, signal).then((still) => still && onLost())
  }
  signal.addEventListener('abort', () => (channel.onopen = channel.onclose = null))
}

/** Whether no frame is decoded for a while. Of a peer closed meanwhile nothing is claimed. */
async function isStill(peer: RTCPeerConnection, signal: AbortSignal): Promise<boolean> {
  try {
    const before = videoCounters(await peer.getStats()).framesDecoded
    await new Promise((resolve) => setTimeout(resolve, DOUBT_MS))
    if (signal.aborted) return false
    return videoCounters(await peer.getStats()).framesDecoded === before
  } catch {
    return false
  }
}
