import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PeerShelf } from '../../../src-renderer/media/peer-shelf.ts'

const STOCK = 16
const QUIET_MS = 2_000
const DAY_MS = 24 * 3_600_000

/** A shelf whose idle moments come when `idle` is called, one at a time. */
function scene({ refuses = () => false }: { refuses?: (made: number) => boolean } = {}) {
  const made: { configuration: RTCConfiguration; isClosed: boolean }[] = []
  const moments: (() => void)[] = []
  let filled = 0
  const shelf = new PeerShelf({
    newPeer(configuration) {
      if (refuses(made.length)) throw new DOMException('Cannot create so many PeerConnections', 'UnknownError')
      const peer = { configuration, isClosed: false, close: () => (peer.isClosed = true) }
      made.push(peer)
      return peer as unknown as RTCPeerConnection
    },
    configuration: { bundlePolicy: 'max-bundle' },
    whenIdle: (act) => moments.push(act),
    onFilled: () => filled++,
  })
  const idle = () => moments.splice(0).forEach((act) => act())
  const fill = async () => {
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    while (moments.length > 0) idle()
  }
  return { shelf, made, idle, fill, filled: () => filled, isIdleAwaited: () => moments.length > 0 }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('the shelf of peers', () => {
  it('is filled one by one in idle moments, and then says so once', async () => {
    const { shelf, idle, fill, filled } = scene()
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    idle()
    expect([shelf.count, filled()]).toEqual([1, 0])
    await fill()
    expect([shelf.count, filled()]).toEqual([STOCK, 1])
  })

  it('gives what lies ready, and makes the rest', async () => {
    const { shelf, made, fill } = scene()
    await fill()
    for (let count = 0; count < STOCK + 1; count++) shelf.take([])
    expect([shelf.count, made.length]).toEqual([0, STOCK + 1])
    expect(made.at(-1)?.configuration).toEqual({ bundlePolicy: 'max-bundle', iceServers: [] })
  })

  it('makes one with the ICE servers that the server names', async () => {
    const { shelf, made, fill } = scene()
    await fill()
    const iceServers = [{ urls: 'turn:127.0.0.1:3478', username: 'u', credential: 'c' }]
    shelf.take(iceServers)
    expect([shelf.count, made.at(-1)?.configuration]).toEqual([STOCK, { bundlePolicy: 'max-bundle', iceServers }])
  })

  it('makes nothing ahead while pictures are being opened', async () => {
    const { shelf, idle, isIdleAwaited } = scene()
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    shelf.take([])
    idle()
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    shelf.take([])
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1)
    expect([shelf.count, isIdleAwaited()]).toEqual([0, false])
  })

  it('gives out none that has lain for a day', async () => {
    const { shelf, made, fill } = scene()
    await fill()
    await vi.advanceTimersByTimeAsync(DAY_MS)
    shelf.take([])
    expect([shelf.count, made.length, made.filter(({ isClosed }) => isClosed).length]).toEqual([0, STOCK + 1, STOCK])
  })

  it('stays as it is when the engine makes no more', async () => {
    const { shelf, fill, filled } = scene({ refuses: (made) => made === 3 })
    await fill()
    expect([shelf.count, filled()]).toEqual([3, 0])
  })

  it('closes what nobody took, and is not filled again', async () => {
    const { shelf, made, idle } = scene()
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    idle()
    shelf.close()
    idle()
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    expect(made.map(({ isClosed }) => isClosed)).toEqual([true])
  })
})
