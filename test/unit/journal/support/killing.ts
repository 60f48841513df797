import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readChain } from '../../../../src-main/journal/chain.ts'
import type { ToChild, ToParent } from './crash-child.ts'

/** The server of all the children: it does what it is asked for, and a third of its replies are lost. */
export class KilledServer {
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

export interface Started {
  child: ChildProcess
  /** How long it took to open the journal, milliseconds; undefined where it could not. */
  readyMs: number | undefined
  over: Promise<unknown>
}

/** Starts a child over a folder. */
export async function startChild(server: KilledServer, folder: string): Promise<Started> {
  const child = fork(path.join(import.meta.dirname, 'crash-child.ts'), [folder], { execArgv: [] })
  // What a dead child had said is heard before its channel is seen to be closed.
  const over = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  child.on('message', (message: ToParent) => {
    server.hear(message, (answer) => child.connected && child.send(answer))
    if (message.is === 'ready') resolve(message.openMs)
    if (message.is === 'refused') resolve(undefined)
  })
  child.once('exit', () => resolve(undefined))
  return { child, readyMs: await promise, over }
}

/** What many kills came to. */
export interface Killed {
  accepted: number
  /** Accepted, and not at the server. */
  lost: string[]
  twice: string[]
  /** States of commands that are not done in the end. */
  notDone: string[]
  /** Starts that could not open the journal. */
  unready: number
  /** How long each start took to open it, milliseconds. */
  readyMs: number[]
  trail: { lines: number; damaged: number[] }
}

/** Kills a program so many times, each at some moment while it asks for one thing after the other, and lets the last finish. */
export async function killManyTimes(folder: string, kills: number): Promise<Killed> {
  const server = new KilledServer()
  const readyMs: number[] = []
  let unready = 0
  const begin = async (): Promise<Started> => {
    const started = await startChild(server, folder)
    if (started.readyMs === undefined) unready += 1
    else readyMs.push(started.readyMs)
    return started
  }
  for (let kill = 0; kill < kills; kill++) {
    const { child, over } = await begin()
    // The moment is chance on purpose: it is what is tried here.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120))
    child.kill('SIGKILL')
    await over
  }
  server.losesReplies = false
  const { child, over } = await begin()
  child.send({ is: 'finish' } satisfies ToChild)
  let phases: Record<string, string> = {}
  child.on('message', (message: ToParent) => {
    if (message.is === 'settled') ({ phases } = message)
  })
  await over
  const trail = readChain(Buffer.alloc(32, 2), readFileSync(path.join(folder, 'audit.log')))
  return {
    accepted: server.accepted.size,
    lost: [...server.accepted].filter((reference) => !server.done.has(reference)),
    twice: [...server.done].filter(([, times]) => times > 1).map(([reference]) => reference),
    notDone: Object.values(phases).filter((phase) => phase !== 'done'),
    unready,
    readyMs,
    trail: { lines: trail.entries.length, damaged: trail.damaged },
  }
}
