import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeMediaStream } from '../fakes.ts'
import { FakeVideoFrame, stage } from './stage.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeMediaStream)
  vi.stubGlobal('VideoFrame', FakeVideoFrame)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** One tile that plays at 1x. */
async function playing(wish: Parameters<typeof stage>[0] = {}) {
  const all = stage(wish)
  const { tile, video } = all.tiles[0]!
  await all.wait(100)
  video.paint(0)
  const listen = async (on: boolean) => {
    if (tile.listen(on)) all.player.retry(tile)
    await all.wait(100)
  }
  const paint = async (ms: number) => {
    video.paint(ms)
    await all.wait(0)
  }
  return { ...all, tile, listen, paint, asked: () => all.roads.map(({ withSound }) => withSound) }
}

it('nobody listens: no session is asked for with sound', async () => {
  const { tile, player, wait, asked } = await playing()
  player.jump(-10_000)
  await wait(500)
  expect([tile.sound, new Set(asked())]).toEqual([{ is: 'off' }, new Set([false])])
})

it('who listens gets another session with sound, heard with its first frame', async () => {
  const { tile, listen, paint, asked, open } = await playing()
  await listen(true)
  expect([asked(), tile.sound, open()]).toEqual([[false, true], { is: 'coming' }, 1])
  await paint(0)
  expect(tile.sound).toMatchObject({ is: 'there' })
  await listen(false)
  expect([asked().length, tile.sound]).toEqual([2, { is: 'off' }])
})

it('at another speed the server is not asked for sound, at its own again it is', async () => {
  const { tile, player, wait, listen, paint, asked } = await playing()
  await listen(true)
  await paint(0)
  player.setSpeed(4)
  await wait(500)
  await paint(0)
  expect([asked().at(-1), tile.sound]).toEqual([false, { is: 'coming' }])
  player.setSpeed(1)
  await wait(500)
  await paint(0)
  expect([asked().at(-1), tile.sound]).toMatchObject([true, { is: 'there' }])
})

it('paused nothing is heard, and what is made ready to go on will be', async () => {
  const { tile, player, wait, listen, paint, asked } = await playing()
  await listen(true)
  await paint(0)
  player.pause()
  expect(tile.sound).toEqual({ is: 'coming' })
  await paint(66)
  const before = asked().length
  await wait(1_000)
  expect(asked().slice(before)).toEqual([true])
  player.play()
  await wait(100)
  await paint(0)
  expect([asked().length, tile.sound]).toMatchObject([before + 1, { is: 'there' }])
})

it('a server that refuses sound is asked for the picture alone at once, and the tile knows', async () => {
  const { tile, listen, paint, asked, open } = await playing({ refusesSound: true })
  await listen(true)
  expect(asked()).toEqual([false, true, false])
  await paint(0)
  expect([tile.sound, tile.state.phase, open()]).toEqual([{ is: 'none' }, 'playing', 1])
})
