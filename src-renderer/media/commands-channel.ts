import { nowMs } from './clock.ts'
import { videoCounters } from './stats.ts'

/** A channel that was open this long is known to be served: its end is the end of the session. */
const TRUSTED_AFTER_MS = 1_000
/** The end of a younger one is checked against the picture: no frame for this long, */
const STILL_MS = 500
/** looked for so many times, as frames that were on their way may still be decoded. */
const LOOKS = 4

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
  // A server that is gone never completes the closing it began, so `close` alone would not come (RFC 8831 section 6.7).
  channel.onclosing = channel.onclose = () => {
    channel.onclosing = channel.onclose = null
    const isTrusted = nowMs() - openedAtMs >= TRUSTED_AFTER_MS
    if (isTrusted) onLost()
    else void isStill(peer, signal).then((still) => still && onLost())
  }
  signal.addEventListener('abort', () => (channel.onopen = channel.onclosing = channel.onclose = null))
}

/** Whether the picture comes to a standstill within a few looks. Of a peer closed meanwhile nothing is claimed. */
async function isStill(peer: RTCPeerConnection, signal: AbortSignal): Promise<boolean> {
  try {
    let before = await decoded(peer)
    for (let look = 0; look < LOOKS; look++) {
      await new Promise((resolve) => setTimeout(resolve, STILL_MS))
      if (signal.aborted) return false
      const after = await decoded(peer)
      if (after === before) return true
      before = after
    }
    return false
  } catch {
    return false
  }
}

const decoded = async (peer: RTCPeerConnection): Promise<number> => videoCounters(await peer.getStats()).framesDecoded
