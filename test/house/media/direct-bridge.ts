import https from 'node:https'
import { randomUUID } from 'node:crypto'
import type { IceCandidate, SessionOffer } from '../../../src-preload/contract/models/session.ts'
import type { Result } from '../../../src-preload/contract/failure.ts'
import type { Simulator } from '../../simulator/start.ts'

interface Session {
  serverId: string
  handedOut: number
  isConnected: boolean
}

/** Every field the calls answered here may carry. */
interface CallInput {
  cameraId: string
  streamId: string | null
  sessionId: string
  sdp: string
  candidate: object
  line: string
}

const POLL_MS = 50
const POLLS = 40

/**
 * Answers the page's signalling calls straight from the simulator's REST, with none of the product's rooms between: what
 * goes wrong in a test that uses it, goes wrong in the page.
 */
export class DirectBridge {
  /** Lines the page wrote to the log. */
  readonly lines: string[] = []
  readonly #simulator: Simulator
  readonly #agent: https.Agent
  readonly #sessions = new Map<string, Session>()
  #token = ''

  constructor(simulator: Simulator) {
    this.#simulator = simulator
    this.#agent = new https.Agent({
      keepAlive: true,
      ca: simulator.certificatePem,
      checkServerIdentity: () => undefined, // the certificate itself is the only authority here
    })
  }

  async signIn(): Promise<void> {
    const { user, password } = this.#simulator
    const form = new URLSearchParams({
      grant_type: 'password',
      client_id: 'GrantValidatorClient',
      username: user,
      password,
    })
    const answer = await this.#send(
      'POST',
      '/API/IDP/connect/token',
      form.toString(),
      'application/x-www-form-urlencoded',
    )
    this.#token = (answer as { access_token: string }).access_token
  }

  /** What the page finds behind `window.bridge.call`. */
  readonly call = async (name: string, input: unknown): Promise<Result<unknown>> => {
    try {
      return { ok: true, value: await this.#answer(name, input as CallInput) }
    } catch (error) {
      const text = String(error)
      if (!text.startsWith('Error: status')) return { ok: false, failure: { kind: 'unreachable', what: 'server' } }
      return { ok: false, failure: { kind: 'refused', call: name, status: Number(text.slice(14, 17)), text } }
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  async #answer(name: string, input: CallInput): Promise<unknown> {
    switch (name) {
      case 'openSession':
        return this.#open(input.cameraId, input.streamId)
      case 'answerSession':
        return this.#send('PATCH', `/API/REST/v1/WebRTC/Session/${this.#of(input).serverId}`, {
          answerSDP: JSON.stringify({ type: 'answer', sdp: input.sdp }),
        })
      case 'addCandidate':
        return this.#send('POST', `/API/REST/v1/WebRTC/IceCandidates/${this.#of(input).serverId}`, {
          candidates: [JSON.stringify(input.candidate)],
        })
      case 'nextCandidates':
        return this.#candidates(this.#of(input))
      case 'closeSession':
        return void this.#sessions.delete(input.sessionId)
      case 'listStreams':
        return this.#streams(input.cameraId)
      case 'report':
        return void this.lines.push(input.line)
      default:
        throw new Error(`no such call: ${name}`)
    }
  }

  async #open(cameraId: string, streamId: string | null): Promise<SessionOffer> {
    const wish = {
      deviceId: cameraId,
      ...(streamId && { streamId }),
      resolution: 'notInUse',
      includeAudio: false,
      iceServers: [],
    }
    const answer = (await this.#send('POST', '/API/REST/v1/WebRTC/Session', wish)) as {
      sessionId: string
      offerSDP: string
    }
    const sessionId = randomUUID()
    this.#sessions.set(sessionId, { serverId: answer.sessionId, handedOut: 0, isConnected: false })
    const { sdp } = JSON.parse(answer.offerSDP) as { sdp: string }
    return { sessionId: sessionId as SessionOffer['sessionId'], sdp, iceServers: [] }
  }

  async #candidates(session: Session): Promise<IceCandidate[]> {
    for (let polls = 0; polls < POLLS; polls++) {
      const path = `/API/REST/v1/WebRTC/IceCandidates/${session.serverId}`
      const { candidates } = (await this.#send('GET', path)) as { candidates: string[] }
      const fresh = candidates.slice(session.handedOut)
      session.handedOut = candidates.length
      if (fresh.length > 0) return fresh.map((text) => JSON.parse(text) as IceCandidate)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    return []
  }

  #streams(cameraId: string): object[] {
    const camera = this.#simulator.site.cameras.find(({ id }) => id === cameraId)
    return (camera?.streams ?? []).map((stream) => {
      const { id, name, codec, widthPx, heightPx, framesPerSecond } = stream
      return { id, name, codec, widthPx, heightPx, framesPerSecond, liveDefault: name === 'Main' }
    })
  }

  #of(input: CallInput): Session {
    const session = this.#sessions.get(input.sessionId)
    if (!session) throw new Error('status 404 no such session')
    return session
  }

  #send(method: string, path: string, body?: string | object, type = 'application/json'): Promise<unknown> {
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {})
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': type, ...(this.#token && { authorization: `Bearer ${this.#token}` }) }
      const request = https.request(
        this.#simulator.gateway + path,
        { method, agent: this.#agent, headers },
        (response) => {
          let received = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => (received += part))
          response.on('end', () => {
            if ((response.statusCode ?? 0) >= 300) return reject(new Error(`status ${response.statusCode} ${received}`))
            resolve(received === '' ? null : JSON.parse(received))
          })
        },
      )
      request.on('error', reject)
      request.end(method === 'GET' ? undefined : text)
    })
  }
}
