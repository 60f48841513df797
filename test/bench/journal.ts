import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ChainedLog } from '../../src-main/journal/chained-log.ts'
import { realDisk } from '../../src-main/journal/disk.ts'
import { JobStore } from '../../src-main/journal/job-store.ts'
import { referenceOf, type Job } from '../../src-main/journal/job.ts'
import type { JobId } from '../../src-preload/contract/models/job.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import { systemClock } from '../../src-main/xprotect/clock.ts'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'

const RECORDS = 20_000
const OPENINGS = 5
const APPENDS = 300
const key = Buffer.alloc(32, 1)

/** What it costs to start on a long journal, and to make one record safe before anything leaves. */
export const journalBench: Bench = {
  name: 'journal',
  what: `opening a journal of ${RECORDS} records, and adding ${APPENDS} against a bare write and sync`,
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'journal-bench-'))
    try {
      return [...(await opening(path.join(folder, 'long.log'))), ...(await appending(folder))]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

const needs = { key, clock: systemClock, warn: () => undefined }

/** Every command is open, so that none may be left out when the journal is opened. */
async function opening(file: string): Promise<Figure[]> {
  const { log } = await ChainedLog.open({ ...needs, file, kind: 'outbox', disk: realDisk, now: Date.now })
  await Promise.all(Array.from({ length: RECORDS }, () => log.append({ t: 'job', ...waiting() })))
  await log.close()
  const times: number[] = []
  for (let turn = 0; turn < OPENINGS; turn++) {
    const beganMs = performance.now()
    const store = await JobStore.open({ ...needs, file })
    times.push(performance.now() - beganMs)
    if (store.all().length !== RECORDS) throw new Error(`of ${RECORDS} records ${store.all().length} came back`)
    await store.close()
  }
  return [atMost(`start to journal-ready, ${RECORDS} records verified and read`, median(times), 'ms', 1_000)]
}

function waiting(): Job {
  const id = randomUUID() as JobId
  const nowMs = Date.now()
  return {
    id,
    reference: referenceOf(id),
    kind: 'bookmark',
    siteId: '0b3e9a52-6c3e-4f7b-9d84-0e7e4d1c9a01' as SiteId,
    deviceId: id,
    user: 'operator',
    order: { headline: 'Bench' },
    acceptedMs: nowMs,
    pressedMs: nowMs,
    sinceMs: nowMs,
    sends: 0,
    refusals: 0,
    possibleDuplicate: false,
    state: { is: 'queued', notBeforeMs: 0 },
  }
}

/** One record after the other, each safe before the next, in turn with bare ones of the same length. */
async function appending(folder: string): Promise<Figure[]> {
  const file = path.join(folder, 'short.log')
  const { log } = await ChainedLog.open({ ...needs, file, kind: 'outbox', disk: realDisk, now: Date.now })
  const bare = await open(path.join(folder, 'bare.log'), 'w')
  const samples = { ours: [] as number[], bare: [] as number[] }
  const sides = {
    ours: (record: Job): Promise<unknown> => log.append(record),
    bare: async (record: Job): Promise<unknown> => {
      await bare.write(`${JSON.stringify(record)}${'0'.repeat(66)}`)
      return bare.datasync()
    },
  }
  for (let turn = 0; turn < APPENDS; turn++) {
    for (const side of turn % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const record = waiting()
      const beganMs = performance.now()
      await sides[side](record)
      samples[side].push(performance.now() - beganMs)
    }
  }
  await log.close()
  await bare.close()
  return [
    atMost('a record made safe / a bare write and sync, p50', median(samples.ours) / median(samples.bare), '', 2),
    shown('a record made safe, p50', median(samples.ours), 'ms'),
  ]
}
