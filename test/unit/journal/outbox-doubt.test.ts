import { describe, expect, it } from 'vitest'
import { AppError, type Failure } from '../../../src-preload/contract/failure.ts'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import type { Outbox } from '../../../src-main/journal/outbox.ts'
import { turns, until } from './support/fake-clock.ts'
import { done, held, performing, problemOf, reach, refused, timeout } from './support/performers.ts'
import { commandOf, file, newId, only, phasesOf, Room } from './support/room.ts'

describe('what is unknown', () => {
  it('is looked up only after the server’s own time is over, and found: done, sent once', async () => {
    const told = performing([new AppError(timeout)], [{ is: 'found', said: { id: '7' } }])
    const room = new Room({ 'evidence-lock': told.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('evidence-lock'))
    await reach(outbox, 'unknown')
    room.clock.advance(59_999)
    await turns()
    expect(told.asked).toBe(0)
    room.clock.advance(1)
    await reach(outbox, 'done')
    expect([told.sent.length, only(outbox).state]).toEqual([1, { phase: 'done', said: { id: '7' } }])
  })

  it('surely absent: sent again', async () => {
    const told = performing([new AppError(timeout), done], [{ is: 'absent' }])
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'unknown')
    room.clock.advance(60_000)
    await reach(outbox, 'done')
    expect([told.sent.length, only(outbox).possibleDuplicate]).toEqual([2, false])
  })

  it('no answer to the question: asked again, and never sent meanwhile', async () => {
    const told = performing(
      [new AppError(timeout)],
      [new AppError(refused), new AppError(timeout), { is: 'found', said: null }],
    )
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'unknown')
    for (let second = 0; second < 70; second++) {
      room.clock.advance(1_000)
      await turns(3)
    }
    expect([told.asked, told.sent.length, only(outbox).state.phase]).toEqual([3, 1, 'done'])
  })

  it('that cannot be looked up: a bookmark is sent once more, marked, and then a person decides', async () => {
    const told = performing([new AppError(timeout)])
    const room = new Room({ bookmark: told.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    for (let minute = 0; minute < 10; minute++) {
      await turns(5)
      room.clock.advance(60_000)
    }
    await reach(outbox, 'needs-person')
    expect([told.sent.length, only(outbox)]).toMatchObject([
      2,
      { possibleDuplicate: true, state: { why: 'not-confirmed', because: timeout } },
    ])
    expect(room.audited.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'command-accepted queued',
      'command-outcome unknown',
      'command-outcome unknown, possible duplicate',
      'command-outcome needs-human, possible duplicate',
    ])
  })

  it.each<JobKind>(['event', 'output', 'ptz'])('%s is never sent again, and a person is told at once', async (kind) => {
    const told = performing([new AppError(timeout)])
    const room = new Room({ [kind]: told.performer })
    let outbox = await room.open()
    await outbox.submit(commandOf(kind))
    await reach(outbox, 'needs-person')
    outbox = await room.crash()
    room.clock.advance(3_600_000)
    await turns()
    expect([told.sent.length, only(outbox).state.phase]).toEqual([1, 'needs-person'])
  })

  it('holds up a stop after a start, until the start is known', async () => {
    const start = performing([new AppError(timeout)], [{ is: 'found', said: null }])
    const stop = performing([done])
    const room = new Room({ 'start-recording': start.performer, 'stop-recording': stop.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('start-recording'))
    await outbox.submit(commandOf('stop-recording'))
    await until(() => outbox.jobs[0]!.state.phase === 'unknown')
    await turns()
    expect(stop.sent).toEqual([])
    room.clock.advance(2_000)
    await until(() => stop.sent.length === 1)
    expect(outbox.jobs[0]!.state.phase).toBe('done')
  })
})

describe('a restart', () => {
  it('makes of what was being sent something unknown, which is looked up before it is sent again', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await until(() => waiting.length === 1)
    const told = performing([done], [{ is: 'absent' }])
    room.performers = { bookmark: told.performer }
    const again = await room.crash()
    expect([phasesOf(again), told.sent.length]).toEqual([['bookmark unknown'], 0])
    room.clock.advance(59_000)
    await turns()
    expect([told.asked, told.sent.length]).toEqual([0, 0])
    room.clock.advance(1_000)
    await reach(again, 'done')
    expect([told.asked, told.sent.length]).toEqual([1, 1])
  })

  it('asks a person where this program no longer does what was asked for', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: performer, output: { ...performer, heldBack: () => refused } })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await outbox.submit(commandOf('output'))
    await until(() => waiting.length === 1)
    room.performers = {}
    const again = await room.crash()
    room.clock.advance(60_000)
    await until(() => again.jobs.every(({ state }) => state.phase === 'needs-person'))
    expect(again.jobs.map(({ state }) => state)).toMatchObject([{ why: 'not-confirmed' }, { why: 'cannot-do' }])
  })

  it('shows what was over today, and keeps what is open for ever', async () => {
    const room = new Room({
      bookmark: performing([done]).performer,
      ptz: performing([new AppError(timeout)]).performer,
    })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await outbox.submit(commandOf('ptz'))
    await until(() => phasesOf(outbox).join() === 'bookmark done,ptz needs-person')
    expect(phasesOf(await room.crash())).toEqual(['bookmark done', 'ptz needs-person'])
    room.clock.advance(24 * 3_600_000)
    expect(phasesOf(await room.crash())).toEqual(['ptz needs-person'])
  })

  it('writes a journal that is mostly past anew, while it runs too, and loses nothing that is open', async () => {
    const room = new Room({
      bookmark: performing([done]).performer,
      ptz: performing([new AppError(timeout)]).performer,
    })
    const outbox = await room.open()
    await outbox.submit(commandOf('ptz'))
    await until(() => phasesOf(outbox).join() === 'ptz needs-person')
    const linesOf = (): number => room.disk.get(file).toString().split('\n').length
    let most = 0
    for (let round = 0; round < 90; round++) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => outbox.submit(commandOf('bookmark', { deviceId: `c${index}` }))),
      )
      most = Math.max(most, linesOf())
      await until(() => outbox.jobs.every(({ state }) => state.phase === 'done' || state.phase === 'needs-person'))
    }
    await outbox.close()
    expect(most).toBeGreaterThan(4_000)
    expect(linesOf()).toBeLessThan(3_000)
    const again = await room.crash()
    expect(again.jobs.filter(({ state }) => state.phase === 'needs-person').map(({ kind }) => kind)).toEqual(['ptz'])
    expect(again.jobs.length).toBeGreaterThan(100)
  })

  it('tells of a damaged journal, keeps it aside, and goes on with whatever can be read', async () => {
    const room = new Room({ ptz: performing([new AppError(timeout)]).performer })
    const outbox = await room.open()
    for (const deviceId of ['c1', 'c2', 'c3']) await outbox.submit(commandOf('ptz', { deviceId }))
    await until(() => outbox.jobs.every(({ state }) => state.phase === 'needs-person'))
    await outbox.close()
    const bytes = Buffer.from(room.disk.get(file))
    bytes[bytes.indexOf('"deviceId":"c2"') + 12] = 120
    room.disk.put(file, Buffer.concat([bytes, Buffer.from('torn')]))
    const again = await room.crash()
    expect(again.jobs.map(({ deviceId }) => deviceId)).toEqual(['c1', 'c3'])
    expect(room.warned).toEqual([
      expect.stringContaining('4 bytes at the end'),
      expect.stringMatching(/damaged in line \d+$/),
      expect.stringMatching(/^\d records of the journal belong to commands that are lost$/),
    ])
    expect(room.disk.files.map((name) => name.replace(/\d+$/, ''))).toEqual([file, `${file}.cut-`, `${file}.damaged-`])
    expect((await room.crash()).jobs.map(({ deviceId }) => deviceId)).toEqual(['c1', 'c3'])
  })
})

