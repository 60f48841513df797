import { setTimeout as wait } from 'node:timers/promises'
import type { JSHandle, Page } from '@playwright/test'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import type { Stage } from './stage.ts'
import { leaveWall, openOnBare, openWall, untilPlaying, type Picture } from './wall-of-sixteen.ts'

const SPANS = 2
const SPAN_MS = 20_000
/** Jitter buffers and the first garbage are not what a wall costs. */
const SETTLE_MS = 4_000

/** What sixteen playing tiles cost, in per cent of one processor. */
interface Cost {
  page: number
  gpu: number
}

/** The same sixteen streams at the same places in the app and on the bare page, in turn. */
export const playingCostBench: Bench = {
  name: 'playing-cost',
  what: `processor time of the page while sixteen tiles play, ${SPANS} spans of ${SPAN_MS / 1000} s each`,
  async run(say) {
    const { stage, pictures } = await openWall()
    try {
      return await playingCost(stage, pictures, say)
    } finally {
      await stage.close()
    }
  },
}

async function playingCost(stage: Stage, pictures: Picture[], say: (line: string) => void): Promise<Figure[]> {
  const { page, bare } = stage
  const costs = { app: [] as Cost[], bare: [] as Cost[] }
  for (let span = 0; span < SPANS; span++) {
    if (span > 0) await page.getByRole('button', { name: 'Live', exact: true }).click()
    await untilPlaying(stage)
    costs.app.push(await costOf(stage, page))
    await leaveWall(stage)
    await openOnBare(stage, 'click', pictures, async () => {
      costs.bare.push(await costOf(stage, bare))
    })
    const [app, other] = [costs.app.at(-1)!, costs.bare.at(-1)!]
    say(`app ${app.page.toFixed(1)} % and GPU process ${app.gpu.toFixed(1)} %`)
    say(`bare page ${other.page.toFixed(1)} % and GPU process ${other.gpu.toFixed(1)} %`)
  }
  const middle = (of: keyof Cost, side: keyof typeof costs) => median(costs[side].map((cost) => cost[of]))
  return [
    atMost(
      '16 playing tiles, processor time: app / bare page',
      middle('page', 'app') / middle('page', 'bare'),
      '',
      1.1,
    ),
    shown('16 playing tiles, page: app', middle('page', 'app'), '% of a core'),
    shown('16 playing tiles, page: bare page', middle('page', 'bare'), '% of a core'),
    shown('16 playing tiles, GPU process: app', middle('gpu', 'app'), '% of a core'),
    shown('16 playing tiles, GPU process: bare page', middle('gpu', 'bare'), '% of a core'),
  ]
}

async function costOf({ app }: Stage, page: Page): Promise<Cost> {
  const browserWindow = (await app.browserWindow(page)) as JSHandle<Electron.BrowserWindow>
  const ownPid = await browserWindow.evaluate((window) => window.webContents.getOSProcessId())
  /** Seconds each process has worked since it began. */
  const worked = () =>
    app.evaluate(({ app }, pid) => {
      const seconds = (isIt: (metric: Electron.ProcessMetric) => boolean) => {
        const found = app.getAppMetrics().find(isIt)?.cpu.cumulativeCPUUsage
        if (found === undefined) throw new Error('Electron does not say what a process has cost')
        return found
      }
      return { page: seconds((metric) => metric.pid === pid), gpu: seconds(({ type }) => type === 'GPU') }
    }, ownPid)
  await wait(SETTLE_MS)
  const before = await worked()
  const beganMs = performance.now()
  await wait(SPAN_MS)
  const after = await worked()
  const percent = 100_000 / (performance.now() - beganMs)
  return { page: (after.page - before.page) * percent, gpu: (after.gpu - before.gpu) * percent }
}
