import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import type { News } from './news.ts'
import { listed } from './words.ts'

/** A notice of the operating system. */
export interface Notice {
  title: string
  body: string
}

interface NoticeNeeds {
  cameraName: (camera: CameraRef) => string
  siteName: (camera: CameraRef) => string
  monotonic: () => number
  after: (ms: number, run: () => void) => void
  show: (notice: Notice) => void
}

/** News that come together are one notice: a wall of cameras is one press. */
const GATHER_MS = 100

/** The same notice again within this time is the same press again. */
const SAME_MS = 3_000

/** Makes notices of news: those that say the same of several cameras become one, and none is shown twice in a row. */
export class Notices {
  readonly #needs: NoticeNeeds
  #waiting: News[] = []
  readonly #shownMs = new Map<string, number>()

  constructor(needs: NoticeNeeds) {
    this.#needs = needs
  }

  tell(news: News[]): void {
    if (news.length === 0) return
    if (this.#waiting.length === 0) this.#needs.after(GATHER_MS, () => this.#show())
    this.#waiting.push(...news)
  }

  #show(): void {
    const groups = new Map<string, { first: News; names: Set<string> }>()
    for (const one of this.#waiting) {
      const key = JSON.stringify([one.title, one.text, one.camera.siteId])
      const group = groups.get(key) ?? { first: one, names: new Set() }
      groups.set(key, group)
      group.names.add(this.#needs.cameraName(one.camera))
    }
    this.#waiting = []
    for (const { first, names } of groups.values()) {
      const body = [this.#needs.siteName(first.camera), first.text].filter((part) => part !== '').join(': ')
      this.#showOnce({ title: `${first.title}: ${listed([...names])}`, body })
    }
  }

  #showOnce(notice: Notice): void {
    const nowMs = this.#needs.monotonic()
    for (const [text, shownMs] of this.#shownMs) if (nowMs - shownMs >= SAME_MS) this.#shownMs.delete(text)
    const text = `${notice.title}\n${notice.body}`
    if (this.#shownMs.has(text)) return
    this.#shownMs.set(text, nowMs)
    this.#needs.show(notice)
  }
}
