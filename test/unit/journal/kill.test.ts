import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readChain } from '../../../src-main/journal/chain.ts'
import type { ToChild, ToParent } from './support/crash-child.ts'

/** security.md 6, R01 asks for 200: `WATCHPOST_KILLS=200`, which takes some minutes. */
const KILLS = Number(process.env.WATCHPOST_KILLS ?? 12)

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'kill-'))))
afterEach(() => rmSync(folder, { recursive: true }))

/** The server of all the children: it does what it is asked for, and a third of its replies are lost. */
class Server {
  readonly done = new Map<string, number>()
  readonly accepted = new Set<string>()
  losesReplies = true

  hear(message: ToParent, reply: (answer: ToChild) => void): void {
    if (message.is === 'accepted') this.accepted.add(message.reference)
    if (message.is !== 'asked') return
    const { question, what, reference } = message
    const times = this.done.get(reference) ?? 0
    if (what === 'send') this.done.set(reference, times + 1)
    if (what === 'send' && this.losesReplies && Math.random() < 0.3) return
    reply({ is: 'answer', question, yes: what === 'send' || times > 0 })
  }
}

/** A started child, and whether it could open the journal. */
async function start(server: Server): Promise<{ child: ChildProcess; isReady: boolean; over: Promise<unknown> }> {
  const child = fork(path.join(import.meta.dirname, 'support/crash-child.ts'), [folder], { execArgv: [] })
  // What a dead child had said is heard before its channel is seen to be closed.
  const over = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.on('message', (message: ToParent) => {
    server.hear(message, (answer) => child.connected && child.send(answer))
    if (message.is === 'ready' || message.is === 'refused') resolve(message.is === 'ready')
  })
  child.once('exit', () => resolve(false))
  return { child, isReady: await promise, over }
}

describe('a program that is killed', () => {
  it(
    `at any moment, ${KILLS} times, loses nothing that was accepted and does nothing twice`,
    async () => {
      const server = new Server()
      for (let kill = 0; kill < KILLS; kill++) {
        const { child, isReady, over } = await start(server)
        expect(isReady).toBe(true)
        // The moment is chance on purpose: it is what is tried here.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 120))
        child.kill('SIGKILL')
        await over
      }
      server.losesReplies = false
      const { child, over } = await start(server)
      child.send({ is: 'finish' } satisfies ToChild)
      let phases: Record<string, string> = {}
      child.on('message', (message: ToParent) => {
        if (message.is === 'settled') ({ phases } = message)
      })
      await over
      expect({
        lost: [...server.accepted].filter((reference) => !server.done.has(reference)),
        twice: [...server.done].filter(([, times]) => times > 1),
        notDone: Object.values(phases).filter((phase) => phase !== 'done'),
      }).toEqual({ lost: [], twice: [], notDone: [] })
      expect(server.accepted.size).toBeGreaterThan(KILLS)
      const trail = readChain(Buffer.alloc(32, 2), readFileSync(path.join(folder, 'audit.log')))
      expect([trail.damaged, trail.entries.length > server.accepted.size]).toEqual([[], true])
    },
    Math.max(120_000, KILLS * 6_000),
  )
})

describe('a second start', () => {
  it('touches nothing while the first one runs, and has it all once that is gone, however it went', async () => {
    const server = new Server()
    const first = await start(server)
    expect(first.isReady).toBe(true)
    const before = readdirSync(folder)
    const second = await start(server)
    expect(second.isReady).toBe(false)
    await second.over
    expect(readdirSync(folder)).toEqual(before)
    first.child.kill('SIGKILL')
    await first.over
    const third = await start(server)
    expect(third.isReady).toBe(true)
    third.child.kill('SIGKILL')
    await third.over
  })
})
