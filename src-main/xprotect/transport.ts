/**
 * How this room reaches the server. Made by the trust room and handed in: this room never opens a socket itself.
 *
 * Every failure arrives as an AppError; the original error is its `cause`.
 */
export interface Transport {
  /** One exchange with one origin. Redirects are refused, the body is text of at most 8 MB. */
  request(exchange: Exchange): Promise<Answer>
  /** A WebSocket on the same pinned origin. Resolves when the server has accepted the upgrade. */
  openSocket(wish: SocketWish): Promise<Socket>
}

export interface Exchange {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute path with query; never a whole address. */
  path: string
  headers?: Record<string, string>
  body?: string
  /** Total deadline, connection included. Default 15,000. */
  timeoutMs?: number
  signal?: AbortSignal
  /** The gateway passes it on to a server of its own: where that one is away, nothing is said of the gateway. */
  isPassedOn?: boolean
}

export interface Answer {
  status: number
  /** Names in lower case; a repeated header is joined by commas. */
  headers: Record<string, string>
  text: string
}

export interface SocketWish {
  path: string
  headers?: Record<string, string>
  timeoutMs?: number
  onMessage: (text: string) => void
  /** Called once, whoever ended it. */
  onClose: () => void
}

export interface Socket {
  send(text: string): void
  /**
   * Wants a sign of life within this many milliseconds, or ends the socket. False where the other side is not known to
   * give one when asked (RFC 6455 5.5.2 wants it to), and so silence would prove nothing.
   */
  demandLife(withinMs: number): boolean
  close(): void
}
