/**
 * The least page that can show cameras: what the app is measured against.
 *
 * It does the same signalling through the same `window.bridge` (openSession, answerSession, addCandidate, nextCandidates,
 * closeSession) and puts each track into a plain `<video>`. No states, no watch, no pool, no framework.
 */
const { bridge } = window
let tiles = []

async function ask(name, input) {
  const result = await bridge.call(name, input)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

async function open({ siteId, cameraId, streamId, playback, place }) {
  const video = document.createElement('video')
  Object.assign(video, { muted: true, autoplay: true, playsInline: true })
  const { leftPx, topPx, widthPx, heightPx } = place
  Object.assign(video.style, {
    left: `${leftPx}px`,
    top: `${topPx}px`,
    width: `${widthPx}px`,
    height: `${heightPx}px`,
  })
  document.body.append(video)

  const wish = { siteId, cameraId, streamId, ...(playback && { playback }) }
  const { sessionId, sdp, iceServers } = await ask('openSession', wish)
  const peer = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' })
  tiles.push({ video, peer, sessionId })
  peer.ontrack = ({ track }) => {
    if (track.kind === 'video') video.srcObject = new MediaStream([track])
  }
  peer.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return
    const { sdpMid, sdpMLineIndex } = candidate
    void ask('addCandidate', { sessionId, candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex } })
  }
  await peer.setRemoteDescription({ type: 'offer', sdp })
  void pullCandidates(sessionId, peer)
  await peer.setLocalDescription()
  await ask('answerSession', { sessionId, sdp: peer.localDescription.sdp })
}

async function pullCandidates(sessionId, peer) {
  for (;;) {
    const found = await ask('nextCandidates', { sessionId })
    if (found.length === 0 || peer.signalingState === 'closed') return
    for (const candidate of found) await peer.addIceCandidate(candidate)
  }
}

window.bare = {
  /**
   * Opens `{ siteId, cameraId, streamId, playback, place }` each at the next event of this kind, as a person's hand makes
   * it. Without `playback` it is live.
   */
  openAt(event, pictures) {
    window.addEventListener(event, () => pictures.forEach((picture) => void open(picture)), { once: true })
  },

  /** The same, in place of what is shown: recordings are sought so, as a session's moment is fixed when it is made. */
  replaceAt(event, pictures) {
    const replace = () => {
      void window.bare.close()
      pictures.forEach((picture) => void open(picture))
    }
    window.addEventListener(event, replace, { once: true })
  },

  async close() {
    const ended = tiles
    tiles = []
    for (const { peer, video } of ended) {
      peer.ontrack = peer.onicecandidate = null
      peer.close()
      video.srcObject = null
      video.remove()
    }
    await Promise.all(ended.map(({ sessionId }) => ask('closeSession', { sessionId }).catch(() => {})))
  },
}
