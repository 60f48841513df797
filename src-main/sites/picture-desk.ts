import PQueue from 'p-queue'
import type { CameraRef, SiteId } from '../../src-preload/contract/models/ids.ts'
import type { PictureWish } from '../../src-preload/contract/models/recorded-picture.ts'
import type { PictureStore } from '../storage/picture-store.ts'
import type { Server } from '../xprotect/server.ts'

export interface PictureDeskNeeds {
  /** Throws where the site is not open. */
  ask: (siteId: SiteId, ...wish: Parameters<Server['pictureBefore']>) => ReturnType<Server['pictureBefore']>
  /** Rejects where pictures have no place to be kept. */
  store: Promise<PictureStore>
  /** The clock of a site's server, epoch milliseconds. */
  serverNow: (siteId: SiteId) => number
}

/** A picture that is kept: under which name, and of when. */
export interface FoundPicture {
  name: string
  atMs: number
}

/** It is also the last one up to here. */
interface Known extends FoundPicture {
  untilMs: number
}

interface Wish {
  siteId: SiteId
  ending: AbortController
}

/** Recorders are asked for so many at the same time: they have recordings to write. */
const AT_ONCE = 4
/** What is younger may not be on the recorder's disk yet, and another picture may come before it. */
const SETTLED_MS = 60_000

/** Recorded pictures for the page: the newest wish goes first, and what was fetched once is kept while somebody is signed in. */
export class PictureDesk {
  readonly #needs: PictureDeskNeeds
  readonly #queue = new PQueue({ concurrency: AT_ONCE })
  readonly #wishes = new Map<string, Wish>()
  readonly #known = new Map<SiteId, Map<string, Known[]>>()
  #latest = 0

  constructor(needs: PictureDeskNeeds) {
    this.#needs = needs
    needs.store.catch(() => undefined) // told to whoever asks for a picture
  }

  /** The last picture up to a moment; `null` where there is none, or the wish was called off. */
  async find({ wishId, camera, at }: PictureWish): Promise<FoundPicture | null> {
    const atMs = Date.parse(at)
    const known = this.#knownAt(camera, atMs, await this.#needs.store)
    if (known) return known
    const wish: Wish = { siteId: camera.siteId, ending: new AbortController() }
    const { signal } = wish.ending
    this.#wishes.set(wishId, wish)
    try {
      return await this.#queue.add(() => this.#fetch(camera, atMs, signal), { priority: ++this.#latest })
    } catch (error) {
      if (signal.aborted) return null
      throw error
    } finally {
      this.#wishes.delete(wishId)
    }
  }

  /** Nobody waits for it any more: its question is given up, or never asked. */
  leave(wishId: string): void {
    this.#wishes.get(wishId)?.ending.abort()
  }

  /** The bytes of a picture that was found; undefined where it is gone. Never rejects. */
  async read(name: string): Promise<Buffer | undefined> {
    return this.#needs.store.then(
      (store) => store.read(name),
      () => undefined,
    )
  }

  /** Nobody is signed in there any more: nothing is fetched, and nothing is left. Never rejects. */
  async forget(siteId: SiteId): Promise<void> {
    for (const wish of this.#wishes.values()) if (wish.siteId === siteId) wish.ending.abort()
    if (!this.#known.delete(siteId)) return
    const store = await this.#needs.store.catch(() => undefined)
    await store?.forget(siteId)
  }

  /** The page is gone: nobody waits for anything. */
  leaveAll(): void {
    for (const { ending } of this.#wishes.values()) ending.abort()
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.leaveAll()
    const store = await this.#needs.store.catch(() => undefined)
    await store?.close()
  }

  async #fetch(camera: CameraRef, atMs: number, signal: AbortSignal): Promise<FoundPicture | null> {
    const isCalledOff = (): boolean => signal.aborted
    if (isCalledOff()) return null
    const { ask, serverNow } = this.#needs
    const { siteId, cameraId } = camera
    const store = await this.#needs.store
    // The wish before this one may have brought it.
    const known = this.#knownAt(camera, atMs, store)
    if (known) return known
    const found = await ask(siteId, { cameraId, atMs }, signal)
    if (!found || isCalledOff()) return null
    const untilMs = Math.max(found.atMs, Math.min(atMs, serverNow(siteId) - SETTLED_MS))
    const same = this.#listOf(camera).find((one) => one.atMs === found.atMs && store.has(one.name))
    if (same) {
      same.untilMs = Math.max(same.untilMs, untilMs)
      return same
    }
    const fresh = { name: await store.keep(siteId, found.jpeg), atMs: found.atMs, untilMs }
    const others = this.#listOf(camera).filter(({ name }) => store.has(name))
    this.#known.get(siteId)?.set(cameraId, [...others, fresh])
    return fresh
  }

  #knownAt(camera: CameraRef, atMs: number, store: PictureStore): Known | undefined {
    return this.#listOf(camera).find((one) => one.atMs <= atMs && atMs <= one.untilMs && store.has(one.name))
  }

  /** What was found of one camera; some of it may have had to make room since. */
  #listOf({ siteId, cameraId }: CameraRef): Known[] {
    const ofSite = this.#known.get(siteId) ?? new Map<string, Known[]>()
    const list = ofSite.get(cameraId) ?? []
    this.#known.set(siteId, ofSite.set(cameraId, list))
    return list
  }
}
