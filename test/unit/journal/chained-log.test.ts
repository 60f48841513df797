import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../src-preload/contract/failure.ts'
import { ChainedLog, type LogNeeds, type Opened } from '../../../src-main/journal/chained-log.ts'
import { diskWith, realDisk, type Disk } from '../../../src-main/journal/disk.ts'
import { FaultyDisk } from './support/faulty-disk.ts'
import { file, key } from './support/room.ts'

const open = (disk: Disk, more: Partial<LogNeeds> = {}): Promise<Opened> =>
  ChainedLog.open({ file, key, kind: 'outbox', disk, now: () => Date.UTC(2026, 2, 1), ...more })
const bodiesOf = ({ entries }: Opened): unknown[] => entries.map(({ body }) => JSON.parse(body) as unknown)
const problemOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'nothing went wrong'
  } catch (error) {
    const failure = failureOf(error)
    return failure.kind === 'bad-file' ? failure.problem : failure.kind
  }
}
const numbers = (from: number, to: number): { n: number }[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index }))

/** A disk with a log of so many records on it. */
async function written(count: number, isWrittenThrough = false): Promise<FaultyDisk> {
  const disk = new FaultyDisk({ isWrittenThrough })
  const { log } = await open(disk)
  for (const record of numbers(1, count)) await log.append(record)
  await log.close()
  return disk
}

const ways: [string, boolean][] = [
  ['written and synced', false],
  ['written through', true],
]

describe.each(ways)('adding to it, %s', (_way, isWrittenThrough) => {
  it('keeps every record whose append resolved when the power goes', async () => {
    let disk = new FaultyDisk({ isWrittenThrough })
    for (let round = 0; round < 5; round++) {
      const { log } = await open(disk)
      await log.append({ n: round * 2 + 1 })
      await log.append({ n: round * 2 + 2 })
      log.append({ n: -1 }).catch(() => undefined) // the power goes before it is on the disk
      disk = disk.cutPower()
    }
    expect(bodiesOf(await open(disk))).toEqual(numbers(1, 10))
  })

  it('repairs whatever the power left of an unfinished record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('part', 'zeros', 'part and zeros'), async (place, kind) => {
        const before = await written(3, isWrittenThrough)
        const { log } = await open(before)
        before.failingSyncs = 1 // written, seen, and never on the disk itself
        before.failingOpens = 1
        await log.append({ n: 4, text: 'é'.repeat(50) }).catch(() => undefined)
        const after = before.cutPower((kept, seen) => {
          const length = place % (seen.length - kept.length)
          const part = kind === 'zeros' ? 0 : kind === 'part' ? length : Math.floor(length / 2)
          return Buffer.concat([seen.subarray(0, kept.length + part), Buffer.alloc(length - part)])
        })
        const again = await open(after)
        expect([bodiesOf(again), again.damagedLines]).toEqual([numbers(1, 3), []])
        await again.log.append({ n: 4 })
        expect(bodiesOf(await open(after.cutPower()))).toEqual(numbers(1, 4))
      }),
      { numRuns: 200 },
    )
  })

  it('writes those that wait together with one sync, in order', async () => {
    const disk = new FaultyDisk({ isWrittenThrough })
    const { log } = await open(disk)
    const all = Promise.all(numbers(1, 50).map((record) => log.append(record)))
    expect(new Set(await all).size).toBe(50)
    expect(disk.syncs).toBe(1)
    expect(bodiesOf(await open(disk.killProgram()))).toEqual(numbers(1, 50))
  })

  it('refuses a record that is too large, and one after it was closed', async () => {
    const { log } = await open(new FaultyDisk({ isWrittenThrough }))
    expect(await problemOf(log.append({ text: 'x'.repeat(70_000) }))).toBe('bug')
    await log.close()
    expect(await problemOf(log.append({ n: 1 }))).toBe('was not written: is closed')
  })
})

