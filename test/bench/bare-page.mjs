/**
 * The least page that can show cameras: what the app is measured against.
 *
 * It does the same signalling through the same `window.bridge` (openSession, answerSession, addCandidate, nextCandidates,
 * closeSession) and puts each track into a plain `<video>`. No states, no watch, no pool, no framework.
 *
 * In the page: `await bare.open([{ siteId, cameraId, streamId }, …], columns)` gives for each camera, in milliseconds since
 * the call, `offerMs` and `paintedMs`; `bare.frames()` gives painted and dropped frames per video; `bare.close()` ends all.
 */
const { bridge } = window
let tiles = []

async function ask(name, input) {
  const result = await bridge.call(name, input)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

async function openOne({ siteId, cameraId, streamId }, since) {
  const video = document.createElement('video')
  Object.assign(video, { muted: true, autoplay: true, playsInline: true })
  document.body.append(video)
  const painted = new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - since))
  })

  const { sessionId, sdp, iceServers } = await ask('openSession', { siteId, cameraId, streamId: streamId ?? null })
  const offerMs = performance.now() - since
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
  return { offerMs, paintedMs: await painted }
}

async function pullCandidates(sessionId, peer) {
  for (;;) {
    const found = await ask('nextCandidates', { sessionId })
    if (found.length === 0 || peer.signalingState === 'closed') return
    for (const candidate of found) await peer.addIceCandidate(candidate)
  }
}

window.bare = {
  open(cameras, columns = Math.ceil(Math.sqrt(cameras.length))) {
    document.body.style.height = '100vh'
    document.body.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
    document.body.style.gridAutoRows = 'minmax(0, 1fr)'
    const since = performance.now()
    return Promise.all(cameras.map((camera) => openOne(camera, since)))
  },

  frames: () =>
    tiles.map(({ video }) => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
      return { painted: totalVideoFrames - droppedVideoFrames, dropped: droppedVideoFrames }
    }),

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
