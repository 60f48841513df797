import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import type { CameraId, SiteId } from '../../../src-preload/contract/models/ids.ts'
import { PictureDesk } from '../../../src-main/sites/picture-desk.ts'
import { PictureStore } from '../../../src-main/storage/picture-store.ts'
import type { Picture } from '../../../src-main/xprotect/pictures.ts'

const T0 = Date.parse('2026-11-26T12:00:00Z')
const siteId = 'north' as SiteId
const camera = { siteId, cameraId: 'gate' as CameraId }
const at = (ms: number): string => new Date(T0 + ms).toISOString()
const wish = (ms: number, wishId: string = randomUUID()) => ({ wishId, camera, at: at(ms) })

interface Asked {
  atMs: number
  signal: AbortSignal
  answer: (picture: Picture | null) => void
  fail: (error: unknown) => void
}

let folder = ''
let asked: Asked[]
let desk: PictureDesk
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'picture-desk-'))
  asked = []
  const store = new PictureStore(folder)
  await store.open()
  desk = new PictureDesk({
    ask: (_siteId, { atMs }, signal) =>
      new Promise((answer, fail) => {
        signal.addEventListener('abort', () => fail(new Error('given up')))
        asked.push({ atMs: atMs - T0, signal, answer, fail })
      }),
    store: Promise.resolve(store),
    serverNow: () => T0 + 3_600_000,
  })
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const picture = (ms: number): Picture => ({ atMs: T0 + ms, jpeg: Buffer.from(`picture ${ms}`) })
const times = (): number[] => asked.map(({ atMs }) => atMs)
const areAsked = (count: number) => expect.poll(() => asked.length).toBe(count)

describe('a recorded picture', () => {
  it('is fetched once, and answers for every moment between its own and the one asked for', async () => {
    const first = desk.find(wish(60_000))
    await areAsked(1)
    asked[0]!.answer(picture(20_000))
    const found = await first
    expect([found?.atMs, await desk.read(found!.name)]).toEqual([T0 + 20_000, Buffer.from('picture 20000')])
    expect([await desk.find(wish(40_000)), await desk.find(wish(20_000))]).toEqual([found, found])
    void desk.find(wish(61_000))
    void desk.find(wish(19_000))
    await areAsked(3)
  })

  it('of the last minute answers for its own moment only: the recorder may still be writing', async () => {
    const first = desk.find(wish(3_599_000))
    await areAsked(1)
    asked[0]!.answer(picture(3_590_000))
    await first
    void desk.find(wish(3_595_000))
    await areAsked(2)
  })

  it('is none where the recorder has none, and why is told where it does not say', async () => {
    const [none, failing] = [desk.find(wish(0)), desk.find(wish(5_000))]
    await areAsked(2)
    asked[0]!.answer(null)
    asked[1]!.fail(new AppError({ kind: 'not-pinned' }))
    expect(await none).toBeNull()
    await expect(failing).rejects.toMatchObject({ failure: { kind: 'not-pinned' } })
  })
})

describe('of many wishes', () => {
  it('four are asked at a time, the newest first, and what was called off is never asked', async () => {
    const wishes = Array.from({ length: 10 }, (_, index) => wish(index * 10_000))
    const answers = wishes.map((one) => desk.find(one))
    await areAsked(4)
    for (const { wishId } of wishes.slice(4, 8)) desk.leave(wishId)
    for (const { answer, atMs } of [...asked]) answer(picture(atMs))
    await areAsked(6)
    expect(times()).toEqual([0, 10_000, 20_000, 30_000, 90_000, 80_000])
    asked[4]!.answer(null)
    asked[5]!.answer(null)
    expect((await Promise.all(answers)).map((found) => found && found.atMs - T0)).toEqual([
      ...[0, 10_000, 20_000, 30_000],
      ...Array.from({ length: 6 }, () => null),
    ])
  })

  it('one that was passed is given up on its way', async () => {
    const passed = wish(0)
    const answer = desk.find(passed)
    await areAsked(1)
    desk.leave(passed.wishId)
    expect([await answer, asked[0]!.signal.aborted]).toEqual([null, true])
  })
})

describe('when nobody is signed in any more', () => {
  it('no picture is left, and none comes later', async () => {
    const first = desk.find(wish(0))
    await areAsked(1)
    asked[0]!.answer(picture(0))
    const found = await first
    const second = desk.find(wish(90_000))
    await areAsked(2)
    await desk.forget(siteId)
    expect([await second, asked[1]!.signal.aborted, await desk.read(found!.name), readdirSync(folder)]).toEqual([
      null,
      true,
      undefined,
      [],
    ])
    void desk.find(wish(0))
    await areAsked(3)
  })

  it('the pictures of another site stay', async () => {
    const first = desk.find(wish(0))
    await areAsked(1)
    asked[0]!.answer(picture(0))
    const found = await first
    await desk.forget('south' as SiteId)
    expect(await desk.find(wish(0))).toEqual(found)
  })
})

it('without a place to keep them there are no pictures', async () => {
  const homeless = new PictureDesk({
    ask: () => Promise.resolve(picture(0)),
    store: Promise.reject(new AppError({ kind: 'bad-file', file: 'pictures', problem: 'have no place' })),
    serverNow: () => T0,
  })
  await expect(homeless.find(wish(0))).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
  expect(await homeless.read('x')).toBeUndefined()
  await homeless.close()
})
