import { describe, expect, it } from 'vitest'
import type { JobKind } from '../../../src-preload/contract/models/job.ts'
import type { Outbox } from '../../../src-main/journal/outbox.ts'
import { turns } from './support/fake-clock.ts'
import { delaysMs, faults, LedgerServer, seeded, TardyServer } from './support/ledger-server.ts'
import { commandOf, Room } from './support/room.ts'

const COMMANDS = 300
const RESTARTS = 25

interface Run {
  server: LedgerServer
  room: Room
  outbox: Outbox
  accepted: string[]
  restarts: number
}

/** Three hundred locks and bookmarks for twelve cameras, while the server fails in five ways and the program keeps dying. */
async function run(seed: number, canLookUp: boolean): Promise<Run> {
  const chance = seeded(seed)
  let isCalm = false
  const room = new Room({})
  const server = new LedgerServer(room.clock, () => {
    if (isCalm || chance() < 0.4) return 'none'
    return faults[Math.floor(chance() * faults.length)]!
  })
  const performer = server.performer(canLookUp)
  room.performers = { bookmark: performer, 'evidence-lock': performer }
  let outbox = await room.open()
  const accepted: string[] = []
  let restarts = 0
  const isOpen = (): boolean =>
    outbox.jobs.some(({ state }) => !['done', 'needs-person'].includes(state.phase)) || accepted.length < COMMANDS
  for (let second = 0; isOpen() && second < 20_000; second++) {
    if (accepted.length < COMMANDS) {
      const kind: JobKind = chance() < 0.5 ? 'bookmark' : 'evidence-lock'
      const deviceId = `c${Math.floor(chance() * 12)}`
      accepted.push((await outbox.submit(commandOf(kind, { deviceId }))).reference)
    }
    room.clock.advance(1_000)
    await turns(Math.floor(chance() * 4))
    if (restarts < RESTARTS && second % 12 === 11) {
      restarts += 1
      // In turn the program dies and the power goes.
      room.disk = restarts % 2 === 0 ? room.disk.killProgram() : room.disk.cutPower()
      outbox = await room.open()
    }
    isCalm = accepted.length === COMMANDS
  }
  return { server, room, outbox, accepted, restarts }
}

describe('300 commands, 5 kinds of fault, 25 restarts', { timeout: 120_000 }, () => {
  it.each([1, 2])('all are done, each once, where the server can be asked (chance %i)', async (seed) => {
    const { server, room, outbox, accepted, restarts } = await run(seed, true)
    expect({
      restarts,
      done: accepted.filter((reference) => server.done.has(reference)).length,
      onServer: server.done.size,
      twice: server.twice,
      open: outbox.jobs.filter(({ state }) => state.phase !== 'done').length,
      flagged: outbox.jobs.filter(({ possibleDuplicate }) => possibleDuplicate).length,
      // Of the last ones, which have not been forgotten yet.
      shownDone: outbox.jobs.every(({ reference }) => server.done.has(reference)),
    }).toEqual({
      restarts: RESTARTS,
      done: COMMANDS,
      onServer: COMMANDS,
      twice: [],
      open: 0,
      flagged: 0,
      shownDone: true,
    })
    for (const fault of faults) expect(server.suffered.get(fault)).toBeGreaterThan(10)
    const outcomes = room.audited.filter(({ what, outcome }) => what === 'command-outcome' && outcome === 'done')
    expect(new Set(outcomes.map(({ reference }) => reference)).size).toBeGreaterThan(COMMANDS * 0.9)
  })

  it.each([3])(
    'none is lost, and each that is there twice says that it may be, where it cannot (chance %i)',
    async (seed) => {
      const { server, room, accepted, outbox } = await run(seed, false)
      const flagged = new Set(
        room.audited.filter(({ outcome }) => outcome?.endsWith('possible duplicate')).map(({ reference }) => reference),
      )
      const visible = new Set(
        outbox.jobs.filter(({ state }) => state.phase === 'needs-person').map(({ reference }) => reference),
      )
      expect(accepted.filter((reference) => !server.done.has(reference) && !visible.has(reference))).toEqual([])
      expect(server.twice.length).toBeGreaterThan(0)
      expect(server.twice.filter((reference) => !flagged.has(reference))).toEqual([])
    },
  )
})

/** Three hundred locks and bookmarks for twelve cameras of a server that answers after 0, 5, 30 seconds or never. */
async function runTardy(seed: number, canLookUp: boolean) {
  const chance = seeded(seed)
  const room = new Room({})
  const server = new TardyServer(room.clock, chance)
  const performer = server.performer(canLookUp)
  room.performers = { bookmark: performer, 'evidence-lock': performer }
  const outbox = await room.open()
  const accepted: string[] = []
  const isOpen = (): boolean => outbox.jobs.some(({ state }) => !['done', 'needs-person'].includes(state.phase))
  for (let second = 0; accepted.length < COMMANDS || (isOpen() && second < 60_000); second++) {
    if (accepted.length < COMMANDS) {
      const kind: JobKind = chance() < 0.5 ? 'bookmark' : 'evidence-lock'
      const deviceId = `c${Math.floor(chance() * 12)}`
      accepted.push((await outbox.submit(commandOf(kind, { deviceId }))).reference)
    }
    room.clock.advance(1_000)
    await turns(4)
  }
  return { server, room, outbox, accepted }
}

describe('300 commands to a server that answers after 0, 5, 30 seconds or never, and loses three of ten answers', () => {
  const options = { timeout: 120_000 }

  it.each([4, 5])('all are done, each once, where it can be asked (chance %i)', options, async (seed) => {
    const { server, outbox, accepted } = await runTardy(seed, true)
    for (const delayMs of delaysMs) expect(server.took.get(delayMs)).toBeGreaterThan(COMMANDS / 8)
    const sends = [...server.took.values()].reduce((sum, times) => sum + times, 0)
    expect(server.lost / sends).toBeGreaterThan(0.2)
    expect({
      onServer: accepted.filter((reference) => server.done.has(reference)).length,
      twice: server.twice,
      open: outbox.jobs.filter(({ state }) => state.phase !== 'done').length,
      flagged: outbox.jobs.filter(({ possibleDuplicate }) => possibleDuplicate).length,
    }).toEqual({ onServer: COMMANDS, twice: [], open: 0, flagged: 0 })
  })

  it('none is lost, and each that is there twice says that it may be, where it cannot', options, async () => {
    const { server, room, outbox, accepted } = await runTardy(6, false)
    const flagged = new Set(
      room.audited.filter(({ outcome }) => outcome?.endsWith('possible duplicate')).map(({ reference }) => reference),
    )
    const visible = new Set(
      outbox.jobs.filter(({ state }) => state.phase === 'needs-person').map(({ reference }) => reference),
    )
    expect(accepted.filter((reference) => !server.done.has(reference) && !visible.has(reference))).toEqual([])
    expect(server.twice.length).toBeGreaterThan(0)
    expect(server.twice.filter((reference) => !flagged.has(reference))).toEqual([])
  })
})
