import type { SiteCamera } from '../site/site.ts'

/** What `GET /state` tells of one camera's sessions: one left over shows as open, too many as the most at once. */
export interface SessionCount {
  camera: { id: string; number: number; name: string }
  open: number
  everOpened: number
  mostAtOnce: number
}

/** Counts the sessions of a whole site, by camera and in all. */
export class SessionCounts {
  readonly #byCamera = new Map<string, SessionCount>()
  open = 0
  mostAtOnce = 0

  opened({ id, number, name }: SiteCamera): void {
    const count = this.#byCamera.get(id) ?? { camera: { id, number, name }, open: 0, everOpened: 0, mostAtOnce: 0 }
    this.#byCamera.set(id, count)
    count.open++
    count.everOpened++
    count.mostAtOnce = Math.max(count.mostAtOnce, count.open)
    this.open++
    this.mostAtOnce = Math.max(this.mostAtOnce, this.open)
  }

  ended({ id }: SiteCamera): void {
    this.#byCamera.get(id)!.open--
    this.open--
  }

  list(): SessionCount[] {
    return [...this.#byCamera.values()].map((count) => ({ ...count }))
  }
}
