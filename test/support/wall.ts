import type { Page } from '@playwright/test'

/** What was seen of one tile. Times are milliseconds; counts are over the span that was watched. */
export interface TileRecord {
  tile: number
  name: string
  /** From the moment the tile began to open its camera until a frame was painted. */
  firstFrameMs: number | null
  decoded: number
  painted: number
  dropped: number
  /** Spans of more than half a second between two painted frames. */
  freezes: number
  longestGapMs: number
  /** Every state the tile was in while watched. */
  states: string[]
}

/** The tile and the window as the watcher inside the page knows them. */
interface WatchedPage {
  wall: {
    begin: () => void
    end: () => TileRecord[]
  }
}

/** Puts a watcher into the page. Call it before the first camera opens, else the time to the first frame is not known. */
export async function watchWall(page: Page): Promise<void> {
  await page.evaluate(watcher)
}

/** Waits until so many tiles play. */
export async function waitUntilLive(page: Page, tiles: number, timeoutMs: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-tile][data-state="live"]').length >= wanted,
    tiles,
    { timeout: timeoutMs },
  )
}

export const beginWatch = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as WatchedPage).wall.begin())

export const endWatch = (page: Page): Promise<TileRecord[]> =>
  page.evaluate(() => (window as unknown as WatchedPage).wall.end())

/** Runs inside the page: it may use nothing from this file. */
function watcher(): void {
  const freezeMs = 500
  interface Seen {
    openedMs: number | null
    firstFrameMs: number | null
    states: Set<string>
    /** A tile has two, and paints in one of them (the other is for changing streams unseen). */
    videos: Map<HTMLVideoElement, Painted>
    lastPaintMs: number | null
    longestGapMs: number
    freezes: number
  }
  interface Painted {
    /** The video counts from its own beginning; we count from the first frame we were told of. */
    first: number | null
    last: number
    decodedBefore: number
    droppedBefore: number
  }
  const tiles = new Map<string, Seen>()
  let watching = false

  const seen = (tile: Element): Seen => {
    const key = tile.getAttribute('data-tile') ?? ''
    const known = tiles.get(key)
    if (known) return known
    const fresh: Seen = {
      openedMs: null,
      firstFrameMs: null,
      states: new Set(),
      videos: new Map(),
      lastPaintMs: null,
      longestGapMs: 0,
      freezes: 0,
    }
    tiles.set(key, fresh)
    return fresh
  }

  const look = (tile: Element): void => {
    const state = tile.getAttribute('data-state') ?? ''
    const record = seen(tile)
    if (state === 'opening' && record.openedMs === null) record.openedMs = performance.now()
    if (state === 'live' && record.firstFrameMs === null && record.openedMs !== null)
      record.firstFrameMs = performance.now() - record.openedMs
    if (watching) record.states.add(state)
  }

  const follow = (record: Seen, video: HTMLVideoElement): void => {
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
    const counts: Painted = { first: null, last: 0, decodedBefore: totalVideoFrames, droppedBefore: droppedVideoFrames }
    record.videos.set(video, counts)
    const painted = (now: number, frame: VideoFrameCallbackMetadata): void => {
      counts.first ??= frame.presentedFrames
      counts.last = frame.presentedFrames
      if (watching && record.lastPaintMs !== null) {
        const gapMs = now - record.lastPaintMs
        record.longestGapMs = Math.max(record.longestGapMs, gapMs)
        if (gapMs > freezeMs) record.freezes += 1
      }
      record.lastPaintMs = now
      if (watching) video.requestVideoFrameCallback(painted)
    }
    video.requestVideoFrameCallback(painted)
  }

  const countsOf = (record: Seen) => {
    const sum = { decoded: 0, painted: 0, dropped: 0 }
    for (const [video, { first, last, decodedBefore, droppedBefore }] of record.videos) {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
      // A video given another stream counts from nothing again.
      sum.decoded += totalVideoFrames >= decodedBefore ? totalVideoFrames - decodedBefore : totalVideoFrames
      sum.dropped += droppedVideoFrames >= droppedBefore ? droppedVideoFrames - droppedBefore : droppedVideoFrames
      sum.painted += Math.max(0, last - (first ?? last))
    }
    return sum
  }

  new MutationObserver(() => document.querySelectorAll('[data-tile]').forEach(look)).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state'],
  })
  ;(window as unknown as WatchedPage).wall = {
    begin() {
      watching = true
      for (const tile of document.querySelectorAll('[data-tile]')) {
        const record = seen(tile)
        for (const video of tile.querySelectorAll('video')) follow(record, video)
        record.states.add(tile.getAttribute('data-state') ?? '')
      }
    },
    end() {
      watching = false
      return [...document.querySelectorAll('[data-tile]')].map((tile) => {
        const record = seen(tile)
        const now = countsOf(record)
        // The last gap is still open: a picture that stopped and never came back shows here and nowhere else.
        const openGapMs = record.lastPaintMs === null ? Infinity : performance.now() - record.lastPaintMs
        return {
          tile: Number(tile.getAttribute('data-tile')),
          // "Tile 3, Main gate, live": the label's middle is the camera.
          name: (tile.getAttribute('aria-label') ?? '').split(', ').slice(1, -1).join(', '),
          firstFrameMs: record.firstFrameMs === null ? null : Math.round(record.firstFrameMs),
          ...now,
          freezes: record.freezes + (openGapMs > freezeMs ? 1 : 0),
          longestGapMs: Math.round(Math.max(record.longestGapMs, Math.min(openGapMs, 1e9))),
          states: [...record.states],
        }
      })
    },
  }
}
