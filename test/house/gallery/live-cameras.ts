import type { CameraId, SessionId } from '../../../src-preload/contract/models/ids.ts'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { FakeBridge } from '../../unit/support/fake-bridge.ts'

/** What a camera of the gallery does when it is asked for its picture; `mute` plays, and its microphone sends nothing. */
export type Manner = 'plays' | 'freezes' | 'dies' | 'hangs' | 'mute' | { refuses: Failure }

/**
 * Cameras drawn on canvases and sent over real WebRTC inside the page: the client's media run as they do against a server.
 */
export class DrawnCameras {
  readonly #manner: (cameraId: CameraId) => Manner
  readonly #sessions = new Map<string, { peer: RTCPeerConnection; end: () => void }>()
  #dead = new Set<string>()

  constructor(bridge: FakeBridge, manner: (cameraId: CameraId) => Manner, sizePx = { width: 640, height: 360 }) {
    this.#manner = manner
    bridge.answer('listStreams', async () => [])
    bridge.answer('openSession', async (wish) => this.#open(bridge, wish, sizePx))
    bridge.answer('answerSession', async ({ sessionId, sdp }) => {
      await this.#sessions.get(sessionId)?.peer.setRemoteDescription({ type: 'answer', sdp })
    })
    bridge.answer('addCandidate', async ({ sessionId, candidate }) => {
      await this.#sessions.get(sessionId)?.peer.addIceCandidate(candidate)
    })
    bridge.answer('nextCandidates', async () => [])
    bridge.answer('closeSession', async ({ sessionId }) => this.#sessions.get(sessionId)?.end())
  }

  async #open(
    bridge: FakeBridge,
    { cameraId, withSound, playback }: { cameraId: CameraId; withSound?: true; playback?: unknown },
    sizePx: { width: number; height: number },
  ) {
    // A recording that is drawn here would not say of which moment it is: it never comes.
    const manner = playback ? 'hangs' : this.#dead.has(cameraId) ? { refuses: noMedia } : this.#manner(cameraId)
    if (typeof manner === 'object') throw new AppError(manner.refuses)
    if (manner === 'hangs') await new Promise<never>(() => {})

    const sessionId = crypto.randomUUID() as SessionId
    const scene = new Scene(Number(cameraId.slice(-4)), sizePx)
    const peer = new RTCPeerConnection()
    peer.addTrack(scene.track)
    const hum = withSound && manner !== 'mute' ? new Hum() : null
    if (hum) peer.addTrack(hum.track)
    const end = () => {
      hum?.stop()
      scene.stop()
      peer.close()
    }
    this.#sessions.set(sessionId, { peer, end })
    if (manner === 'freezes') setTimeout(() => scene.stop(), 2_500)
    if (manner === 'dies') {
      setTimeout(() => {
        this.#dead.add(cameraId)
        end()
        bridge.announce('sessionEnded', { sessionId, because: noMedia })
      }, 2_500)
    }
    await peer.setLocalDescription(await peer.createOffer())
    await gathered(peer)
    return { sessionId, sdp: peer.localDescription?.sdp ?? '', iceServers: [] }
  }
}

const noMedia: Failure = { kind: 'unreachable', what: 'media' }

const gathered = (peer: RTCPeerConnection): Promise<void> =>
  new Promise((resolve) => {
    const check = () => {
      if (peer.iceGatheringState === 'complete') resolve()
    }
    peer.onicegatheringstatechange = check
    check()
  })

/** What a microphone hears. */
class Hum {
  readonly #context = new AudioContext()
  readonly #place = new MediaStreamAudioDestinationNode(this.#context)
  readonly track = this.#place.stream.getAudioTracks()[0]!

  constructor() {
    const tone = new OscillatorNode(this.#context, { frequency: 220 })
    tone.connect(this.#place)
    tone.start()
  }

  stop(): void {
    void this.#context.close() // nobody waits for it
  }
}

/** A place at night with something that moves: enough to judge captions, scrims and frames on. */
class Scene {
  readonly track: MediaStreamTrack
  readonly #canvas = document.createElement('canvas')
  readonly #timer: ReturnType<typeof setInterval>
  readonly #seed: number
  #frame = 0

  constructor(seed: number, { width, height }: { width: number; height: number }) {
    this.#seed = seed
    Object.assign(this.#canvas, { width, height })
    this.#draw()
    this.track = this.#canvas.captureStream(10).getVideoTracks()[0]!
    this.#timer = setInterval(() => this.#draw(), 200)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #draw(): void {
    const pen = this.#canvas.getContext('2d')!
    const { width, height } = this.#canvas
    const horizon = height * (0.3 + (this.#seed % 5) * 0.05)
    const isDay = this.#seed % 3 === 0
    this.#frame += 1
    pen.fillStyle = isDay ? '#60707a' : '#10161b'
    pen.fillRect(0, 0, width, horizon)
    pen.fillStyle = isDay ? '#4a4f4c' : '#1c2328'
    pen.fillRect(0, horizon, width, height - horizon)
    pen.strokeStyle = '#77828a'
    for (let lane = -4; lane <= 12; lane += 1) {
      pen.beginPath()
      pen.moveTo(width / 2, horizon)
      pen.lineTo((lane / 8) * width, height)
      pen.stroke()
    }
    const x = ((this.#frame * 5 + this.#seed * 97) % (width + 120)) - 120
    pen.fillStyle = isDay ? '#e8e8e0' : '#5a6a78'
    pen.fillRect(x, height * 0.62, 120, 46)
    pen.fillRect(x + 24, height * 0.62 - 26, 70, 28)
  }
}