describe.each(ways)('a disk that fails, %s', (_way, isWrittenThrough) => {
  it('full at any byte: the record is refused, the file is as it was, and goes on when there is room', async () => {
    for (let roomBytes = 0; roomBytes < 90; roomBytes++) {
      const disk = await written(2, isWrittenThrough)
      const before = Buffer.from(disk.get(file))
      disk.roomBytes = roomBytes
      const { log } = await open(disk)
      expect(await problemOf(log.append({ n: 3, text: 'twenty more characters' }))).toBe(
        'was not written: the disk is full',
      )
      expect(disk.get(file).equals(before)).toBe(true)
      disk.roomBytes = Infinity
      await log.append({ n: 3 })
      expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 3))
    }
  })

  it('full in the middle of a record, and the power goes: nothing of it comes back', async () => {
    const disk = await written(2, isWrittenThrough)
    const { log } = await open(disk)
    disk.roomBytes = 30
    expect(await problemOf(log.append({ n: 3 }))).toBe('was not written: the disk is full')
    const again = await open(disk.cutPower((_kept, seen) => seen))
    expect([bodiesOf(again), again.cutBytes, again.damagedLines]).toEqual([numbers(1, 2), 0, []])
  })

  it('full: opens all the same, with a torn end, without a copy of it', async () => {
    const disk = await written(2, isWrittenThrough)
    disk.put(file, Buffer.concat([disk.get(file), Buffer.from('0123')]))
    disk.roomBytes = 0
    const opened = await open(disk)
    expect([bodiesOf(opened), opened.cutBytes]).toEqual([numbers(1, 2), 4])
  })

  it('full and unable to cut off what was written in part: opened and read anew before the next record', async () => {
    const disk = await written(2, isWrittenThrough)
    const { log } = await open(disk)
    disk.roomBytes = 30
    disk.failingTruncates = 1
    expect(await problemOf(log.append({ n: 3 }))).toBe('was not written: the disk is full')
    disk.roomBytes = Infinity
    await log.append({ n: 3 })
    expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 3))
  })

  it('unable to sync: the record is refused and cut off, what was vouched for stays, and it goes on', async () => {
    const disk = await written(2, isWrittenThrough)
    const { log } = await open(disk)
    disk.failingSyncs = 1
    expect(await problemOf(log.append({ n: 99 }))).toBe('was not written: the disk fails')
    await log.append({ n: 3 })
    expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 3))
  })

  it('unable to sync or to open for a while: goes on when it can', async () => {
    const disk = await written(2, isWrittenThrough)
    const { log } = await open(disk)
    disk.failingSyncs = 1
    disk.failingOpens = 3
    expect(await problemOf(log.append({ n: 99 }))).toBe('was not written: the disk fails')
    expect(await problemOf(log.append({ n: 99 }))).toBe('was not written: the disk fails')
    expect(await problemOf(log.append({ n: 99 }))).toBe('was not written: the disk fails')
    await log.append({ n: 3 })
    expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 3))
  })

  it('with other contents after a failure than before: nothing is added to them', async () => {
    const disk = await written(2, isWrittenThrough)
    const { log } = await open(disk)
    disk.failingSyncs = 1
    disk.failingOpens = 1
    await log.append({ n: 99 }).catch(() => undefined)
    disk.put(file, (await written(1, isWrittenThrough)).get(file))
    expect(await problemOf(log.append({ n: 3 }))).toBe('was not written: has changed under our hands')
  })
})

describe('opening', () => {
  it('reads past a damaged line, names it, and adds behind it', async () => {
    const disk = await written(4)
    const bytes = Buffer.from(disk.get(file))
    bytes[bytes.indexOf('"n":2') + 4] = 55
    disk.put(file, bytes)
    const opened = await open(disk)
    expect([bodiesOf(opened), opened.damagedLines]).toEqual([[{ n: 1 }, { n: 3 }, { n: 4 }], [3]])
    await opened.log.append({ n: 5 })
    const again = await open(disk.cutPower())
    expect([bodiesOf(again), again.damagedLines]).toEqual([[{ n: 1 }, { n: 3 }, { n: 4 }, { n: 5 }], [3]])
  })

  it('keeps what it cuts off, and repairs a tail of zeros', async () => {
    const disk = await written(2)
    disk.put(file, Buffer.concat([disk.get(file), Buffer.alloc(4096)]))
    const opened = await open(disk)
    expect([bodiesOf(opened), opened.cutBytes, opened.damagedLines]).toEqual([numbers(1, 2), 4096, []])
    const aside = disk.files.find((name) => name.includes('.cut-'))!
    expect(disk.get(aside).length).toBe(4096)
  })

  it.each([
    ['nothing in it can be read', async (disk: FaultyDisk) => disk.put(file, Buffer.from('rubbish\nmore\n'))],
    [
      'is something else',
      async (disk: FaultyDisk) => {
        const { log } = await open(disk, { kind: 'audit' })
        await log.append({ n: 1 })
      },
    ],
  ])('refuses where %s, and leaves the file alone', async (words, make) => {
    const disk = new FaultyDisk()
    await make(disk)
    const before = Buffer.from(disk.get(file))
    expect(await problemOf(open(disk))).toContain(words)
    expect(disk.get(file).equals(before)).toBe(true)
  })

  it('refuses another key, and one that was written by another version', async () => {
    const disk = await written(2)
    expect(await problemOf(open(disk, { key: Buffer.alloc(32, 1) }))).toContain('nothing in it can be read')
    const { GENESIS, hashOf, lineOf } = await import('../../../src-main/journal/chain.ts')
    const header = '{"journal":"outbox","version":2}'
    disk.put(file, Buffer.from(lineOf(hashOf(key, GENESIS, header), header)))
    expect(await problemOf(open(disk))).toContain('another version')
  })
})

