import os from 'node:os'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { endHeartbeat, startHeartbeat } from './heartbeat.ts'
import { endLongTasks, startLongTasks } from './long-tasks.ts'
import { openStage, signIn, type Stage } from './stage.ts'

const CAMERAS = 10_000
const ROUNDS = 5
const LIMIT_MS = 50

/** What a list of 10,000 cameras costs the two threads an operator feels: the page's and main's. */
export const cameraListBench: Bench = {
  name: 'camera-list',
  what: `${CAMERAS} cameras, from the click on Sign in until the tree holds them all`,
  async run(say) {
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const stage = await openStage({ cameras: CAMERAS, hasPictures: false })
      try {
        rounds.push(await listOnce(stage))
      } finally {
        await stage.close()
      }
      const { shownMs, taskMs, pageMs, mainMs } = rounds.at(-1)!
      const held = `held the page ${pageMs.toFixed(0)} ms (longest task ${taskMs.toFixed(0)} ms)`
      say(`shown after ${shownMs.toFixed(0)} ms; ${held} and main ${mainMs.toFixed(0)} ms`)
    }
    return [...figures(rounds), ...(await memory())]
  },
}

/** A round of its own: to look at the memory costs main time. */
async function memory(): Promise<Figure[]> {
  const stage = await openStage({ cameras: CAMERAS, hasPictures: false })
  try {
    await stage.app.evaluate(watchMemory)
    await list(stage)
    const peak = await stage.app.evaluate(() => (globalThis as unknown as Watched).memoryPeak())
    return [
      shown('10,000 cameras: most memory of main', peak.main, 'MB'),
      shown('10,000 cameras: most memory of the page', peak.page, 'MB'),
    ]
  } finally {
    await stage.close()
  }
}

interface Watched {
  memoryPeak: () => { main: number; page: number }
}

/** Runs inside main: looks at what is resident ten times a second, and keeps the most. */
function watchMemory({ app, BrowserWindow }: typeof Electron.Main): void {
  const peak = { main: 0, page: 0 }
  const ownPid = BrowserWindow.getAllWindows()
    .find((window) => window.webContents.getURL().includes('index.html'))
    ?.webContents.getOSProcessId()
  const look = (): void => {
    for (const { type, pid, memory } of app.getAppMetrics()) {
      const megabytes = memory.workingSetSize / 1024
      if (type === 'Browser') peak.main = Math.max(peak.main, megabytes)
      if (pid === ownPid) peak.page = Math.max(peak.page, megabytes)
    }
  }
  const timer = setInterval(look, 100)
  const memoryPeak = () => {
    clearInterval(timer)
    return peak
  }
  Object.assign(globalThis, { memoryPeak })
}

/** Milliseconds. */
interface Round {
  shownMs: number
  /** Longest task of the page over 50 ms; 0 where there was none. */
  taskMs: number
  /** Latest beat of the page's timer, and of main's. */
  pageMs: number
  mainMs: number
}

async function listOnce(stage: Stage): Promise<Round> {
  const { app, page, simulator } = stage
  // The server stands for another computer: here it gives way, lest its work on 10,000 cameras be counted as ours.
  os.setPriority(simulator.pid, os.constants.priority.PRIORITY_LOW)
  await app.evaluate(startHeartbeat)
  await page.evaluate(startHeartbeat)
  await page.evaluate(startLongTasks)
  const shownMs = await list(stage)
  return {
    shownMs,
    taskMs: await page.evaluate(endLongTasks),
    pageMs: await page.evaluate(endHeartbeat),
    mainMs: await app.evaluate(endHeartbeat),
  }
}

/** From the click on Sign in until the tree holds them all, milliseconds. */
async function list(stage: Stage): Promise<number> {
  const beganMs = performance.now()
  await signIn(stage)
  await stage.page.waitForFunction(isListShown, CAMERAS.toLocaleString('en'), { polling: 50, timeout: 60_000 })
  return performance.now() - beganMs
}

/** The tree is whole when the site's row counts them all and its groups stand below it. */
function isListShown(total: string): boolean {
  const rows = [...document.querySelectorAll('[role=treeitem]')]
  const site = rows.find((row) => row.getAttribute('aria-level') === '1')
  return site?.textContent.includes(total) === true && rows.some((row) => row.matches('.group'))
}

function figures(rounds: Round[]): Figure[] {
  const of = (what: keyof Round) => median(rounds.map((round) => round[what]))
  return [
    atMost('10,000 cameras: longest task of the page (0: none over 50 ms)', of('taskMs'), 'ms', LIMIT_MS),
    atMost('10,000 cameras: longest hold of main', of('mainMs'), 'ms', LIMIT_MS),
    shown('10,000 cameras: latest beat of the page, several tasks in a row', of('pageMs'), 'ms'),
    shown('10,000 cameras: list shown after', of('shownMs'), 'ms'),
  ]
}
