import { describe, expect, it } from 'vitest'
import { AT, FakeVideoFrame, stage, withFakeEngine } from './stage.ts'

withFakeEngine()

const STEP_MS = 10_000

/** Paused, and ten seconds back twice: the third time is foreseen, and its session is there. `fromMs`: where it stands. */
async function steppedTwice(options: Parameters<typeof stage>[0] = {}) {
  const made = stage(options)
  const { player, tiles, wait, asked } = made
  const paint = (rtp = 0) => tiles.forEach(({ video }) => video.paint(rtp))
  const step = async () => {
    player.jump(-STEP_MS)
    await wait(1)
  }
  await wait(1)
  paint()
  player.pause()
  paint(40)
  for (let steps = 0; steps < 2; steps++) {
    await wait(1_000)
    await step()
    paint()
  }
  await wait(1_000)
  const fromMs = player.mediaMs - AT
  expect(asked().slice(-tiles.length)).toEqual(tiles.map(() => fromMs - STEP_MS))
  const shown = () => tiles.map(({ tile, canvas }) => [tile.state.phase, tile.frame!.mediaMs - AT, canvas.shows])
  return { ...made, paint, step, fromMs, shown }
}

describe('the frame that is foreseen', () => {
  it('is fetched unseen, and shown without another session on every camera', async () => {
    const { player, paint, step, fromMs, shown, wait, roads, open, asked, tiles } = await steppedTwice({ tiles: 2 })
    const before = shown()
    paint(7)
    await wait(1)
    expect([shown(), open()]).toEqual([before, 2])
    // Ready to go on from where it stands, now that the frame is there.
    expect(asked().slice(-2)).toEqual([fromMs, fromMs])
    const count = roads.length
    await step()
    expect([roads.length, player.state.isSeeking, open()]).toEqual([count, false, 0])
    expect(shown()).toEqual(tiles.map(() => ['still', fromMs - STEP_MS + 7, 7]))
    // The next one is foreseen again, and then what going on from here needs.
    await wait(1_000)
    paint()
    await wait(1)
    expect(asked().slice(-4)).toEqual([-20_000, -20_000, -10_000, -10_000].map((ms) => fromMs + ms))
    player.play()
    await wait(1)
    paint()
    expect([shown().map(([phase]) => phase), open()]).toEqual([['playing', 'playing'], 2])
  })

  it('is waited for by who steps before it is there, without another session', async () => {
    const { player, paint, step, fromMs, shown, wait, roads, open } = await steppedTwice()
    const count = roads.length
    await step()
    expect([roads.length, player.state.isSeeking, open(), shown()[0]![0]]).toEqual([count, true, 1, 'opening'])
    paint(7)
    await wait(1)
    expect(shown()).toEqual([['still', fromMs - STEP_MS + 7, 7]])
  })

  it('is let go where something else is asked for, before it is there and after', async () => {
    for (const isThere of [false, true]) {
      const { player, paint, fromMs, shown, wait, open, asked } = await steppedTwice()
      if (isThere) paint()
      await wait(1)
      player.jump(30_000)
      await wait(1)
      paint(20)
      await wait(1)
      expect([shown()[0]!.slice(0, 2), asked().at(-1), open()]).toEqual([
        ['still', fromMs + 30_020],
        fromMs + 30_000,
        0,
      ])
      player.dispose()
      await wait(1)
      expect(FakeVideoFrame.open).toBe(0)
    }
  })

  it('is given back where nobody sees it any more', async () => {
    let isDrawn = true
    const { player, paint, wait, open } = await steppedTwice({ isDrawn: () => isDrawn })
    paint()
    await wait(1)
    isDrawn = false
    await wait(1_000)
    const count = open()
    player.jump(-STEP_MS)
    await wait(1)
    expect([count, open(), player.state.isSeeking]).toEqual([1, 1, true])
  })

  it('is given up where no frame comes, and where its session is lost; what stands goes on to stand', async () => {
    for (const isLost of [false, true]) {
      const { roads, fromMs, shown, wait, open, asked, step, paint } = await steppedTwice()
      const before = shown()
      if (isLost) roads.at(-1)!.signalling.end({ kind: 'unreachable', what: 'media', how: 'closed' })
      else await wait(10_000)
      await wait(1)
      expect([shown(), open(), asked().at(-1)]).toEqual([before, 1, fromMs])
      await step()
      paint()
      expect(shown()[0]!.slice(0, 2)).toEqual(['still', fromMs - STEP_MS])
    }
  })
})
