import { describe, expect, it, vi } from 'vitest'
import { AT, stage, withFakeEngine } from './stage.ts'

withFakeEngine()

/** Plays, with the first frame of every tile painted. */
async function playing(options: Parameters<typeof stage>[0] = {}) {
  const made = stage(options)
  await made.wait(1)
  for (const { video } of made.tiles) video.paint(0)
  return made
}

describe('a playback', () => {
  it('asks for one moment on all cameras, and its clock goes when the first frame is painted', async () => {
    const { player, tiles, roads, wait } = stage({ tiles: 4 })
    await wait(1)
    const before = player.mediaMs
    await wait(500)
    expect([before, player.mediaMs, roads.map(({ playback }) => playback)]).toEqual([
      AT,
      AT,
      Array(4).fill({ timeIso: '2026-11-23T14:02:30.000Z', speed: 1, skipGaps: false }),
    ])
    tiles[0]!.video.paint(40)
    await wait(1_000)
    expect(player.mediaMs - AT).toBeCloseTo(1_040, 0)
  })

  it('leaves gaps to the server where one camera is alone', async () => {
    const { roads } = await playing()
    expect(roads.map(({ playback }) => playback?.skipGaps)).toEqual([true])
  })

  it('keeps the frame that was seen until the next is painted, and ends the session at once', async () => {
    const { player, tiles, roads, wait } = await playing()
    const { tile, video, canvas } = tiles[0]!
    const before = [tile.frame, video.playing]
    player.seek(AT - 60_000)
    await wait(1)
    expect([tile.frame, video.standing, canvas.drawn]).toEqual([...before, 0])
    expect(roads[0]!.signalling.said.at(-1)).toBe('close')
    video.paint(0)
    expect([tile.frame?.mediaMs, video.standing, before[1]]).toMatchObject([
      AT - 60_000,
      undefined,
      { srcObject: null },
    ])
  })

  it('names the frame that was painted just before the video was stopped', async () => {
    const { player, tiles, wait } = await playing()
    const { tile, video } = tiles[0]!
    player.seek(AT - 60_000)
    await wait(1)
    video.standing!.paint(40)
    expect(tile.frame?.mediaMs).toBe(AT + 40)
    video.paint(0)
    expect(tile.frame?.mediaMs).toBe(AT - 60_000)
  })

  it('keeps the frame that was seen where nothing comes of a seek, and while it is tried again', async () => {
    const { player, tiles, roads, wait } = await playing()
    const { tile, video } = tiles[0]!
    const before = tile.frame
    player.seek(AT - 60_000)
    await wait(1)
    roads.at(-1)!.signalling.end({ kind: 'unreachable', what: 'media', how: 'closed' })
    await wait(1)
    expect([tile.state.phase, tile.frame, video.standing?.timestamp]).toEqual(['waiting', before, 0])
    await wait(2_000)
    expect([tile.state.phase, tile.frame, video.standing?.timestamp]).toEqual(['opening', before, 0])
    player.dispose()
    expect(video.all.map(({ srcObject }) => srcObject)).toEqual([null, null])
  })

  it('collapses a hundred seeks to a few, and shows the last', async () => {
    const { player, tiles, asked, open, wait, roads } = await playing()
    const before = roads.length
    for (let count = 1; count <= 100; count++) {
      player.seek(AT - count * 1_000)
      await wait(50)
      tiles[0]!.video.paint(0)
    }
    await wait(1_000)
    tiles[0]!.video.paint(0)
    await wait(0)
    expect(asked().at(-1)).toBe(-100_000)
    expect(roads.length - before).toBeLessThanOrEqual(10)
    expect(open()).toBe(1)
    expect(tiles[0]!.tile.frame?.mediaMs).toBe(AT - 100_000)
  })

  it('waits for the one that is opening rather than opening beside it, and then opens the newest', async () => {
    const { player, tiles, asked, wait } = await playing()
    for (const byMs of [-10_000, -20_000, -30_000]) player.seek(AT + byMs)
    await wait(2_000)
    const before = asked()
    tiles[0]!.video.paint(0)
    await wait(1)
    expect([before, asked()]).toEqual([
      [0, -10_000],
      [0, -10_000, -30_000],
    ])
  })

  it('goes to the moment asked for last, though one asked for before is painted while that waits for its turn', async () => {
    const { player, tiles, asked, wait } = await playing()
    player.seek(AT - 10_000)
    player.seek(AT - 20_000)
    await wait(50)
    tiles[0]!.video.paint(0)
    const meanwhile = [player.state.isSeeking, player.mediaMs - AT]
    await wait(1_000)
    tiles[0]!.video.paint(0)
    expect([meanwhile, asked(), player.state.isSeeking]).toEqual([[true, -20_000], [0, -10_000, -20_000], false])
  })

  it('paused, stays on the next frame, and leaves no session that streams', async () => {
    const { player, tiles, roads, wait } = await playing()
    await wait(1_000)
    player.pause()
    tiles[0]!.video.paint(1_033)
    await wait(1)
    const { tile, canvas } = tiles[0]!
    expect([tile.state.phase, tile.frame!.mediaMs - AT, canvas.drawn, roads[0]!.signalling.said.at(-1)]).toEqual([
      'still',
      1_033,
      1,
      'close',
    ])
    await wait(60_000)
    expect(player.mediaMs - AT).toBeCloseTo(1_001, -1)
  })

  it('takes no call of the engine for a frame where there is none: what stands is a frame, with its own moment', async () => {
    const { player, tiles, wait } = await playing()
    const [{ tile, video, canvas, seen }] = tiles as [(typeof tiles)[0]]
    player.pause()
    video.paint(40)
    player.seek(AT - 60_000)
    await wait(1)
    video.paintNothing()
    const meanwhile = [seen.at(-1), tile.frame!.mediaMs - AT, canvas.style.display]
    video.paint(0)
    await wait(1)
    expect([meanwhile, seen.at(-1), tile.frame!.mediaMs - AT, canvas.style.display]).toEqual([
      ['opening', 40, ''],
      'still',
      -60_000,
      '',
    ])
  })

  it('paused, stands on no frame whose picture is gone by the time it is told of, but on the next', async () => {
    const { player, tiles, roads, wait } = await playing()
    const { tile, video, canvas } = tiles[0]!
    player.pause()
    video.paint(40)
    player.seek(AT - 60_000)
    await wait(1)
    video.playing.paintPast(0, 40)
    await wait(1)
    const meanwhile = [tile.state.phase, canvas.style.display]
    video.paint(40)
    await wait(1)
    expect([meanwhile, tile.state.phase, tile.frame!.mediaMs - AT, canvas.shows]).toEqual([
      ['opening', 'none'],
      'still',
      -59_960,
      40,
    ])
    expect(roads[1]!.signalling.said.at(-1)).toBe('close')
  })

  it('paused, stops the video where no frame comes of which a picture is kept, and says what stands there', async () => {
    const { player, tiles, roads, wait } = await playing()
    const { tile, video, canvas } = tiles[0]!
    player.pause()
    video.paint(40)
    player.seek(AT - 60_000)
    await wait(1)
    const last = video.playing
    last.paintPast(0, 40)
    await wait(401)
    expect([tile.state.phase, canvas.style.display, video.standing]).toEqual(['still', 'none', last])
    expect(roads[1]!.signalling.said.at(-1)).toBe('close')
    last.paint(40)
    expect(tile.frame!.mediaMs - AT).toBe(-59_960)
  })

  it('paused, makes the session ahead that playing on needs, and answers it then', async () => {
    const { player, tiles, roads, asked, wait } = await playing()
    player.pause()
    tiles[0]!.video.paint(40)
    await wait(1_000)
    const ahead = roads.at(-1)!.signalling
    const before = [roads.length, [...ahead.said]]
    player.play()
    await wait(1)
    expect([before, roads.length, ahead.said, asked().at(-1)]).toEqual([
      [2, ['open']],
      2,
      ['open', 'answer the answer'],
      Math.round(player.mediaMs - AT),
    ])
  })

  it('paused, shows the first frame of the moment it is sent to', async () => {
    const { player, tiles, open, wait } = await playing()
    player.pause()
    tiles[0]!.video.paint(40)
    player.seek(AT - 60_000)
    await wait(1)
    tiles[0]!.video.paint(0)
    await wait(1)
    expect([tiles[0]!.tile.frame!.mediaMs - AT, tiles[0]!.tile.state.phase, open()]).toEqual([-60_000, 'still', 0])
  })

  it('paused, is ready to go on even where the picture of a seek came late', async () => {
    const { player, tiles, asked, wait } = await playing()
    player.pause()
    tiles[0]!.video.paint(40)
    player.seek(AT - 60_000)
    await wait(4_000)
    tiles[0]!.video.paint(0)
    await wait(1_000)
    expect(asked().slice(1)).toEqual([-60_000, -60_000])
  })

  it('playing, makes the recording after the next ahead for one who went on twice, for a while', async () => {
    const recorded = { nextAfter: (ms: number) => (Math.floor((ms - AT) / 60_000) + 1) * 60_000 + AT }
    const { player, tiles, asked, open, wait } = await playing({ recorded })
    for (const minutes of [1, 2]) {
      await wait(1_000)
      player.seek(AT + minutes * 60_000)
      await wait(1)
      tiles[0]!.video.paint(0)
    }
    await wait(500)
    const ahead = [asked(), open()]
    await wait(11_000)
    expect([ahead, open(), asked().length]).toEqual([[[0, 60_000, 120_000, 180_000], 2], 1, 4])
  })

  it('opens anew at another speed, at the moment the clock shows', async () => {
    const { player, roads, asked, wait } = await playing()
    await wait(2_000)
    player.setSpeed(4)
    await wait(1)
    expect([roads.at(-1)!.playback?.speed, Math.round(asked().at(-1)! / 100)]).toEqual([4, 20])
  })

  it('says how far a tile is off, and opens one anew that stays so', async () => {
    const { player, tiles, roads, wait } = stage({ tiles: 3 })
    await wait(1)
    const paint = (lateMs: number) => {
      tiles[0]!.video.paint(1_000)
      tiles[1]!.video.paint(1_000)
      tiles[2]!.video.paint(1_000 - lateMs)
    }
    paint(900)
    expect([player.offsetOf(tiles[0]!.tile), Math.round(player.offsetOf(tiles[2]!.tile)!)]).toEqual([null, -900])
    await wait(1_500)
    expect(roads).toHaveLength(4)
  })

  it('skips what none of several cameras has recorded, all together', async () => {
    const gap = { from: AT + 10_000, to: AT + 300_000 }
    const recorded = {
      isRecordedAt: (ms: number) => ms < gap.from || ms >= gap.to,
      nextAfter: (ms: number) => (ms < gap.to ? gap.to : null),
    }
    const { player, tiles, asked, wait } = await playing({ tiles: 2, recorded })
    for (let second = 1; second <= 9; second++) {
      await wait(1_000)
      for (const { video } of tiles) video.paint(second * 1_000)
    }
    await wait(500)
    const ahead = asked()
    await wait(1_000)
    for (const { video } of tiles) video.paint(0)
    await wait(1)
    expect([ahead.slice(2), player.mediaMs - gap.to < 1_000]).toEqual([[300_000, 300_000], true])
    // Those made ahead are the ones that play.
    expect(asked()).toHaveLength(4)
  })

  it('plays through a gap where gaps are not skipped, and says that nothing comes', async () => {
    const { player, tiles, wait } = stage({
      tiles: 2,
      recorded: { isRecordedAt: () => false, nextAfter: () => AT + 60_000 },
      skipGaps: false,
    })
    await wait(5_000)
    expect([tiles[0]!.tile.state.phase, player.mediaMs > AT + 1_000, player.state.isSeeking]).toEqual([
      'silent',
      true,
      false,
    ])
  })

  it('opens anew what the server ended, where the clock is by then', async () => {
    const { roads, tiles, asked, wait } = await playing()
    await wait(2_000)
    tiles[0]!.video.paint(2_000)
    roads[0]!.signalling.end({ kind: 'unreachable', what: 'media', how: 'closed' })
    await wait(10)
    const phase = tiles[0]!.tile.state.phase
    await wait(1_000)
    expect([phase, asked().length, asked().at(-1)! >= 2_000]).toEqual(['waiting', 2, true])
  })

  it('gives up what cannot be played here', async () => {
    const { tiles, roads, wait } = stage()
    await wait(1)
    roads[0]!.signalling.end({ kind: 'forbidden' })
    await wait(20_000)
    expect([tiles[0]!.tile.state, roads.length]).toEqual([{ phase: 'failed', because: { kind: 'forbidden' } }, 1])
  })

  it('ends what was made ahead in a way that every server hears: it connects, and hangs up', async () => {
    const { player, tiles, roads, open, wait } = await playing()
    player.pause()
    tiles[0]!.video.paint(40)
    await wait(1_000)
    const ahead = roads.at(-1)!.signalling
    player.dispose()
    await wait(1)
    expect([ahead.said, open()]).toEqual([['open', 'answer the answer', 'close'], 0])
  })

  it('plays by an offer of ours too, and leaves what was made ahead without ever asking the server for it', async () => {
    const { player, tiles, roads, peers, open, wait } = await playing({ weOffer: true })
    player.pause()
    tiles[0]!.video.paint(100)
    await wait(1_000)
    const ahead = roads.at(-1)!.signalling
    const before = [...ahead.said]
    for (const { tile } of tiles) tile.dispose()
    await wait(10_000)
    expect([roads[0]!.signalling.said, before, ahead.said, open()]).toEqual([
      ['open', 'offer our offer', 'close'],
      ['open'],
      ['open', 'close'],
      0,
    ])
    expect(peers.made.map(({ isClosed }) => isClosed)).toEqual(peers.made.map(() => true))
  })

  it('leaves nothing open, whatever is going on', async () => {
    const { player, open, peers, wait } = await playing({ tiles: 4 })
    player.seek(AT - 5_000)
    player.seek(AT - 6_000)
    player.dispose()
    await wait(60_000)
    expect([open(), peers.open, vi.getTimerCount()]).toEqual([0, 0, 0])
  })

  it('goes no further than the present', async () => {
    const { player, asked, wait } = await playing()
    player.seek(AT + 7_200_000)
    await wait(1)
    expect(asked().at(-1)).toBe(3_600_000 - 1_000)
  })
})
