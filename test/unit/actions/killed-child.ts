/** Main, in a process that can be killed: it signs in, asks for one evidence lock, and says what becomes of it. */
import path from 'node:path'
import type { CallName, Input, Output } from '../../../src-preload/contract/calls.ts'
import type { EvidenceLockOrder } from '../../../src-preload/contract/models/evidence-lock.ts'
import type { Job } from '../../../src-preload/contract/models/job.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'

export interface ToKilled {
  folder: string
  user: string
  password: string
  order: EvidenceLockOrder
}

export type FromKilled = { is: 'ready' } | { is: 'job'; job: Job }

const tell = (message: FromKilled): void => void process.send!(message)

process.on('disconnect', () => process.exit())
process.once('message', (wish: ToKilled) => void run(wish))
tell({ is: 'ready' })

async function run({ folder, user, password, order }: ToKilled): Promise<void> {
  const services = await createServices({
    profiles: { userFolder: folder, extraFiles: [] },
    preferences: createPreferenceMemory(),
    log: createMemoryLog(),
    dataFolder: path.join(folder, 'data'),
    announce: (name, fact) => {
      if (name === 'jobChanged') tell({ is: 'job', job: fact as Job })
    },
  })
  const ask = async <K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> => {
    const result = await services.answer(name, input)
    if (!result.ok) throw new Error(JSON.stringify(result.failure))
    return result.value as Output<K>
  }
  await ask('signIn', { siteId: order.siteId, user, password })
  await ask('addEvidenceLock', order)
}
