import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import type { Performer } from '../../../src-main/journal/performer.ts'
import { turns, until } from './support/fake-clock.ts'
import { done, held, performing, problemOf, reach, refused } from './support/performers.ts'
import { commandOf, file, north, only, phasesOf, Room, south } from './support/room.ts'

describe('a press', () => {
  it('is accepted when it is on the disk, then sent, then done, and each step is told', async () => {
    const { performer } = performing([done])
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    const job = await outbox.submit(commandOf('bookmark', { order: { headline: 'x' } }))
    expect(job).toMatchObject({
      state: { phase: 'accepted' },
      user: 'op',
      deviceId: 'c1',
    })
    expect(job.reference).toMatch(/^XD-[0-9a-f]{8}-[0-9a-f]{12}$/)
    expect(room.disk.cutPower().get(file).toString()).toContain('"headline":"x"')
    room.disk = room.disk.killProgram() // what the first outbox still does is lost on it
    const again = await room.open()
    await reach(again, 'done')
    expect(only(again)).toMatchObject({
      id: job.id,
      reference: job.reference,
      state: { phase: 'done', said: { id: '1' } },
    })
    expect(room.told.slice(-2)).toEqual(['bookmark sending', 'bookmark done'])
  })

  it('that cannot be written down is refused, nothing is sent, and the next one works when there is room', async () => {
    const { performer, sent } = performing([done])
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    room.disk.roomBytes = 20
    expect(await problemOf(outbox.submit(commandOf('bookmark', { dedupeKey: 'b' })))).toEqual({
      kind: 'bad-file',
      file,
      problem: 'was not written: the disk is full',
    })
    await turns()
    expect([sent, outbox.jobs]).toEqual([[], []])
    room.disk.roomBytes = Infinity
    await outbox.submit(commandOf('bookmark', { dedupeKey: 'b' }))
    await reach(outbox, 'done')
  })

  it('repeated within three seconds is one command; later, or without a key, it is another', async () => {
    const { performer, sent } = performing([done])
    const room = new Room({ 'start-recording': performer })
    const outbox = await room.open()
    const press = (dedupeKey?: string) =>
      outbox.submit(commandOf('start-recording', dedupeKey === undefined ? {} : { dedupeKey }))
    const ids = new Set<string>()
    for (let each = 0; each < 20; each++) {
      ids.add((await press('record c1')).id)
      room.clock.advance(100)
    }
    expect(ids.size).toBe(1)
    room.clock.advance(1_001)
    ids.add((await press('record c1')).id)
    ids.add((await press()).id)
    ids.add((await press()).id)
    await until(() => sent.length === 4)
    expect([ids.size, outbox.jobs.length]).toEqual([4, 4])
  })

  it('of a kind that nothing here performs is refused', async () => {
    const outbox = await new Room({}).open()
    expect((await problemOf(outbox.submit(commandOf('ptz'))))?.kind).toBe('bug')
  })
})

