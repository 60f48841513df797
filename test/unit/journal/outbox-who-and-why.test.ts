import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/failure.ts'
import { senderOf } from '../../../src-main/journal/job.ts'
import type { Outcome } from '../../../src-main/journal/outcome.ts'
import { turns, until } from './support/fake-clock.ts'
import { done, performing, problemOf, reach } from './support/performers.ts'
import { commandOf, newId, only, phasesOf, Room } from './support/room.ts'

describe('a command with a reason', () => {
  const reasoned = commandOf('unlock', { reason: 'Case closed' })

  it('is not taken down before the reason stands in the audit trail', async () => {
    const told = performing([done])
    const room = new Room({ unlock: told.performer })
    const outbox = await room.open()
    room.audit = () => Promise.reject(new AppError({ kind: 'bad-file', file: 'audit.log', problem: 'x' }))
    expect((await problemOf(outbox.submit(reasoned)))?.kind).toBe('bad-file')
    expect([outbox.jobs, told.sent]).toEqual([[], []])
    room.audit = (entry) => Promise.resolve(void room.audited.push(entry))
    await outbox.submit(reasoned)
    await reach(outbox, 'done')
    expect(room.audited).toMatchObject([
      { what: 'command-accepted', who: 'op', reason: 'Case closed' },
      { what: 'command-outcome', outcome: 'done', reason: 'Case closed' },
    ])
  })

  it('that could not be taken down after that is said to have come to nothing', async () => {
    const room = new Room({ unlock: performing([done]).performer })
    const outbox = await room.open()
    room.disk.roomBytes = 0
    expect((await problemOf(outbox.submit(reasoned)))?.kind).toBe('bad-file')
    await until(() => room.audited.length === 2)
    expect(room.audited.map(({ outcome }) => outcome)).toEqual(['queued', 'dropped'])
  })
})

describe('a command of another user', () => {
  it('waits for a person, and is sent in the name of who has it sent', async () => {
    const told = performing([done])
    let isOfAnother = true
    const senders: string[] = []
    const room = new Room({
      bookmark: {
        isOfAnother: () => isOfAnother,
        send: (job, signal) => {
          senders.push(senderOf(job))
          return told.performer.send(job, signal)
        },
      },
    })
    const outbox = await room.open()
    await outbox.submit(commandOf('bookmark'))
    await reach(outbox, 'needs-person')
    expect(only(outbox).state).toMatchObject({ why: 'other-user' })
    await turns()
    isOfAnother = false
    await outbox.sendAgain(only(outbox).id, 'eve')
    await reach(outbox, 'done')
    expect([senders, only(outbox).user, room.audited.at(-1)?.who]).toEqual([['eve'], 'op', 'eve'])
    expect(phasesOf(await room.crash())).toEqual(['bookmark done'])
  })
})

describe('what the server says later', () => {
  it('is kept with its command, which is not forgotten as long as more is to come', async () => {
    const followed: Outcome = { is: 'done', said: { isFollowed: true } }
    const room = new Room({ 'evidence-lock': performing([followed]).performer })
    const outbox = await room.open()
    const { id } = await outbox.submit(commandOf('evidence-lock'))
    await reach(outbox, 'done')
    room.clock.advance(48 * 3_600_000)
    const again = await room.crash()
    expect(only(again).state).toMatchObject({ said: { isFollowed: true } })
    await again.conclude(id, { isFollowed: false })
    await again.conclude(id, { isFollowed: false })
    expect(only(again).state).toMatchObject({ said: { isFollowed: false } })
    room.clock.advance(48 * 3_600_000)
    expect((await room.crash()).jobs).toEqual([])
    expect((await problemOf(again.conclude(newId(), null)))?.kind).toBe('not-found')
  })
})
