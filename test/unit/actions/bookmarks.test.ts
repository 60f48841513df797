import { describe, expect, it } from 'vitest'
import type { BookmarkOrder } from '../../../src-preload/contract/models/bookmark.ts'
import { openRoom, siteId, soon } from './room.ts'

const quick = { at: null, beforeSeconds: 10, afterSeconds: 30, headline: 'Gate', description: '' }
const searchOf = ({ cameras }: Pick<BookmarkOrder, 'cameras'>, aroundMs: number) => ({
  siteId,
  cameraIds: cameras.map(({ cameraId }) => cameraId),
  from: new Date(aroundMs - 3_600_000).toISOString(),
  to: new Date(aroundMs + 3_600_000).toISOString(),
  text: '',
  user: '',
  after: null,
  count: 100,
})

describe('a bookmark', () => {
  it('is made for each camera under one reference, at this moment by the clock of the server', async () => {
    const { simulator, camera, start } = await openRoom({ clockOffsetSeconds: 600 })
    const main = await start()
    await main.signIn()
    await soon(async () => expect((await main.ask('listSites'))[0]!.clockOffsetMs).toBeGreaterThan(500_000))
    const cameras = [camera(1), camera(2)]
    const atMs = Date.now() + 600_000
    const jobs = await main.ask('addBookmarks', { cameras, ...quick })
    for (const job of jobs) await main.whenJob(job, 'done')
    const { bookmarks: found } = await main.ask('findBookmarks', searchOf({ cameras }, atMs))
    expect(new Set(jobs.map(({ reference }) => reference)).size).toBe(1)
    expect(found.map((one) => [one.camera, one.headline, one.reference, one.user])).toEqual(
      expect.arrayContaining(cameras.map((one) => [one, 'Gate', jobs[0]!.reference, `[BASIC]\\${simulator.user}`])),
    )
    const [{ begin, triggered, end }] = found as [(typeof found)[0]]
    const ms = [begin, triggered, end].map(Date.parse) as [number, number, number]
    expect([ms[1] - ms[0], ms[2] - ms[1], Math.abs(ms[1] - atMs) < 3_000]).toEqual([10_000, 30_000, true])
  })

  it('is made once where the reply was lost after it was made', async () => {
    const { simulator, camera, leap, start } = await openRoom()
    const main = await start()
    await main.signIn()
    simulator.addFault({ kind: 'path', path: '*/bookmarks', method: 'POST', lost: 'after', times: 1 })
    const [job] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick })
    await main.whenJob(job!, 'unknown')
    await leap(61_000) // the server is given its time before it is asked
    await main.whenJob(job!, 'done')
    const { bookmarks: found } = await main.ask('findBookmarks', searchOf({ cameras: [camera(1)] }, Date.now()))
    expect([found.length, simulator.state().duplicates.references]).toEqual([1, []])
  })

  it('waits for its site, however long that is away', async () => {
    const { camera, leap, start } = await openRoom()
    const main = await start()
    const [job] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick })
    expect(job!.state).toEqual({ phase: 'accepted', because: { kind: 'signed-out' } })
    await leap(600_000)
    await main.signIn()
    await main.whenJob(job!, 'done')
  })
})
