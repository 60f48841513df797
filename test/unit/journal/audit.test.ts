import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AuditTrail } from '../../../src-main/journal/audit.ts'
import { localTime, type AuditEntry } from '../../../src-main/journal/audit-entry.ts'
import { verifyAudit } from '../../../src-main/journal/verify-audit.ts'
import { FakeClock, turns } from './support/fake-clock.ts'
import { FaultyDisk } from './support/faulty-disk.ts'
import { key, north, south } from './support/room.ts'

const file = '/data/audit.log'
const DAY_MS = 24 * 3_600_000

/** A trail, its disk, and the second place. */
class Desk {
  readonly clock = new FakeClock()
  disk = new FaultyDisk()
  anchor: string | undefined
  canAnchor = true
  warned: string[] = []

  open(): Promise<AuditTrail> {
    return AuditTrail.open({
      file,
      key,
      clock: this.clock,
      disk: this.disk,
      secondPlace: {
        read: () => Promise.resolve(this.anchor),
        write: (text) => {
          if (!this.canAnchor) return Promise.reject(new Error('no second place'))
          this.anchor = text
          return Promise.resolve()
        },
      },
      offsetOf: (siteId) => (siteId === north ? -47_000 : undefined),
      warn: (line) => void this.warned.push(line),
    })
  }

  /** Takes so many whole lines off the end. */
  cutLines(count: number): void {
    const lines = this.disk.get(file).toString().match(/.*\n/g)!
    this.disk.put(file, Buffer.from(lines.slice(0, lines.length - count).join('')))
  }

  verify(bytes: Buffer | string = this.disk.get(file), anchor = this.anchor): { lines: string[]; isGood: boolean } {
    return verifyAudit(Buffer.from(bytes), key, anchor)
  }
}

const locked: AuditEntry = {
  what: 'command-outcome',
  who: 'op',
  siteId: north,
  deviceId: 'c1',
  reference: 'XD-1-2',
  subject: 'evidence-lock',
  outcome: 'done',
}
const whatsOf = async (trail: AuditTrail): Promise<string[]> => (await trail.read()).map(({ what }) => what)

describe('a line of the trail', () => {
  it('says who did what, where, what came of it, and the time by both clocks', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record(locked)
    await trail.record({ what: 'signed-in', who: 'op', siteId: south })
    const lines = await trail.read()
    const at = localTime(desk.clock.now())
    expect(lines).toMatchObject([
      { line: 2, at, serverOffsetMs: null, what: 'program-started', who: '' },
      { line: 3, at, serverOffsetMs: -47_000, ...locked },
      { line: 4, at, serverOffsetMs: null, what: 'signed-in', who: 'op', siteId: south },
    ])
    expect(Date.parse(at)).toBe(desk.clock.now())
    expect(at).toMatch(/[+-]\d\d:\d\d$/)
  })

  it('is on the disk when it resolves, and refused where it cannot be', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record(locked)
    desk.disk.roomBytes = 10
    await expect(trail.record(locked)).rejects.toMatchObject({ failure: { kind: 'bad-file', file } })
    desk.disk = desk.disk.cutPower()
    expect(await whatsOf(await desk.open())).toEqual(['program-started', 'command-outcome', 'program-started'])
  })
})

describe('reading', () => {
  it('finds by time, user, site, camera and act', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    const startMs = desk.clock.now()
    const told: AuditEntry[] = [
      locked,
      { ...locked, who: 'eve' },
      { ...locked, siteId: south },
      { ...locked, deviceId: 'c2', alsoDeviceIds: ['c3', 'c4'] },
      { ...locked, what: 'command-drop', outcome: 'dropped, possible duplicate' },
    ]
    for (const entry of told) {
      desk.clock.advance(1_000)
      await trail.record(entry)
    }
    const found = async (filter: Parameters<AuditTrail['read']>[0]): Promise<number[]> =>
      (await trail.read(filter)).map(({ line }) => line - 2)
    expect([
      await found({ fromMs: startMs + 2_000, untilMs: startMs + 4_000 }),
      await found({ who: 'eve' }),
      await found({ siteId: south }),
      await found({ deviceId: 'c2' }),
      await found({ what: ['command-drop', 'program-started'] }),
      await found({ who: 'EV' }),
      await found({ text: 'Evidence-L', deviceId: 'c2' }),
      await found({ who: 'op', siteId: north, deviceId: 'c1', what: ['command-outcome'] }),
      await found({ outcome: 'dropped' }),
      await found({ deviceId: 'c4' }),
    ]).toEqual([[2, 3], [2], [3], [4], [0, 5], [2], [4], [1], [5], [4]])
    const page = async (before?: number): Promise<number[]> =>
      (await trail.page({ siteId: north }, { count: 2, ...(before !== undefined && { before }) })).lines.map(
        ({ line }) => line - 2,
      )
    expect([await page(), await page(6), await page(4), await page(3)]).toEqual([[5, 4], [2, 1], [1], []])
  })

  it('says so where the file cannot be read', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    desk.disk.failingOpens = 1
    await expect(trail.read()).rejects.toMatchObject({ failure: { kind: 'bad-file' } })
  })
})

