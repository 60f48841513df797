import path from 'node:path'
import type {
  AuditExported,
  AuditFilter as Wanted,
  AuditFormat,
  AuditLine as ShownLine,
  AuditPage,
} from '../../src-preload/contract/models/audit.ts'
import type { AuditEntry, AuditFilter, AuditLine } from '../journal/audit-entry.ts'
import type { Journal } from '../journal/index.ts'

export interface AuditDeskNeeds {
  /** Rejects where there is no trail. */
  journal: () => Promise<Pick<Journal, 'audit'>>
  /** Has a person point at a place to write to; `null` where they thought better of it. */
  chooseTarget: (suggestedName: string) => Promise<string | null>
  /** Writes a file whole or not at all. Throws AppError bad-file. */
  write: (file: string, text: string) => Promise<void>
  /** Who sits here, in words for the trail. */
  who: () => string
  now: () => number
  warn: (line: string) => void
}

/** The audit trail of this computer: read, and written out for others. */
export class AuditDesk {
  readonly #needs: AuditDeskNeeds
  #isChoosing = false

  constructor(needs: AuditDeskNeeds) {
    this.#needs = needs
  }

  /** Writes a line as soon as there is a trail. Never rejects: what it tells of has happened all the same. */
  async record(entry: AuditEntry): Promise<void> {
    try {
      const { audit } = await this.#needs.journal()
      await audit.record(entry)
    } catch {
      this.#needs.warn(`${entry.what} is not in the audit trail`)
    }
  }

  async list(filter: Wanted, before: number | null, count: number): Promise<AuditPage> {
    const { audit } = await this.#needs.journal()
    const { lines, problems } = await audit.page(filterOf(filter), {
      ...(before !== null && { before }),
      count: count + 1,
    })
    const shown = lines.slice(0, count)
    return {
      lines: shown.map(withoutHash),
      next: lines.length > count ? shown.at(-1)!.line : null,
      problems,
    }
  }

  /** Gives `null` where no place was chosen. Who wrote what out stands in the trail, after the lines that were. */
  async export(filter: Wanted, format: AuditFormat): Promise<AuditExported | null> {
    const { audit } = await this.#needs.journal()
    const target = await this.#choose(format)
    if (target === null) return null
    const { text, lines } = await audit.export(format, filterOf(filter))
    await this.#needs.write(target, text)
    const fileName = path.basename(target)
    await this.record({
      what: 'audit-exported',
      who: this.#needs.who(),
      subject: fileName,
      outcome: `${lines} lines, ${format}`,
    })
    return { fileName, lines }
  }

  /** One dialog at a time. */
  async #choose(format: AuditFormat): Promise<string | null> {
    if (this.#isChoosing) return null
    this.#isChoosing = true
    try {
      const day = new Date(this.#needs.now()).toISOString().slice(0, 10)
      return await this.#needs.chooseTarget(`watchpost-audit-${day}.${format}`)
    } finally {
      this.#isChoosing = false
    }
  }
}

/** The page shows what a line says; that it is whole is for `problems` and the export. */
function withoutHash(line: AuditLine): ShownLine {
  const shown: ShownLine & { hash?: string } = { ...line }
  delete shown.hash
  return shown
}

function filterOf({ from, until, ...rest }: Wanted): AuditFilter {
  return {
    ...rest,
    ...(from !== undefined && { fromMs: Date.parse(from) }),
    ...(until !== undefined && { untilMs: Date.parse(until) }),
  }
}
