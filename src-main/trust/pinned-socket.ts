import type { Duplex } from 'node:stream'
import { type Dispatcher, type Pool, WebSocket } from 'undici'
import { AppError, type Failure } from '../../src-preload/contract/failure.ts'
import { asAppError } from './failures.ts'
import type { Origin } from './origin.ts'
import { watchLife, type Life } from './sign-of-life.ts'
import { TrustError } from './trust-error.ts'
import type { Socket, SocketWish } from './types.ts'

const standardTimeoutMs = 15_000
/** How long a server may take to say goodbye before we hang up. */
const farewellMs = 2_000

interface Needs {
  pool: Pool
  origin: Origin
  wish: SocketWish
  call: string
  /** Aborted with the reason when the origin is closed or blocked. */
  ending: AbortSignal
  /** The line is dead, and nobody said so. */
  onSilent: () => void
}

/** What the upgrade showed; the WebSocket interface itself tells nothing about a refusal. */
interface Upgrade {
  status?: number
  error?: Error
  line?: Duplex
}

/** Opens a WebSocket over the pinned pool, which is bound to its origin whatever address the socket is given. */
export function openPinnedSocket({ pool, origin, wish, call, ending, onSilent }: Needs): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (ending.aborted) return reject(asAppError(ending.reason, call))
    const upgrade: Upgrade = {}
    const socket = new WebSocket(`wss://${origin.address}${wish.path}`, {
      dispatcher: watched(pool, upgrade),
      headers: wish.headers ?? {},
    })
    let isOpen = false
    let isOver = false
    let farewell: NodeJS.Timeout | undefined
    let life: Life | undefined
    const deadline = setTimeout(() => {
      upgrade.error = Object.assign(new Error('deadline passed'), { code: 'ETIMEDOUT' })
      hangUp()
    }, wish.timeoutMs ?? standardTimeoutMs)

    function hangUp(): void {
      over()
      upgrade.line?.destroy()
      socket.close()
    }

    function over(): void {
      if (isOver) return
      isOver = true
      clearTimeout(deadline)
      clearTimeout(farewell)
      life?.end()
      ending.removeEventListener('abort', hangUp)
      if (isOpen) return wish.onClose()
      // A server that answered said why; that we hung up on the rest of it does not matter.
      const reason: unknown = ending.aborted ? ending.reason : upgrade.status === undefined && upgrade.error
      reject(reason ? asAppError(reason, call) : refusalOf(upgrade.status, call))
    }

    ending.addEventListener('abort', hangUp)
    socket.addEventListener('error', () => {}) // `close` follows, and says the same
    socket.addEventListener('close', over)
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (!isOver && typeof data === 'string') wish.onMessage(data) // the protocols we speak have no binary messages
    })
    socket.addEventListener('open', () => {
      if (isOver) {
        hangUp()
        return
      }
      isOpen = true
      clearTimeout(deadline)
      life = watchLife(socket, () => {
        onSilent()
        hangUp()
      })
      resolve({
        send: (text) => socket.send(text),
        demandLife: (withinMs) => life?.demand(withinMs) ?? false,
        close: () => {
          if (isOver || farewell) return
          socket.close(1000)
          farewell = setTimeout(hangUp, farewellMs)
        },
      })
    })
  })
}

/** The same pool, with an eye on how one upgrade ends; compression is not offered, so none can be used against us. */
function watched(pool: Pool, upgrade: Upgrade): Dispatcher {
  return pool.compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>) }
    delete headers['sec-websocket-extensions']
    return dispatch(
      { ...options, headers },
      {
        onRequestStart: (...of) => handler.onRequestStart?.(...of),
        onRequestUpgrade: (controller, status, answered, line) => {
          upgrade.line = line
          handler.onRequestUpgrade?.(controller, status, answered, line)
        },
        onResponseStart: (controller, status, ...rest) => {
          upgrade.status = status
          handler.onResponseStart?.(controller, status, ...rest)
        },
        onResponseData: (...of) => handler.onResponseData?.(...of),
        onResponseEnd: (...of) => handler.onResponseEnd?.(...of),
        onResponseError: (controller, error) => {
          upgrade.error ??= error
          handler.onResponseError?.(controller, error)
        },
      },
    )
  })
}

/** Why a server that answered did not accept the upgrade. */
function refusalOf(status: number | undefined, call: string): AppError {
  if (status !== undefined && status >= 300 && status < 400) return asAppError(new TrustError('XP_REDIRECT'), call)
  return new AppError(failureOfStatus(status, call))
}

function failureOfStatus(status: number | undefined, call: string): Failure {
  if (status === 401) return { kind: 'signed-out' }
  if (status === 403) return { kind: 'forbidden' }
  if (status === 404) return { kind: 'not-found', what: call }
  if (status === 429 || status === 502 || status === 503 || status === 504) return { kind: 'busy', status }
  if (status === undefined) return { kind: 'bad-answer', call, what: 'shape' }
  return { kind: 'refused', call, status, text: '' }
}
