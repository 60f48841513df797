import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { verifyAudits } from '../../../src-main/command-line.ts'
import { journalPlaces, openJournalIn } from '../../../src-main/journal-in.ts'
import type { Journal } from '../../../src-main/journal/index.ts'
import type { Performer } from '../../../src-main/journal/performer.ts'
import { createMemoryLog } from '../../../src-main/log.ts'
import { createServices } from '../../../src-main/services.ts'
import { createPreferenceMemory } from '../../../src-main/sites/preference-store.ts'
import { readKey } from '../../../src-main/storage/key-file.ts'
import { systemClock } from '../../../src-main/xprotect/clock.ts'
import { commandOf, newId, only } from './support/room.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'data-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const performer: Performer = { send: () => Promise.resolve({ is: 'done', said: null }) }
const warned: string[] = []
const open = (): Promise<Journal> =>
  openJournalIn(folder, {
    clock: systemClock,
    newId,
    performers: { bookmark: performer },
    changed: () => undefined,
    offsetOf: () => undefined,
    warn: (line) => void warned.push(line),
  })
const auditFile = (): string => path.join(journalPlaces(folder).folder, 'audit.log')

describe('the journal of a data folder', () => {
  it('does what is asked, tells the trail, and has it all at the next start', async () => {
    const journal = await open()
    await journal.outbox.submit(commandOf('bookmark'))
    await vi.waitFor(() => expect(only(journal.outbox).state.phase).toBe('done'), { timeout: 10_000 })
    await journal.close()
    const again = await open()
    expect(only(again.outbox).state.phase).toBe('done')
    expect((await again.audit.read()).map(({ what, outcome }) => [what, outcome].join(' ').trim())).toEqual([
      'program-started',
      'command-accepted queued',
      'command-outcome done',
      'program-ended',
      'program-started',
    ])
    expect(again.audit.problems).toEqual([])
    await again.close()
    expect(warned).toEqual([])
  })

  it('belongs to one start at a time', async () => {
    const first = await open()
    const before = readFileSync(auditFile())
    await expect(open()).rejects.toMatchObject({ failure: { problem: 'is used by another start of Watchpost' } })
    expect(readFileSync(auditFile()).equals(before)).toBe(true)
    await first.close()
    await (await open()).close()
  })

  it('is given back where one half of it cannot be used', async () => {
    await (await open()).close()
    const outbox = path.join(journalPlaces(folder).folder, 'outbox.log')
    writeFileSync(outbox, 'rubbish\n')
    await expect(open()).rejects.toMatchObject({ failure: { kind: 'bad-file', file: outbox } })
    rmSync(outbox)
    await (await open()).close()
  })

  it('is refused, and left alone, with a key that cannot be read', async () => {
    await (await open()).close()
    const { keyFile } = journalPlaces(folder)
    writeFileSync(keyFile, 'no key')
    await expect(open()).rejects.toMatchObject({
      failure: { kind: 'bad-file', file: keyFile, problem: 'is not a key' },
    })
    expect(readFileSync(keyFile, 'utf8')).toBe('no key')
  })
})

describe('a key', () => {
  it('is made once, for this user alone, and the same for all who ask at once', async () => {
    const file = path.join(folder, 'new', 'x.key')
    const keys = await Promise.all(Array.from({ length: 8 }, () => readKey(file)))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect([keys[0]!.length, statSync(file).mode & 0o077]).toEqual([32, 0])
    expect((await readKey(file)).equals(keys[0]!)).toBe(true)
  })

  it('that cannot be made or read is an error', async () => {
    await expect(readKey('/dev/null')).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
    const full = { freeBytes: () => Promise.resolve(0) }
    await expect(readKey(path.join(folder, 'x.key'), full)).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
  })
})

describe('verifying on the command line', () => {
  it('says whether trails and exports are good, and ends with 1 where one is not', async () => {
    const journal = await open()
    const exported = path.join(folder, 'audit.csv')
    writeFileSync(exported, (await journal.audit.export('csv')).text)
    await journal.close()
    const places = journalPlaces(folder)
    expect(await verifyAudits([auditFile(), exported], places)).toEqual({
      code: 0,
      text: `${auditFile()}: good: a trail of 3 lines\n${exported}: good: an export of 1 records\n`,
    })
    writeFileSync(exported, readFileSync(exported, 'utf8').replace('program-started', 'program-stopped'))
    expect(await verifyAudits([exported, '/nowhere'], places)).toEqual({
      code: 1,
      text: `${exported}: NOT good: it is not as it was exported\n/nowhere: NOT verified: it is not there\n`,
    })
    expect((await verifyAudits([], places)).code).toBe(2)
  })

  it('makes no key where there is none, and needs a good one', async () => {
    const places = journalPlaces(folder)
    const { text } = await verifyAudits(['/nowhere'], places)
    expect(text).toBe('/nowhere: NOT verified: the key of the audit trail is not on this computer\n')
    await readKey(places.keyFile)
    writeFileSync(places.keyFile, '12')
    expect((await verifyAudits(['/nowhere'], places)).text).toContain('cannot be read')
  })
})

describe('the services', () => {
  const start = async (log = createMemoryLog()) => ({
    log,
    services: await createServices({
      profiles: { userFolder: folder, extraFiles: [] },
      preferences: createPreferenceMemory(),
      log,
      announce: () => undefined,
      dataFolder: folder,
    }),
  })

  it('open the journal at the start and close it at the end', async () => {
    const { services, log } = await start()
    await services.close()
    const said = await verifyAudits([auditFile()], journalPlaces(folder))
    expect([said, log.lines]).toEqual([{ text: `${auditFile()}: good: a trail of 3 lines\n`, code: 0 }, []])
  })

  it('start without one that cannot be used, and say so', async () => {
    const first = await start()
    await vi.waitFor(() => expect(existsSync(auditFile())).toBe(true), { timeout: 10_000 })
    const second = await start()
    await second.services.close()
    expect(second.log.lines).toEqual([expect.stringContaining('nothing can be recorded, locked or marked')])
    await first.services.close()
    expect(first.log.lines).toEqual([])
  })
})
