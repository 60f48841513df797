/**
 * A program that can be killed: it asks for one thing after the other and has its parent do them. Time runs 200 times as
 * fast as it does, so that what waits for a minute can be waited for.
 */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../../../src-preload/contract/failure.ts'
import type { JobId } from '../../../../src-preload/contract/models/job.ts'
import { openJournal } from '../../../../src-main/journal/index.ts'
import type { Performer } from '../../../../src-main/journal/performer.ts'
import { commandOf } from './room.ts'

export type ToParent =
  /** `openMs`: how long opening the journal took, by the true clock. */
  | { is: 'ready'; openMs: number }
  | { is: 'refused' }
  | { is: 'accepted'; reference: string }
  | { is: 'settled'; phases: Record<string, string> }
  | { is: 'asked'; question: number; what: 'send' | 'look-up'; reference: string }
export type ToChild = { is: 'finish' } | { is: 'answer'; question: number; yes: boolean }

const SPEED = 200
const clock = {
  now: () => Date.now() * SPEED,
  monotonic: () => performance.now() * SPEED,
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms / SPEED)
    return () => clearTimeout(timer)
  },
}

const tell = (message: ToParent): void => void process.send!(message)
const answers = new Map<number, (yes: boolean) => void>()
let questions = 0
let isFinishing = false
process.on('disconnect', () => process.exit())
process.on('message', (message: ToChild) => {
  if (message.is === 'finish') isFinishing = true
  else answers.get(message.question)?.(message.yes)
})

function ask(what: 'send' | 'look-up', reference: string): Promise<boolean> {
  const question = questions++
  return new Promise((resolve, reject) => {
    answers.set(question, resolve)
    clock.after(15_000, () => reject(new AppError({ kind: 'unreachable', what: 'server', how: 'timeout' })))
    tell({ is: 'asked', question, what, reference })
  })
}

const performer: Performer = {
  send: async ({ reference }) => {
    await ask('send', reference)
    return { is: 'done', said: reference }
  },
  lookUp: async ({ reference }) =>
    (await ask('look-up', reference)) ? { is: 'found', said: reference } : { is: 'absent' },
}

const [folder = ''] = process.argv.slice(2)
const beganMs = performance.now()
const journal = await openJournal({
  folder,
  keys: { outbox: Buffer.alloc(32, 1), audit: Buffer.alloc(32, 2) },
  clock,
  newId: () => randomUUID() as JobId,
  performers: { bookmark: performer, 'evidence-lock': performer },
  changed: () => undefined,
  offsetOf: () => undefined,
  secondPlace: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
  warn: () => undefined,
}).catch(() => undefined)
if (journal) {
  tell({ is: 'ready', openMs: performance.now() - beganMs })
  for (let each = 0; !isFinishing; each++) {
    const command = commandOf(each % 2 === 0 ? 'bookmark' : 'evidence-lock', { deviceId: `c${each % 5}` })
    tell({ is: 'accepted', reference: (await journal.outbox.submit(command)).reference })
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  const isOpen = (): boolean => journal.outbox.jobs.some(({ state }) => !['done', 'needs-person'].includes(state.phase))
  while (isOpen()) await new Promise((resolve) => setTimeout(resolve, 10))
  tell({
    is: 'settled',
    phases: Object.fromEntries(journal.outbox.jobs.map(({ reference, state }) => [reference, state.phase])),
  })
  await journal.close()
} else tell({ is: 'refused' })
process.disconnect()