describe('several for one device', () => {
  it('go one after the other, and another device does not wait for them', async () => {
    const { performer, waiting } = held()
    const outbox = await new Room({ bookmark: performer }).open()
    for (const deviceId of ['c1', 'c1', 'c2']) await outbox.submit(commandOf('bookmark', { deviceId }))
    await outbox.submit(commandOf('bookmark', { siteId: south }))
    await until(() => waiting.length === 3)
    expect(waiting.map(({ device }) => device)).toEqual(['c1', 'c2', 'c1'])
    expect(outbox.jobs.map(({ state }) => state.phase)).toEqual(['sending', 'accepted', 'sending', 'sending'])
    waiting[0]!.answer(done)
    await until(() => waiting.length === 4)
    expect(outbox.jobs.map(({ state }) => state.phase)).toEqual(['done', 'sending', 'sending', 'sending'])
  })

  it('keep their order while the server cannot be reached', async () => {
    const order: unknown[] = []
    let isUp = false
    const performer: Performer = {
      send: (job) => {
        if (!isUp) return Promise.reject(new AppError(refused))
        order.push(job.order)
        return Promise.resolve(done)
      },
    }
    const room = new Room({ bookmark: performer, 'evidence-lock': performer })
    const outbox = await room.open()
    for (let each = 0; each < 6; each++)
      await outbox.submit(commandOf(each % 2 === 0 ? 'bookmark' : 'evidence-lock', { order: each }))
    for (let second = 0; second < 100; second++) {
      room.clock.advance(1_000)
      await turns(5)
    }
    isUp = true
    outbox.siteIsBack(south)
    outbox.siteIsBack(north)
    await until(() => order.length === 6)
    expect(order).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('what did not leave', () => {
  it('is tried again by itself, with growing pauses, and says why it waits', async () => {
    const error = new AppError(refused)
    const { performer, sent } = performing([error, error, done])
    const room = new Room({ 'evidence-lock': performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('evidence-lock'))
    await until(() => sent.length === 1)
    await until(() => only(outbox).state.phase === 'accepted')
    expect(only(outbox).state).toEqual({ phase: 'accepted', because: refused })
    room.clock.advance(999)
    await turns()
    expect(sent.length).toBe(1)
    room.clock.advance(1)
    await until(() => sent.length === 2)
    await turns()
    room.clock.advance(2_000)
    await reach(outbox, 'done')
    expect(only(outbox).possibleDuplicate).toBe(false)
  })

  it('is not even tried while its site is known to be shut, and costs the disk nothing', async () => {
    const { performer, sent } = performing([done])
    let because: Failure | undefined = { kind: 'untrusted-certificate', fingerprint: '', expected: [] }
    const room = new Room({ bookmark: { ...performer, heldBack: () => because } })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    const { syncs } = room.disk
    for (let minute = 0; minute < 30; minute++) {
      room.clock.advance(60_000)
      await turns(3)
    }
    expect([sent.length, room.disk.syncs, only(outbox).state]).toEqual([0, syncs, { phase: 'accepted', because }])
    because = undefined
    outbox.siteIsBack(north)
    await reach(outbox, 'done')
  })

  it('cannot be written down as begun: it is not sent before it can', async () => {
    const { performer, sent } = performing([done])
    const room: Room = new Room({
      bookmark: { ...performer, heldBack: () => (room.disk.roomBytes === 0 ? undefined : refused) },
    })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    room.disk.roomBytes = 0
    outbox.siteIsBack(north)
    await turns()
    expect([sent.length, only(outbox).state]).toMatchObject([0, { phase: 'accepted', because: { kind: 'bad-file' } }])
  })
})

describe('too late', () => {
  it.each<[JobKind, number]>([
    ['start-recording', 30_000],
    ['stop-recording', 30_000],
    ['event', 30_000],
    ['output', 10_000],
    ['ptz', 5_000],
  ])('%s is not sent after %i ms', async (kind, deadlineMs) => {
    const { performer, sent } = performing([done])
    const room = new Room({ [kind]: { ...performer, heldBack: () => refused } })
    const outbox = await room.open()
    await outbox.submit(commandOf(kind))
    room.clock.advance(deadlineMs - 1)
    await turns()
    expect(phasesOf(outbox)).toEqual([`${kind} accepted`])
    room.clock.advance(1)
    await reach(outbox, 'expired')
    expect(sent).toEqual([])
  })

  it('a lock and a bookmark never are', async () => {
    const { performer } = performing([done])
    let because: Failure | undefined = refused
    const room = new Room({ bookmark: { ...performer, heldBack: () => because } })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    room.clock.advance(30 * 24 * 3_600_000)
    await turns()
    because = undefined
    room.clock.advance(60_000)
    await reach(outbox, 'done')
  })

  it('is judged by the clock that nobody sets, and after a restart never in favour of sending', async () => {
    const { performer, sent } = performing([done])
    const room = new Room({ 'start-recording': { ...performer, heldBack: () => refused } })
    let outbox = await room.open()
    await outbox.submit(commandOf('start-recording'))
    room.clock.set(-3_600_000)
    room.clock.advance(30_001)
    await reach(outbox, 'expired')

    const other = new Room({ 'start-recording': { ...performer, heldBack: () => refused } })
    outbox = await other.open()
    await outbox.submit(commandOf('start-recording'))
    other.clock.set(-3_600_000)
    other.performers = { 'start-recording': performer }
    outbox = await other.crash()
    await reach(outbox, 'expired')
    expect(sent).toEqual([])
  })

  it('a program that starts twenty minutes later starts no recording', async () => {
    const { performer, sent } = performing([done])
    const room = new Room({ 'start-recording': { ...performer, heldBack: () => refused } })
    await (await room.open()).submit(commandOf('start-recording'))
    room.clock.advance(20 * 60_000)
    room.performers = { 'start-recording': performer }
    await reach(await room.crash(), 'expired')
    expect(sent).toEqual([])
  })

  it('ends the sending itself: what then has not been answered is unknown', async () => {
    const { performer, waiting } = held()
    const room = new Room({ 'start-recording': performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('start-recording'))
    await until(() => waiting.length === 1)
    room.clock.advance(30_000)
    await reach(outbox, 'needs-person')
    expect([waiting.length, waiting[0]!.signal.aborted, only(outbox).state]).toMatchObject([
      1,
      true,
      { why: 'too-late' },
    ])
    expect(room.told.slice(-2)).toEqual(['start-recording unknown', 'start-recording needs-person'])
  })

  it('a disk that took too long over the beginning: it is not sent', async () => {
    const { performer, sent } = performing([done])
    const room = new Room({ ptz: performer })
    const outbox = await room.open()
    // The first sync is the press, the second the record of its beginning.
    room.disk.onSync = (count) => {
      if (count === 2) room.clock.advance(5_000)
    }
    await outbox.submit(commandOf('ptz'))
    await reach(outbox, 'expired')
    expect(sent).toEqual([])
  })
})

describe('a press that nothing stands in the way of, at a server that can be asked', () => {
  const begunIn = (room: Room) =>
    room.disk
      .get(file)
      .toString()
      .match(/"is":"sending"/g)?.length ?? 0

  it('is written down once, accepted and begun, before it leaves', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: { ...performer, lookUp: async () => ({ is: 'absent' }) } })
    const outbox = await room.open()
    const { syncs } = room.disk
    const job = await outbox.submit(commandOf('bookmark'))
    await until(() => waiting.length === 1 && room.audited.length > 0)
    expect([job.state.phase, room.disk.syncs - syncs, begunIn(room)]).toEqual(['accepted', 1, 1])
    expect(room.told).toEqual(['bookmark accepted', 'bookmark sending'])
    expect(room.audited.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(['command-accepted queued'])
    waiting[0]!.answer(done)
    await reach(outbox, 'done')
  })

  it('is looked up where the program died before it could leave, and is there once', async () => {
    const told = performing([done], [{ is: 'absent' }])
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    const accepted = outbox.submit(commandOf('bookmark'))
    room.disk.onSync = () => (room.disk = room.disk.killProgram())
    await accepted.catch(() => undefined)
    const sentBefore = told.sent.length
    const again = await room.open()
    expect([sentBefore, only(again).state.phase]).toEqual([0, 'unknown'])
    room.clock.advance(60_000)
    await reach(again, 'done')
    expect([told.asked, told.sent.length]).toEqual([1, 1])
  })

  it('keeps the next of its device waiting, also while it is written', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: { ...performer, lookUp: async () => ({ is: 'absent' }) } })
    const outbox = await room.open()
    await Promise.all([1, 2, 3].map((order) => outbox.submit(commandOf('bookmark', { order }))))
    await turns()
    expect([waiting.length, phasesOf(outbox)]).toEqual([
      1,
      ['bookmark sending', 'bookmark accepted', 'bookmark accepted'],
    ])
    for (let at = 0; at < 3; at++) {
      await until(() => waiting.length === at + 1)
      waiting[at]!.answer(done)
    }
    await until(() => outbox.jobs.every(({ state }) => state.phase === 'done'))
  })

  it('that cannot be written is not sent, and its device is free again', async () => {
    const told = performing([done], [{ is: 'absent' }])
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    room.disk.roomBytes = 20
    expect((await problemOf(outbox.submit(commandOf('bookmark'))))?.kind).toBe('bad-file')
    expect([told.sent, outbox.jobs]).toEqual([[], []])
    room.disk.roomBytes = Infinity
    await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'done')
    expect(told.sent.length).toBe(1)
  })

  it('does not leave any more once the program is ending', async () => {
    const told = performing([done], [{ is: 'absent' }])
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    const accepted = outbox.submit(commandOf('bookmark'))
    await Promise.all([accepted, outbox.close()])
    expect(told.sent).toEqual([])
    expect(phasesOf(await room.crash())).toEqual(['bookmark unknown'])
  })
})