describe('a disk that is full when the server has answered', () => {
  it('tells the answer, sends nothing more for that device, and writes it down when there is room', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await outbox.submit(commandOf('bookmark'))
    await until(() => waiting.length === 1)
    room.disk.roomBytes = 0
    waiting[0]!.answer(done)
    await until(() => outbox.jobs[0]!.state.phase === 'done')
    await turns()
    expect(waiting.length).toBe(1)
    room.disk.roomBytes = Infinity
    room.clock.advance(1_000)
    await until(() => waiting.length === 2)
    expect(phasesOf(await room.crash())).toEqual(['bookmark done', 'bookmark unknown'])
    expect(room.warned.length).toBe(1)
  })

  it('and the program ends before: the next start looks it up', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await until(() => waiting.length === 1)
    room.disk.roomBytes = 0
    waiting[0]!.answer(done)
    await until(() => only(outbox).state.phase === 'done')
    const closed = outbox.close()
    room.clock.advance(1_500)
    await closed
    expect(phasesOf(await room.crash())).toEqual(['bookmark unknown'])
  })
})

describe('a person', () => {
  async function needsPerson(): Promise<{ room: Room; outbox: Outbox; told: ReturnType<typeof performing> }> {
    const told = performing([new AppError(timeout), done], [{ is: 'absent' }, { is: 'found', said: null }])
    const room = new Room({ output: told.performer })
    const outbox = await room.open()
    await outbox.submit(commandOf('output'))
    await reach(outbox, 'unknown')
    room.clock.advance(60_000)
    await reach(outbox, 'needs-person')
    return { room, outbox, told }
  }

  it('has it checked', async () => {
    const { room, outbox } = await needsPerson()
    await outbox.check(only(outbox).id, 'eve')
    await reach(outbox, 'done')
    expect(room.audited.at(-2)).toMatchObject({
      what: 'command-check',
      who: 'eve',
      subject: 'output',
      reference: only(outbox).reference,
    })
  })

  it('has it sent again, and its time counts from there', async () => {
    const { room, outbox, told } = await needsPerson()
    await outbox.sendAgain(only(outbox).id, 'eve')
    await reach(outbox, 'done')
    expect([told.sent.length, room.audited.at(-2)]).toMatchObject([2, { what: 'command-send-again', who: 'eve' }])
  })

  it('has what was too late sent again after all', async () => {
    const told = performing([done])
    let because: Failure | undefined = refused
    const room = new Room({ ptz: { ...told.performer, heldBack: () => because } })
    const outbox = await room.open()
    await outbox.submit(commandOf('ptz'))
    room.clock.advance(5_001)
    await reach(outbox, 'expired')
    await turns()
    because = undefined
    await outbox.sendAgain(only(outbox).id, 'eve')
    await reach(outbox, 'done')
  })

  it('drops it: in the audit trail first, and not at all where that cannot be written', async () => {
    const { room, outbox } = await needsPerson()
    const { id } = only(outbox)
    room.audit = () => Promise.reject(new AppError({ kind: 'bad-file', file: 'audit.log', problem: 'x' }))
    expect((await problemOf(outbox.drop(id, 'eve')))?.kind).toBe('bad-file')
    expect(only(outbox).state.phase).toBe('needs-person')
    room.audit = (entry) => Promise.resolve(void room.audited.push(entry))
    await outbox.drop(id, 'eve')
    expect(only(outbox).state).toEqual({ phase: 'dropped', by: 'eve' })
    expect(phasesOf(await room.crash())).toEqual(['output dropped'])
    expect(room.audited.at(-1)).toMatchObject({ what: 'command-drop', who: 'eve' })
  })

  it('drops what only waits, which is then never sent', async () => {
    const told = performing([done])
    let because: Failure | undefined = refused
    const room = new Room({ bookmark: { ...told.performer, heldBack: () => because } })
    const outbox = await room.open()
    const { id } = await outbox.submit(commandOf('bookmark'))
    await outbox.drop(id, 'eve')
    because = undefined
    room.clock.advance(60_000)
    await turns()
    expect([told.sent, phasesOf(await room.crash())]).toEqual([[], ['bookmark dropped']])
  })

  it('comes too late, or asks for what is not there', async () => {
    const room = new Room({ bookmark: performing([done]).performer })
    const outbox = await room.open()
    const { id } = await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'done')
    for (const work of [outbox.drop(id, 'eve'), outbox.check(id, 'eve'), outbox.sendAgain(newId(), 'eve')])
      expect(await problemOf(work)).toEqual({ kind: 'not-found', what: 'command' })
    let release = (): void => undefined
    room.audit = () => new Promise((resolve) => (release = resolve))
    const held_ = await outbox.submit(commandOf('bookmark', { deviceId: 'c9' }))
    const dropped = problemOf(outbox.drop(held_.id, 'eve'))
    await until(() => outbox.jobs[1]!.state.phase === 'done')
    release()
    expect(await dropped).toEqual({ kind: 'not-found', what: 'command' })
  })
})

