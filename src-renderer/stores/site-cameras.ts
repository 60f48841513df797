import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { CameraGroup, CameraPage } from '../../src-preload/contract/models/camera.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { CameraListState } from '../../src-preload/contract/models/site.ts'
import { noCameras, withPage, type CameraList } from './camera-list.ts'

/** How a site's cameras came into this page. */
export type CameraLoad =
  | { phase: 'none' }
  | { phase: 'loading' }
  /** `skipped` cameras could not be understood by main and are not in the list. */
  | { phase: 'ready'; skipped: number }
  /** Something is shown, but it is not known to be all, or not the newest. */
  | { phase: 'partial'; because: Failure }
  | { phase: 'failed'; because: Failure }

/** One site's cameras as the page shows them. Plain data, made anew on every change. */
export interface SiteCameras extends CameraList {
  /** `null` until the site has said how its cameras are grouped. */
  readonly groups: readonly CameraGroup[] | null
  readonly load: CameraLoad
}

export const noSiteCameras: SiteCameras = { ...noCameras, groups: null, load: { phase: 'none' } }

/** What the reader needs of the bridge, and where its findings go. */
export interface CameraReaderDeps {
  listCameras(from: number, count: number): Promise<CameraPage>
  listCameraGroups(): Promise<CameraGroup[]>
  /** Lets the page paint and answer keys between two pages. */
  breathe(): Promise<void>
  /** Milliseconds of any clock that only goes forward. */
  now(): number
  onChange(cameras: SiteCameras): void
}

/** Cameras per call: small enough that unpacking one answer stays far below 50 ms. */
export const PAGE_SIZE = 500
/** A growing list is drawn when it is so many times as long as what is on screen … */
const GROWN = 1.5
/** … and when it has grown at all since so long ago. */
const SHOWN_EVERY_MS = 1_000

interface Draft {
  list: CameraList
  /** How many the server's list has given us; names may repeat, so not the same as the list's length. */
  taken: number
  /** Nothing was on screen when it was begun: it grows there. Any other takes the old one's place when it is whole. */
  readonly isFirst: boolean
}

/**
 * Brings one site's cameras over the bridge, page by page, as main announces them.
 *
 * Main lets a first list grow in steps and replaces a later one when it is whole, and so does this: what is on screen
 * never becomes less before there is something better, and a reload that fails leaves everything where it was.
 */
export class CameraReader {
  readonly #siteId: SiteId
  readonly #deps: CameraReaderDeps
  #shown: SiteCameras = noSiteCameras
  #draft: Draft = { list: noCameras, taken: 0, isFirst: true }
  #announced: CameraListState = { phase: 'none' }
  #isReading = false
  #shownAtMs = 0

  constructor(siteId: SiteId, deps: CameraReaderDeps) {
    this.#siteId = siteId
    this.#deps = deps
  }

  /** Main said how far it is. Returns when everything announced so far has been read. */
  async follow(state: CameraListState): Promise<void> {
    const before = this.#announced
    if (isSameState(before, state)) return
    this.#announced = state
    switch (state.phase) {
      case 'none':
        this.#forget()
        return
      case 'loading':
        if (before.phase !== 'loading' || state.loaded < before.loaded) this.#begin()
        if (this.#draft.isFirst) await this.#read()
        return
      case 'ready':
      case 'failed':
        if (before.phase !== 'loading' || !this.#draft.isFirst) this.#begin()
        return this.#read()
    }
  }

  #begin(): void {
    this.#draft = { list: noCameras, taken: 0, isFirst: this.#shown.cameras.length === 0 }
    this.#show({ load: { phase: 'loading' } })
  }

  /** Signed out: another user may see other cameras. */
  #forget(): void {
    this.#draft = { list: noCameras, taken: 0, isFirst: true }
    this.#show(noSiteCameras)
  }

  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (await this.#step()) await this.#deps.breathe()
    } catch (error) {
      if (this.#draft.isFirst) this.#show(this.#draft.list)
      // What was read stays on screen; the tree says that it is not all and offers to try again.
      this.#fail(failureOf(error))
    } finally {
      this.#isReading = false
    }
  }

  /** One page, or the end of the list. Says whether there is more to do. */
  async #step(): Promise<boolean> {
    const draft = this.#draft
    if (draft.taken < expected(this.#announced)) {
      const page = await this.#deps.listCameras(draft.taken, PAGE_SIZE)
      if (draft !== this.#draft) return true
      if (page.cameras.length > 0) return this.#take(draft, page)
    }
    return this.#finish(draft)
  }

  #take(draft: Draft, page: CameraPage): true {
    draft.list = withPage(draft.list, this.#siteId, page.cameras)
    draft.taken += page.cameras.length
    if (draft.isFirst && this.#isWorthShowing(draft)) this.#show(draft.list)
    return true
  }

  /** Drawing a list costs as much as it is long, so a growing one is drawn when it has grown by half, or after a while. */
  #isWorthShowing({ list }: Draft): boolean {
    const hasGrown = list.cameras.length >= GROWN * this.#shown.cameras.length
    return hasGrown || this.#deps.now() - this.#shownAtMs >= SHOWN_EVERY_MS
  }

  async #finish(draft: Draft): Promise<boolean> {
    const announced = this.#announced
    if (announced.phase === 'failed') {
      this.#show(draft.list)
      this.#fail(announced.because)
      return false
    }
    if (announced.phase !== 'ready') return false
    const groups = await this.#deps.listCameraGroups()
    if (draft !== this.#draft) return true
    this.#show({ ...draft.list, groups, load: { phase: 'ready', skipped: announced.skipped } })
    return false
  }

  #fail(because: Failure): void {
    this.#show({ load: { phase: this.#shown.cameras.length > 0 ? 'partial' : 'failed', because } })
  }

  #show(change: Partial<SiteCameras>): void {
    this.#shownAtMs = this.#deps.now()
    this.#shown = { ...this.#shown, ...change }
    this.#deps.onChange(this.#shown)
  }
}

/** How many cameras main has for us now. */
function expected(state: CameraListState): number {
  switch (state.phase) {
    case 'none':
      return 0
    case 'loading':
    case 'failed':
      return state.loaded
    case 'ready':
      return state.total
  }
}

/** A site's news repeats what it said of its cameras; only a difference is news to us. */
function isSameState(a: CameraListState, b: CameraListState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