describe('writing it anew', () => {
  it('holds the records given, survives the power going at once, and goes on', async () => {
    const disk = await written(100)
    const { log } = await open(disk)
    await log.replace(numbers(7, 8))
    expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(7, 8))
  })

  it('with the power going at any step: the old one or the new one is there', async () => {
    const seen = new Set<number>()
    for (let step = 0; step < 60; step++) {
      const disk = await written(5)
      const { log } = await open(disk)
      const replaced = log.replace(numbers(1, 2)).catch(() => undefined)
      for (let turn = 0; turn < step; turn++) await Promise.resolve()
      const bodies = bodiesOf(await open(disk.cutPower()))
      expect([numbers(1, 5), numbers(1, 2)]).toContainEqual(bodies)
      seen.add(bodies.length)
      await replaced
    }
    expect(seen).toEqual(new Set([5, 2]))
  })

  it('on a full disk, or one that renames nothing: the old one goes on', async () => {
    for (const break_ of [
      (disk: FaultyDisk) => (disk.roomBytes = 40),
      (disk: FaultyDisk) => (disk.hasFixedNames = true),
    ]) {
      const disk = await written(3)
      const { log } = await open(disk)
      break_(disk)
      expect(await problemOf(log.replace(numbers(1, 1)))).toContain('was not written anew')
      disk.roomBytes = Infinity
      await log.append({ n: 4 })
      expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 4))
      expect(disk.files).toEqual([file])
    }
  })

  it('keeps a damaged one beside it', async () => {
    const disk = await written(3)
    const bytes = Buffer.from(disk.get(file))
    bytes[bytes.indexOf('"n":2') + 4] = 55
    disk.put(file, bytes)
    const { log } = await open(disk)
    await log.replace([{ n: 1 }, { n: 3 }])
    const again = await open(disk.cutPower())
    expect([bodiesOf(again), again.damagedLines]).toEqual([[{ n: 1 }, { n: 3 }], []])
    expect(disk.get(disk.files.find((name) => name.includes('.damaged-'))!).equals(bytes)).toBe(true)
  })

  it('takes its turn among records that are being added', async () => {
    const disk = await written(3)
    const { log } = await open(disk)
    await Promise.all([log.append({ n: 4 }), log.replace([{ n: 1 }]), log.append({ n: 2 })])
    expect(bodiesOf(await open(disk.cutPower()))).toEqual(numbers(1, 2))
  })
})

describe('a real disk', () => {
  it.each([
    ['as this system has it', realDisk],
    ['one that writes nothing through', diskWith(0)],
  ])('%s: written for this user alone, cut back, written anew and read again', async (_which, disk) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'journal-'))
    const real = path.join(folder, 'new', 'outbox.log')
    const first = await open(disk, { file: real })
    for (const record of numbers(1, 3)) await first.log.append(record)
    await first.log.close()
    expect(statSync(real).mode & 0o077).toBe(0)
    const bytes = readFileSync(real)
    bytes[bytes.indexOf('"n":2') + 4] = 55
    writeFileSync(real, Buffer.concat([bytes, Buffer.from('torn')]))

    const second = await open(disk, { file: real })
    expect([bodiesOf(second), second.damagedLines, second.cutBytes]).toEqual([[{ n: 1 }, { n: 3 }], [3], 4])
    await second.log.replace([{ n: 1 }, { n: 3 }])
    await second.log.append({ n: 4 })
    await second.log.close()
    const third = await open(disk, { file: real })
    expect(bodiesOf(third)).toEqual([{ n: 1 }, { n: 3 }, { n: 4 }])
    await third.log.close()
    expect(readdirSync(path.dirname(real)).map((name) => name.replace(/\d+$/, ''))).toEqual([
      'outbox.log',
      'outbox.log.cut-',
      'outbox.log.damaged-',
    ])
    rmSync(folder, { recursive: true })
  })

  it('does not wait for a pipe or a device in its place', async () => {
    expect(await problemOf(open(realDisk, { file: '/dev/zero' }))).toBe('is not a file')
  })
})
