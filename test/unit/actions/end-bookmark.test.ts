import { describe, expect, it } from 'vitest'
import { openRoom, siteId, soon, type Main, type Room } from './room.ts'

const making = () => ({ recording: { minSeconds: 1, bookmarkAtEnd: 'make' } })

const found = async (main: Main, { camera }: Pick<Room, 'camera'>) =>
  (
    await main.ask('findBookmarks', {
      siteId,
      cameraIds: [camera(1).cameraId],
      from: '2020-01-01T00:00:00.000Z',
      to: '2099-01-01T00:00:00.000Z',
      text: '',
      user: '',
      after: null,
      count: 10,
    })
  ).bookmarks

describe('the end of a recording by hand', () => {
  it('is offered a bookmark for its span, by the clock of the server, once', async () => {
    const { camera, simulator, start } = await openRoom({ clockOffsetSeconds: 600 }, () => ({
      recording: { minSeconds: 1 },
    }))
    const main = await start()
    await main.signIn()
    await soon(async () => expect((await main.ask('listSites'))[0]!.clockOffsetMs).toBeGreaterThan(500_000))
    await main.ask('startRecording', { camera: camera(1), seconds: 2 })
    const now = await main.whenRecording(camera(1), 'recording')
    const { startedAt } = simulator.state().recordings[0]!
    expect(Math.abs(Date.parse(now!.startedAt!) - Date.parse(startedAt))).toBeLessThan(2_000)
    await main.whenRecording(camera(1), null)
    await soon(() => expect(main.facts('bookmarkOffered').length).toBe(1))
    const [offer] = main.facts('bookmarkOffered')
    const lengthMs = Date.parse(offer!.to) - Date.parse(offer!.from)
    expect([offer!.camera, offer!.from, lengthMs > 1_500 && lengthMs < 4_000]).toEqual([
      camera(1),
      now!.startedAt,
      true,
    ])
    expect(await found(main, { camera })).toEqual([])
  })

  it('gets it made where the profile says so, under the name of the recording and of who asked for it', async () => {
    const { camera, simulator, start } = await openRoom({}, making)
    const main = await start()
    await main.signIn()
    const job = await main.ask('startRecording', { camera: camera(1), seconds: 60 })
    await main.whenRecording(camera(1), 'recording')
    await main.ask('stopRecording', { camera: camera(1) })
    await soon(async () => expect((await found(main, { camera })).length).toBe(1))
    const name = simulator.site.cameras.find(({ number }) => number === 1)!.name
    expect(await found(main, { camera })).toMatchObject([
      { reference: job.reference, headline: `${name}, recorded by hand`, user: `[BASIC]\\${simulator.user}` },
    ])
    expect(main.facts('bookmarkOffered')).toEqual([])
  })

  it('is not missed where the program ended before it, and not marked twice', async () => {
    const room = await openRoom({}, making)
    const before = await room.start()
    await before.signIn()
    await before.ask('startRecording', { camera: room.camera(1), seconds: 60 })
    await before.whenRecording(room.camera(1), 'recording')
    await before.close()
    await room.leap(300_000)
    for (let starts = 0; starts < 2; starts++) {
      const main = await room.start()
      await main.signIn()
      await main.whenRecording(room.camera(1), null)
      await soon(async () => expect((await found(main, room)).length).toBe(1))
      await main.close()
    }
    const main = await room.start()
    await main.signIn()
    const lengths = (await found(main, room)).map(({ begin, end }) => Date.parse(end) - Date.parse(begin))
    expect(lengths.map((ms) => Math.round(ms / 1000))).toEqual([60])
  })
})