describe('the end', () => {
  it('lets what is under way finish for a moment, begins nothing more, and keeps the rest', async () => {
    const { performer, waiting } = held()
    const room = new Room({ bookmark: performer })
    const outbox = await room.open()
    for (const deviceId of ['c1', 'c1', 'c2']) await outbox.submit(commandOf('bookmark', { deviceId }))
    await until(() => waiting.length === 2)
    const closed = outbox.close()
    waiting[0]!.answer(done)
    await turns()
    room.clock.advance(1_500)
    await closed
    expect([waiting.length, waiting[1]!.signal.aborted]).toEqual([2, true])
    room.performers = { bookmark: { ...performer, heldBack: () => refused } }
    expect(phasesOf(await room.crash())).toEqual(['bookmark done', 'bookmark accepted', 'bookmark unknown'])
  })

  it('does not wait for a question to a server that does not answer', async () => {
    const told = performing([new AppError(timeout)])
    const room = new Room({ bookmark: { ...told.performer, lookUp: () => new Promise(() => undefined) } })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'unknown')
    room.clock.advance(60_000)
    await turns()
    const closed = outbox.close()
    room.clock.advance(1_500)
    await closed
    expect(phasesOf(await room.crash())).toEqual(['bookmark unknown'])
  })

  it('refuses what comes after it', async () => {
    const room = new Room({ bookmark: performing([done]).performer })
    const outbox = await room.open()
    await outbox.close()
    expect((await problemOf(outbox.submit(commandOf('bookmark'))))?.kind).toBe('bad-file')
  })
})
