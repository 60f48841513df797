import { describe, expect, it, vi } from 'vitest'
import { KeptFrame } from '../../../../src-renderer/media/playback/kept-frame.ts'
import { AT, FakeVideoFrame, stage, withFakeEngine } from './stage.ts'

withFakeEngine()

const EVERY_MS = 40

/** The engine's conversion of a picture is over. */
async function turned(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

/** Paused after ten frames of each tile; those of the second come 15 ms later. */
async function paused(options: Parameters<typeof stage>[0] = {}) {
  const made = stage(options)
  await made.wait(1)
  const paint = (fromMs: number, count: number, origin = 0) => {
    for (let frame = 0; frame < count; frame++)
      made.tiles.forEach(({ video }, index) => video.paint(fromMs - origin + frame * EVERY_MS + index * 15))
  }
  paint(0, 9)
  made.player.pause()
  paint(360, 1)
  await made.wait(1)
  const says = () => made.tiles.map(({ tile }) => tile.frame!.mediaMs - AT)
  return { ...made, paint, says }
}

describe('going frame by frame', () => {
  it('goes back five and on five, and each time shows the very frame', async () => {
    const { player, tiles, roads } = await paused()
    const { canvas } = tiles[0]!
    const seen = [canvas.shows]
    for (const by of [-1, -1, -1, -1, -1, 1, 1, 1, 1, 1] as const) {
      player.walk.step(by)
      await turned()
      seen.push(canvas.shows)
    }
    expect(seen).toEqual([360, 320, 280, 240, 200, 160, 200, 240, 280, 320, 360])
    expect([player.mediaMs - AT, roads.length]).toEqual([360, 1])
  })

  it('draws each on a canvas that was not seen last, and two steps at once lead to the second', async () => {
    const { player, tiles, says } = await paused()
    const { canvas } = tiles[0]!
    const places: number[] = []
    for (let step = 0; step < 4; step++) {
      player.walk.step(-1)
      await turned()
      places.push(canvas.all.indexOf(canvas.seen!))
    }
    const drawn = canvas.drawn
    player.walk.step(-1)
    player.walk.step(-1)
    await turned()
    expect([places, canvas.shows, says(), canvas.drawn - drawn]).toEqual([[1, 2, 0, 1], 120, [120], 1])
  })

  it('has the next frame of the same way ready, and reads no more of it when it is wanted', async () => {
    const { player, tiles, says, wait } = await paused()
    const { canvas } = tiles[0]!
    player.walk.step(-1)
    await wait(1)
    const read = vi.spyOn(KeptFrame.prototype, 'readInto')
    player.walk.step(-1)
    expect([canvas.shows, says(), read.mock.calls.length]).toEqual([280, [280], 0])
    // Nor of the one it came from.
    player.walk.step(1)
    expect([canvas.shows, says(), read.mock.calls.length]).toEqual([320, [320], 0])
    vi.restoreAllMocks()
  })

  it('is drawn as pictures are where the engine converts none, and shows nothing rather than another frame', async () => {
    const { player, tiles, says } = await paused()
    const { canvas } = tiles[0]!
    vi.spyOn(KeptFrame.prototype, 'readInto').mockResolvedValue(null)
    player.walk.step(-1)
    await turned()
    expect([canvas.shows, says()]).toEqual([320, [320]])
    vi.spyOn(KeptFrame.prototype, 'drawOn').mockReturnValue(false)
    player.walk.step(-1)
    await turned()
    expect([canvas.seen, says()]).toEqual([undefined, [280]])
    vi.restoreAllMocks()
  })

  it('steps by the frames of the tile that leads, and the others show what stood then', async () => {
    const { player, tiles, says } = await paused({ tiles: 2 })
    player.follow(tiles[1]!.tile)
    player.walk.step(-1)
    const second = says()
    player.follow(tiles[0]!.tile)
    player.walk.step(-1)
    expect([second, says(), player.mediaMs - AT]).toEqual([[320, 335], [280, 255], 280])
  })

  it('says where no earlier frame is kept, and one step further asks the server for the second before', async () => {
    const { player, tiles, asked, says, wait, open } = await paused({ ringFrames: 3 })
    for (let step = 0; step < 3; step++) player.walk.step(-1)
    const atFirst = [says()[0], player.state.edge]
    player.walk.step(-1)
    await wait(1)
    const [{ video, canvas, seen }] = tiles as [(typeof tiles)[0]]
    const askedMs = asked().at(-1)
    for (let frame = 0; frame <= 25; frame++) {
      video.paint(frame * EVERY_MS)
      if (frame === 20) expect([canvas.shows, says()[0]]).toEqual([280, 280])
    }
    await wait(1)
    expect([atFirst, askedMs, says()[0], player.state.edge]).toEqual([[280, 'first-kept'], -720, 240, null])
    expect([seen.at(-1), player.mediaMs - AT, open()]).toEqual(['still', 240, 0])
    player.walk.step(1)
    expect(says()).toEqual([280])
  })

  it('steps on beyond what is kept by playing on, unseen, and keeps more for the next steps', async () => {
    const { player, tiles, asked, says, paint, wait } = await paused({ tiles: 2 })
    player.walk.step(1)
    await wait(1)
    const fromMs = asked().at(-1)!
    paint(360, 20, fromMs)
    await wait(1)
    const first = [says(), player.mediaMs - AT]
    player.walk.step(1)
    expect([fromMs, first, says(), asked().length]).toEqual([360, [[400, 375], 400], [440, 415], 4])
    player.walk.step(-1)
    player.walk.step(-1)
    expect([says(), tiles.map(({ tile }) => tile.state.phase)]).toEqual([
      [360, 335],
      ['still', 'still'],
    ])
  })

  it('stays where it is, and says so, where the server has no later frame', async () => {
    const { player, says, wait, tiles } = await paused()
    player.walk.step(1)
    await wait(4_000)
    const meanwhile = [tiles[0]!.tile.state.phase, player.state.edge]
    await wait(8_000)
    expect(meanwhile).toEqual(['opening', null])
    expect([says(), player.state.edge, tiles[0]!.tile.state.phase]).toEqual([[360], 'no-later', 'still'])
  })

  it('never shows a later frame for a step back, whatever came', async () => {
    const { player, tiles, says, wait } = await paused({ ringFrames: 3 })
    for (let step = 0; step < 4; step++) player.walk.step(-1)
    await wait(1)
    const [{ video, canvas }] = tiles as [(typeof tiles)[0]]
    video.paint(1_040)
    await wait(1)
    expect([canvas.shows, says(), player.mediaMs - AT, player.state.edge]).toEqual([280, [280], 280, 'no-earlier'])
  })

  it('while it plays, pauses first and steps from the frame it stands on', async () => {
    const { player, tiles, wait } = stage()
    await wait(1)
    const [{ tile, video }] = tiles as [(typeof tiles)[0]]
    for (const atMs of [0, 40, 80]) video.paint(atMs)
    player.walk.step(-1)
    const before = player.state.isPlaying
    video.paint(120)
    await wait(1)
    expect([before, tile.frame!.mediaMs - AT]).toEqual([false, 80])
  })

  it('goes back at the speed of the recording as far as frames are kept, and says that it is at the first', async () => {
    const { player, says, wait } = await paused({ tiles: 2 })
    player.walk.reverse()
    await wait(100)
    const meanwhile = [says(), player.state.isReversing]
    await wait(1_000)
    expect([meanwhile, says(), player.state.isReversing, player.state.edge]).toEqual([
      [[240, 255], true],
      [0, 15],
      false,
      'first-kept',
    ])
  })

  it('stops going back where it is when it is asked to', async () => {
    const { player, says, wait } = await paused()
    player.walk.reverse()
    await wait(100)
    player.walk.reverse()
    await wait(1_000)
    expect([says(), player.state.isReversing]).toEqual([[240], false])
  })

  it('keeps no memory of the engine, nor of its own once it is left', async () => {
    const { player, wait } = await paused({ tiles: 4 })
    player.walk.step(-1)
    await wait(1)
    expect(FakeVideoFrame.open).toBe(0)
    player.dispose()
    await wait(60_000)
    expect([FakeVideoFrame.open, vi.getTimerCount()]).toEqual([0, 0])
  })
})
