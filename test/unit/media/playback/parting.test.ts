import { describe, expect, it } from 'vitest'
import { AT, stage, withFakeEngine } from './stage.ts'

withFakeEngine()

/** One tile that has played, and seeks while its next server is far away. */
async function parted() {
  const made = stage()
  await made.wait(1)
  const { tile, video } = made.tiles[0]!
  video.paint(0)
  made.network.isFar = true
  made.player.seek(AT - 60_000)
  await made.wait(1)
  const [old, next] = made.peers.made
  return { ...made, tile, video: video.original, old: old!, next: next! }
}

describe('a session that ends for another', () => {
  it('is over for its server and its picture stands at once, while its peer waits', async () => {
    const { roads, tile, video, old } = await parted()
    expect([roads[0]!.signalling.said.at(-1), video.paused, tile.frame?.mediaMs, old.isClosed]).toEqual([
      'close',
      true,
      AT,
      false,
    ])
  })

  it('gives its peer back while the next one waits for its server', async () => {
    const { old, next, wait } = await parted()
    next.reach()
    await wait(0)
    expect(old.isClosed).toBe(true)
  })

  it('does so after a moment where no server is found', async () => {
    const { old, wait } = await parted()
    await wait(298)
    const before = old.isClosed
    await wait(1)
    expect([before, old.isClosed]).toEqual([false, true])
  })

  it('keeps none where nobody looks any more', async () => {
    const { player, peers, next, wait } = await parted()
    player.dispose()
    next.connect() // its server is told so that it is over
    await wait(0)
    expect(peers.open).toBe(0)
  })
})

/** A playback that is left while the server still thinks about its offers. */
async function leftEarly(options: Parameters<typeof stage>[0] = {}) {
  const made = stage(options)
  const server = Promise.withResolvers<void>()
  made.network.offers = server.promise
  made.player.seek(AT - 60_000)
  await made.wait(1)
  for (const { tile } of made.tiles) tile.dispose()
  await made.wait(1)
  const { signalling } = made.roads.at(-1)!
  return { ...made, said: signalling.said, offer: server.resolve }
}

describe('a session that is left before it has its offer', () => {
  it('is answered, connects and ends, so that the server hears of it', async () => {
    const { said, peers, offer, wait } = await leftEarly()
    const before = [...said]
    offer()
    await wait(1)
    expect([before, said, peers.open]).toEqual([[], ['open', 'answer the answer', 'close'], 0])
  })

  it('ends without a word where the server would be told of it by our offer', async () => {
    const { said, peers, offer, wait } = await leftEarly({ weOffer: true })
    offer()
    await wait(1)
    expect([said, peers.open]).toEqual([['open', 'close'], 0])
  })

  it('is given up where no offer comes', async () => {
    const { said, wait } = await leftEarly()
    await wait(4_990)
    const before = [...said]
    await wait(20)
    expect([before, said]).toEqual([[], ['close']])
  })

  it('keeps nobody waiting who was to start with it', async () => {
    const made = stage({ tiles: 2 })
    const server = Promise.withResolvers<void>()
    made.network.offers = server.promise
    await made.wait(1)
    made.tiles[0]!.tile.dispose()
    server.resolve()
    await made.wait(1)
    expect(made.roads[1]!.signalling.said).toEqual(['open', 'answer the answer'])
  })
})
