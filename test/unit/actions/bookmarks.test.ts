import { describe, expect, it } from 'vitest'
import type { BookmarkOrder, BookmarkPage } from '../../../src-preload/contract/models/bookmark.ts'
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

  it('is changed, keeps what was not said, and is deleted', async () => {
    const { camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    const [made] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick, description: 'Two people' })
    await main.whenJob(made!, 'done')
    const find = async () => (await main.ask('findBookmarks', searchOf({ cameras: [camera(1)] }, Date.now()))).bookmarks
    const [bookmark] = await find()
    const ref = { id: bookmark!.id, camera: camera(1), reference: bookmark!.reference }
    const edit = await main.ask('editBookmark', { bookmark: ref, change: { headline: 'Gate 2' } })
    await main.whenJob(edit, 'done')
    expect(edit).toMatchObject({ reference: bookmark!.reference, headline: 'Gate 2', kind: 'edit-bookmark' })
    expect(await find()).toEqual([{ ...bookmark!, headline: 'Gate 2' }])
    await main.whenJob(await main.ask('deleteBookmark', { bookmark: ref }), 'done')
    expect(await find()).toEqual([])
    const again = await main.ask('editBookmark', { bookmark: ref, change: { headline: 'Gate 3' } })
    expect((await main.whenJob(again, 'refused')).state).toMatchObject({ because: { kind: 'not-found' } })
  })

  it.each(['before', 'after'] as const)(
    'is changed and deleted for sure where a reply was lost %s it was',
    async (lost) => {
      const { simulator, camera, leap, start } = await openRoom()
      const main = await start()
      await main.signIn()
      const [made] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick })
      await main.whenJob(made!, 'done')
      const find = async () =>
        (await main.ask('findBookmarks', searchOf({ cameras: [camera(1)] }, Date.now()))).bookmarks
      const [bookmark] = await find()
      const ref = { id: bookmark!.id, camera: camera(1), reference: bookmark!.reference }
      for (const method of ['PATCH', 'DELETE'] as const) {
        simulator.addFault({ kind: 'path', path: '*/bookmarks/*', method, lost, times: 1 })
        const job =
          method === 'PATCH'
            ? await main.ask('editBookmark', { bookmark: ref, change: { headline: 'Gate 2' } })
            : await main.ask('deleteBookmark', { bookmark: ref })
        await main.whenJob(job, 'unknown')
        await leap(61_000)
        await main.whenJob(job, 'done')
        const found = await main.ask('findBookmarks', searchOf({ cameras: [camera(1)] }, Date.now()))
        expect(found.bookmarks.map(({ headline }) => headline)).toEqual(method === 'PATCH' ? ['Gate 2'] : [])
      }
    },
  )

  it('is found page by page, newest first, each once, and by who made it', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    const startMs = Date.parse('2026-01-05T12:00:00Z')
    for (let number = 0; number < 7; number++) {
      const at = new Date(startMs + Math.floor(number / 2) * 1_000).toISOString()
      const [job] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick, at, headline: `Mark ${number}` })
      await main.whenJob(job!, 'done')
    }
    const search = { ...searchOf({ cameras: [] }, startMs), cameraIds: null, count: 3 }
    const pages: string[][] = []
    let after: string | null = null
    do {
      const page: BookmarkPage = await main.ask('findBookmarks', { ...search, after })
      pages.push(page.bookmarks.map(({ headline }) => headline))
      after = page.next
    } while (after !== null)
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1])
    // Two at the same moment have no order of their own.
    expect(pages.flat().map((headline) => Math.floor(Number(headline.slice(5)) / 2))).toEqual([3, 2, 2, 1, 1, 0, 0])
    expect(new Set(pages.flat()).size).toBe(7)
    const of = async (user: string) => (await main.ask('findBookmarks', { ...search, count: 9, user })).bookmarks.length
    expect([await of(simulator.user.toUpperCase()), await of('somebody else')]).toEqual([7, 0])
  })

  it('goes out under nobody else than who asked for it', async () => {
    const { simulator, camera, start } = await openRoom()
    const main = await start()
    await main.signIn()
    await main.ask('signOut', { siteId })
    const [job] = await main.ask('addBookmarks', { cameras: [camera(1)], ...quick })
    await main.signIn('administrator')
    const waiting = await main.whenJob(job!, 'needs-person')
    expect([waiting.state, simulator.state().bookmarks]).toMatchObject([{ why: 'other-user' }, 0])
    await main.ask('decideJob', { id: job!.id, decision: 'send-again' })
    expect(await main.whenJob(job!, 'done')).toMatchObject({ user: simulator.user, possibleDuplicate: false })
    const { bookmarks } = await main.ask('findBookmarks', searchOf({ cameras: [camera(1)] }, Date.now()))
    expect(bookmarks.map(({ user }) => user)).toEqual(['[BASIC]\\administrator'])
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
