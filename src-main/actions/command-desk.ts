import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { Job, JobDecision, JobId } from '../../src-preload/contract/models/job.ts'
import type { Journal } from '../journal/index.ts'
import type { Command } from '../journal/job.ts'
import { onceSent } from '../once-sent.ts'
import { userAt, type ActionSites } from './action-site.ts'

interface Needs {
  /** Rejects where nothing can be kept; then nothing is done either. */
  journal: () => Promise<Journal>
  sites: ActionSites
}

/** What operators had done: taken down, listed, and decided on by a person. */
export class CommandDesk {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Resolves when it is on the disk, with where it stands by then. Throws AppError bad-file where it cannot be kept. */
  async submit(command: Command): Promise<Job> {
    const { outbox } = await this.#needs.journal()
    const accepted = await outbox.submit(command)
    await onceSent() // whoever asked can wait that long, the server shall not
    return outbox.find(accepted.id) ?? accepted
  }

  async list(): Promise<Job[]> {
    const { outbox } = await this.#needs.journal()
    return outbox.jobs
  }

  /** By whoever is signed in at the command's site. Throws `not-found` where it no longer waits for a person. */
  async decide(id: JobId, decision: JobDecision): Promise<void> {
    const { outbox } = await this.#needs.journal()
    const by = this.#deciderAt(outbox.find(id)?.siteId)
    if (decision === 'check') return outbox.check(id, by)
    if (decision === 'send-again') return outbox.sendAgain(id, by)
    return outbox.drop(id, by)
  }

  /** Its site may have been taken away; its commands are still there to be given up. */
  #deciderAt(siteId: SiteId | undefined): string {
    try {
      return siteId === undefined ? '' : userAt(this.#needs.sites.get(siteId).standing)
    } catch {
      return ''
    }
  }
}
