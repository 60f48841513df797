import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EvidenceLockOrder } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import type { FromKilled, ToKilled } from './killed-child.ts'
import { openRoom, siteId, soon, type Room } from './room.ts'

/** Main of its own process, asked for one lock. It dies by no word of its own. */
async function asking({ simulator, folder, camera }: Room): Promise<{ child: ChildProcess; told: Job[] }> {
  const child = fork(path.join(import.meta.dirname, 'killed-child.ts'), { execArgv: [] })
  const told: Job[] = []
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  child.on('message', (message: FromKilled) => {
    if (message.is === 'ready') resolve()
    else told.push(message.job)
  })
  await ready
  const order: EvidenceLockOrder = {
    siteId,
    cameraIds: [camera(1).cameraId, camera(2).cameraId],
    microphoneIds: [],
    from: '2026-01-05T11:50:00.000Z',
    to: '2026-01-05T12:10:00.000Z',
    headline: 'Theft, loading bay',
    description: '',
    keepFor: { type: 'days', units: 30 },
  }
  child.send({ folder, user: simulator.user, password: simulator.password, order } satisfies ToKilled)
  return { child, told }
}

async function kill(child: ChildProcess): Promise<void> {
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
}

const hung = { kind: 'path', path: '/api/rest/v1/evidenceLocks', method: 'POST', times: 1 } as const

describe('a program that is killed while a lock is being made', () => {
  it.each([
    ['the server had made it', 'after', 1],
    ['the server had not heard of it', 'before', 0],
  ] as const)('says that it does not know, asks, and has it once, where %s', async (_, lost, made) => {
    const room = await openRoom({ edition: 'corporate' })
    const { simulator } = room
    simulator.addFault({ ...hung, lost })
    const { child, told } = await asking(room)
    await soon(() => expect(told.at(-1)?.state.phase).toMatch(/sending|unknown/))
    await soon(() => expect(simulator.state().evidenceLocks.length).toBe(made))
    await kill(child)

    const main = await room.start()
    const { id, reference } = told[0]!
    const atOnce = await main.job(id)
    expect([atOnce?.reference, atOnce?.state.phase]).toEqual([reference, 'unknown'])
    await main.signIn()
    await room.leap(61_000) // the server is given its time before it is asked
    await main.whenJob({ id }, 'done')
    await soon(async () =>
      expect(await main.ask('listLockProgress', { siteId })).toMatchObject([
        { jobId: id, is: 'applied', cameras: [{ is: 'protected' }, { is: 'protected' }] },
      ]),
    )
    const { evidenceLocks, duplicates } = simulator.state()
    expect([evidenceLocks.map((lock) => lock.reference), duplicates.references]).toEqual([[reference], []])
    expect((await main.job(id))?.possibleDuplicate).toBe(false)
    const { lines } = await main.ask('listAudit', { filter: { text: reference }, before: null, count: 20 })
    expect(lines.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(
      expect.arrayContaining(['command-accepted queued', 'command-outcome done']),
    )
  })

  it('before it could be sent has it sent once somebody is signed in again', async () => {
    const room = await openRoom({ edition: 'corporate' })
    const { simulator } = room
    simulator.addFault({ ...hung, answer: { status: 503 }, times: 100 })
    const { child, told } = await asking(room)
    await soon(() => expect(told.some(({ state }) => state.phase === 'accepted' && state.because)).toBe(true))
    await kill(child)
    simulator.removeFaults()
    const main = await room.start()
    // It may have died while it tried again: then nobody knows, and the server is asked before it is sent.
    const isUnknown = (await main.job(told[0]!.id))?.state.phase === 'unknown'
    await main.signIn()
    if (isUnknown) await room.leap(61_000)
    await main.whenJob(told[0]!, 'done')
    expect(simulator.state().evidenceLocks.map(({ reference }) => reference)).toEqual([told[0]!.reference])
  })
})
