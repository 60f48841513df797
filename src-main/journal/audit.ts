import { AppError } from '../../src-preload/contract/failure.ts'
import { reasonOf } from '../file-reason.ts'
import { anchorProblem, anchorText, type SecondPlace } from './anchor.ts'
import { AuditRecord, localTime, matches, type AuditEntry, type AuditFilter, type AuditLine } from './audit-entry.ts'
import { exportOf, type ExportFormat } from './audit-export.ts'
import { breath, LINES_A_BREATH, readChainGently, type Chain, type Entry } from './chain.ts'
import { ChainedLog, type Opened } from './chained-log.ts'
import type { Clock } from './clock.ts'
import { realDisk, type Disk } from './disk.ts'

export interface AuditNeeds {
  file: string
  key: Uint8Array
  clock: Clock
  secondPlace: SecondPlace
  /** Server clock minus this computer's, milliseconds; undefined where it is not known. */
  offsetOf: (siteId: string) => number | undefined
  warn: (line: string) => void
  disk?: Disk
}

const DAY_MS = 24 * 3_600_000

/**
 * Who did what, when by both clocks, and what came of it: a chain with a key of its own, never rewritten. Its head is kept
 * in a second place once a day and at the end, so that an end that was cut off is seen at the next start
 * (security.md 4.4, 6 R28).
 */
export class AuditTrail {
  readonly #needs: AuditNeeds
  readonly #log: ChainedLog
  /** What was wrong with the trail when it was opened, in words; empty where nothing was. */
  readonly problems: readonly string[]
  #callOff = (): void => undefined

  private constructor(needs: AuditNeeds, log: ChainedLog, problems: readonly string[]) {
    this.#needs = needs
    this.#log = log
    this.problems = problems
  }

  /** Opens and compares. Throws AppError bad-file where the file cannot be used. */
  static async open(needs: AuditNeeds): Promise<AuditTrail> {
    const { file, key, clock, disk = realDisk, secondPlace, warn } = needs
    const opened = await ChainedLog.open({ file, key, kind: 'audit', disk, now: () => clock.now() })
    const anchor = await secondPlace.read().catch((error: unknown) => `unreadable: ${reasonOf(error)}`)
    const problems = problemsOf(opened, anchor)
    const trail = new AuditTrail(needs, opened.log, problems)
    for (const problem of problems) warn(`the audit trail is not whole: ${problem}`)
    await trail.#begin().catch((error: unknown) => warn(reasonOf(error))) // a full disk must not keep the program from starting
    return trail
  }

  /** Resolves when it is on the disk. Throws AppError bad-file where it cannot be written. */
  async record(entry: AuditEntry): Promise<void> {
    const { clock, offsetOf } = this.#needs
    const { siteId } = entry
    const record: AuditRecord = {
      at: localTime(clock.now()),
      serverOffsetMs: (siteId === undefined ? undefined : offsetOf(siteId)) ?? null,
      ...entry,
    }
    await this.#log.append(record)
  }

  /** The lines wanted, oldest first, straight from the file; damaged ones are not among them. */
  async read(filter: AuditFilter = {}): Promise<AuditLine[]> {
    return await linesOf((await this.#chain()).entries, filter)
  }

  /**
   * So many of the lines wanted before a line of the trail, newest first; without one from the end of it. `problems` is
   * what was wrong at the start, and what is now.
   */
  async page(
    filter: AuditFilter,
    { before = Infinity, count }: { before?: number; count: number },
  ): Promise<{ lines: AuditLine[]; problems: string[] }> {
    const known = this.#log.lines
    const chain = await this.#chain()
    const lines: AuditLine[] = []
    for (const [at, entry] of chain.entries.toReversed().entries()) {
      if (at % LINES_A_BREATH === LINES_A_BREATH - 1) await breath()
      if (entry.line < before) lines.push(...lineOf(entry, filter))
      if (lines.length === count) break
    }
    return {
      lines,
      problems: [...new Set([...damageOf(chain.damaged), ...lossOf(chain.lines, known), ...this.problems])],
    }
  }

  /** The lines wanted, as a file with a last line by which the export can be verified. */
  async export(format: ExportFormat, filter: AuditFilter = {}): Promise<{ text: string; lines: number }> {
    const { entries, head, damaged } = await this.#chain()
    const trail = { head, damagedLines: damaged.length }
    const lines = await linesOf(entries, filter)
    return { text: exportOf(format, lines, trail, this.#needs.key), lines: lines.length }
  }

  async close(): Promise<void> {
    this.#callOff()
    const { warn } = this.#needs
    await this.record({ what: 'program-ended', who: '' }).catch((error: unknown) => warn(reasonOf(error)))
    await this.#anchor()
    await this.#log.close()
  }

  async #begin(): Promise<void> {
    await this.record({ what: 'program-started', who: '' })
    for (const problem of this.problems) await this.record({ what: 'audit-damaged', who: '', outcome: problem })
    await this.#anchor()
    this.#anchorDaily()
  }

  #anchorDaily(): void {
    this.#callOff = this.#needs.clock.after(DAY_MS, () => {
      void this.#anchor() // never rejects
      this.#anchorDaily()
    })
  }

  async #anchor(): Promise<void> {
    const { secondPlace, clock, warn } = this.#needs
    const { lines, head } = this.#log
    const kept = secondPlace.write(anchorText(lines, head, clock.now()))
    await kept.catch((error: unknown) => warn(`the head of the audit trail was not kept: ${reasonOf(error)}`))
  }

  async #chain(): Promise<Chain> {
    const { file, key, disk = realDisk } = this.#needs
    try {
      const open = await disk.open(file)
      try {
        return await readChainGently(key, await open.read())
      } finally {
        await open.close()
      }
    } catch (cause) {
      throw new AppError({ kind: 'bad-file', file, problem: reasonOf(cause) }, { cause })
    }
  }
}

function problemsOf({ log, entries, damagedLines }: Opened, anchor: string | undefined): string[] {
  const problem = anchorProblem(anchor, entries, log.lines)
  return [...damageOf(damagedLines), ...(problem === undefined ? [] : [problem])]
}

const damageOf = (lines: readonly number[]): string[] =>
  lines.length > 0 ? [`damaged or changed: line ${lines.slice(0, 20).join(', ')}`] : []

/** `known` is how many lines were vouched for before the file was looked at. */
const lossOf = (lines: number, known: number): string[] =>
  lines < known ? [`of the ${known} lines it had since the program started there are ${lines}`] : []

/** A year of lines is many: others have their turn in between. */
async function linesOf(entries: readonly Entry[], filter: AuditFilter): Promise<AuditLine[]> {
  const lines: AuditLine[] = []
  for (const [at, entry] of entries.entries()) {
    if (at % LINES_A_BREATH === LINES_A_BREATH - 1) await breath()
    lines.push(...lineOf(entry, filter))
  }
  return lines
}

/** None where it is not wanted, or is the first line of the file. */
function lineOf({ line, hash, body }: Entry, filter: AuditFilter): AuditLine[] {
  const { data: record } = AuditRecord.safeParse(JSON.parse(body))
  return record && matches(record, filter) ? [{ ...record, line, hash }] : []
}
