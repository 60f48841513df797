import { setTimeout as wait } from 'node:timers/promises'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { enterPlayback, leavePlayback, openPlaybackStage } from './playback-stage.ts'
import type { Stage } from './stage.ts'
import { shownMoments } from './strips.ts'

const SPAN_MS = 40_000
const EVERY_MS = 250

/** How far apart four cameras are while they play, as the strips in their pictures say. */
export const syncBench: Bench = {
  name: 'sync',
  what: `four tiles play at 1x for ${SPAN_MS / 1000} s`,
  async run(say) {
    const stage = await openPlaybackStage({ rows: 2, columns: 2 })
    try {
      return await sync(stage, say)
    } finally {
      await stage.close()
    }
  },
}

async function sync(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  await enterPlayback(stage)
  const offsets: number[] = []
  const until = Date.now() + SPAN_MS
  while (Date.now() < until) {
    offsets.push(offsetOf(await shownMoments(stage.page)))
    await wait(EVERY_MS)
  }
  await leavePlayback(stage)
  const sorted = offsets.sort((a, b) => a - b)
  say(`${sorted.length} looks, the worst ${sorted.at(-1)!.toFixed(0)} ms`)
  return [
    atMost('4 tiles at 1x, apart: p95', sorted[Math.ceil(sorted.length * 0.95) - 1]!, 'ms', 250),
    shown('4 tiles at 1x, apart: median', median(sorted), 'ms'),
  ]
}

/** From the one that is behind to the one that is ahead. A tile without a picture is in step with nobody. */
function offsetOf(moments: (number | null)[]): number {
  const seen = moments.filter((moment) => moment !== null)
  return seen.length < moments.length ? Infinity : Math.max(...seen) - Math.min(...seen)
}