describe('a trail whose end was cut off', () => {
  async function ended(): Promise<Desk> {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record(locked)
    await trail.close()
    return desk
  }

  it('by one line, or by all: is seen at the next start, told, and written into the trail', async () => {
    for (const count of [1, 2, 3, 4]) {
      const desk = await ended()
      desk.cutLines(count)
      expect(desk.verify().isGood).toBe(false)
      const trail = await desk.open()
      expect(trail.problems).toEqual([
        expect.stringMatching(new RegExp(`of the 4 lines it had at .* there are ${4 - count}`)),
      ])
      expect(desk.warned.length).toBe(1)
      expect((await whatsOf(trail)).slice(-2)).toEqual(['program-started', 'audit-damaged'])
      // It was told; from now on it is held against what it is now.
      await trail.close()
      expect((await desk.open()).problems).toEqual([])
    }
  })

  it('and grew again: its lines are not the ones it had', async () => {
    const desk = await ended()
    const kept = desk.anchor
    desk.cutLines(2)
    const forger = await desk.open()
    await forger.record({ ...locked, outcome: 'nothing happened' })
    await forger.close()
    desk.anchor = kept
    expect((await desk.open()).problems).toEqual([expect.stringMatching(/its line 4 is not the one it had at/)])
  })

  it('with nothing to compare it with: that is told as well', async () => {
    const desk = await ended()
    desk.anchor = undefined
    expect((await desk.open()).problems).toEqual([expect.stringContaining('is not there to compare it with')])
    desk.anchor = '{"line":'
    expect((await desk.open()).problems).toEqual([expect.stringContaining('cannot be read')])
  })

  it('is compared with what it was a day ago, where the program was killed', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record(locked)
    desk.clock.advance(DAY_MS)
    await turns()
    await trail.record(locked)
    desk.disk = desk.disk.killProgram()
    desk.cutLines(1)
    expect((await desk.open()).problems).toEqual([]) // no anchor has seen this line
    desk.cutLines(4)
    expect((await desk.open()).problems.length).toBe(1)
  })

  it('is not cried out over a first start that was killed, nor over a torn end', async () => {
    const desk = new Desk()
    desk.canAnchor = false
    await desk.open()
    desk.disk = desk.disk.killProgram()
    desk.canAnchor = true
    desk.disk.put(file, Buffer.concat([desk.disk.get(file), Buffer.from('torn')]))
    expect((await desk.open()).problems).toEqual([])
    expect(desk.warned).toEqual(['the head of the audit trail was not kept: no second place'])
  })
})

describe('a trail that was changed', () => {
  it('is told, never rewritten, and goes on', async () => {
    const desk = new Desk()
    const first = await desk.open()
    await first.record(locked)
    await first.close()
    const bytes = Buffer.from(desk.disk.get(file))
    bytes[bytes.indexOf('"op"') + 1] = 97
    desk.disk.put(file, bytes)
    const trail = await desk.open()
    expect(trail.problems).toEqual(['damaged or changed: line 3'])
    expect(desk.disk.get(file).subarray(0, bytes.length).equals(bytes)).toBe(true)
    expect(await whatsOf(trail)).toEqual(['program-started', 'program-ended', 'program-started', 'audit-damaged'])
    expect(desk.verify()).toEqual({ lines: ['NOT good: damaged or changed: line 3'], isGood: false })
  })

  it('while the program runs, is told with the next page, together with what was found at the start', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    for (let count = 0; count < 3; count++) await trail.record(locked)
    const problems = async (): Promise<string[]> => (await trail.page({}, { count: 1 })).problems
    expect(await problems()).toEqual([])
    const whole = Buffer.from(desk.disk.get(file))
    const bytes = Buffer.from(whole)
    bytes[bytes.indexOf('"op"') + 1] = 97
    desk.disk.put(file, bytes)
    expect(await problems()).toEqual(['damaged or changed: line 3'])
    desk.disk.put(file, whole)
    desk.cutLines(2)
    expect(await problems()).toEqual(['of the 5 lines it had since the program started there are 3'])
  })

  it('at any byte, is found by the verifier', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record(locked)
    await trail.close()
    const good = Buffer.from(desk.disk.get(file))
    expect(desk.verify(good)).toEqual({ lines: ['good: a trail of 4 lines'], isGood: true })
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, value) => {
        const bytes = Buffer.from(good)
        bytes[at] = bytes[at]! ^ value
        expect(desk.verify(bytes).isGood).toBe(false)
      }),
    )
  })
})

describe('a start on a full disk', () => {
  it('goes on without its first line', async () => {
    const desk = new Desk()
    await (await desk.open()).close()
    desk.disk.roomBytes = 0
    const trail = await desk.open()
    expect(desk.warned.length).toBe(1)
    desk.disk.roomBytes = Infinity
    await trail.record(locked)
    expect((await whatsOf(trail)).at(-1)).toBe('command-outcome')
    desk.disk.roomBytes = 0
    await trail.close()
  })
})

describe('an export', () => {
  async function full(): Promise<{ desk: Desk; trail: AuditTrail }> {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.record({ ...locked, who: '=cmd|"x"', outcome: 'a\r\n"b", c' })
    await trail.record(locked)
    return { desk, trail }
  }

  it('as JSON holds the lines wanted, and verifies', async () => {
    const { desk, trail } = await full()
    const text = (await trail.export('json', { who: 'op' })).text
    const { records, seal } = JSON.parse(text) as { records: object[]; seal: object }
    expect(records).toEqual(await trail.read({ who: 'op' }))
    expect(seal).toMatchObject({ records: 1, damagedLines: 0, head: (await trail.read()).at(-1)!.hash })
    expect(desk.verify(text)).toEqual({ lines: ['good: an export of 1 records'], isGood: true })
  })

  it('as CSV is quoted, starts no formula, and verifies', async () => {
    const { desk, trail } = await full()
    const text = (await trail.export('csv')).text
    const [head, , second] = text.split(/\r\n(?=\d|"#|"line)/)
    expect(head).toBe(
      'line,at,serverOffsetMs,what,who,siteId,deviceId,alsoDeviceIds,reference,subject,outcome,reason,hash',
    )
    expect(second).toContain('"\'=cmd|""x"""')
    expect(second).toContain('"a\r\n""b"", c"')
    expect(desk.verify(text)).toEqual({ lines: ['good: an export of 3 records'], isGood: true })
  })

  it('of nothing verifies as well', async () => {
    const { desk, trail } = await full()
    for (const format of ['csv', 'json'] as const)
      expect(desk.verify((await trail.export(format, { who: 'nobody' })).text).isGood).toBe(true)
  })

  it('with any byte changed, cut out or put in is no longer good', async () => {
    const { desk, trail } = await full()
    const exports = [Buffer.from((await trail.export('csv')).text), Buffer.from((await trail.export('json')).text)]
    fc.assert(
      fc.property(fc.constantFrom(...exports), fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean(), (...given) => {
        const [good, place, value, isInserted] = given
        const at = place % good.length
        const rest = good.subarray(isInserted ? at : at + 1)
        const bytes = Buffer.concat([good.subarray(0, at), Buffer.from(value === 0 ? [] : [value]), rest])
        if (!bytes.equals(good)) expect(desk.verify(bytes).isGood).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('says that the trail was damaged when it was taken', async () => {
    const { desk, trail } = await full()
    const bytes = Buffer.from(desk.disk.get(file))
    bytes[bytes.indexOf('"op"') + 1] = 97
    desk.disk.put(file, bytes)
    expect(desk.verify((await trail.export('csv')).text)).toEqual({
      lines: ['good: an export of 2 records', 'note: 1 lines of the trail were damaged when it was exported'],
      isGood: true,
    })
  })
})

describe('the verifier', () => {
  it('says what it cannot know', async () => {
    const desk = new Desk()
    const trail = await desk.open()
    await trail.close()
    const torn = Buffer.concat([desk.disk.get(file), Buffer.from('torn')])
    expect(verifyAudit(torn, key)).toEqual({
      lines: [
        'good: a trail of 3 lines',
        'note: its last 4 bytes were never finished',
        'note: there is nothing to compare its end with, which may have been cut off',
      ],
      isGood: true,
    })
    expect(verifyAudit(Buffer.alloc(0), key).isGood).toBe(false)
    expect(verifyAudit(torn, Buffer.alloc(32, 1)).isGood).toBe(false)
  })
})
