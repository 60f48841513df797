/**
 * One command shows a control room: `npm run demo`.
 *
 * Builds, starts the simulator and the real app beside it, signs in as an operator would, and shows a live view. With
 * `--for`, `--report` or `--screenshot` it judges what it saw: exit code 0 only if every tile was live all the time.
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { ElectronApplication } from '@playwright/test'
import { startApp, type RunningApp } from '../support/app.ts'
import { openDisplay } from '../support/display.ts'
import { writeProfile } from '../support/profile-file.ts'
import { runShown } from '../support/run-shown.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../support/simulator-process.ts'
import { beginWatch, endWatch, waitUntilLive, watchWall, type TileRecord } from '../support/wall.ts'
import { readOptions, type DemoOptions } from './options.ts'
import { rebuildOnChange } from './rebuild.ts'

const startedMs = Date.now()
const step = (line: string) => console.log(`› ${((Date.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${line}`)
const options = readOptions(process.argv.slice(2), Boolean(process.env.DISPLAY))
const endings: (() => unknown)[] = []

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(130)))
}

try {
  await demo(options)
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await endAll()
}

/** Ends what was started, the last first. Each thing is ended once, whoever asks. */
async function endAll(): Promise<void> {
  for (let end = endings.pop(); end; end = endings.pop()) await end()
}

async function demo({ widthPx, heightPx, cameras, rows, columns, ...wish }: DemoOptions): Promise<void> {
  step('building the app')
  if ((await runShown('npm', ['run', '-s', 'build'])) !== 0) throw new Error('The app could not be built.')

  step(`starting the simulator with ${cameras} cameras (it draws its pictures the first time)`)
  const simulator = await startSimulatorProcess(['--cameras', String(cameras)])
  endings.push(() => simulator.stop())

  const display = await openDisplay({ widthPx, heightPx })
  endings.push(() => display.stop())
  step(
    display.isVirtual ? 'no display here: using a virtual one' : `opening a window on display ${display.env.DISPLAY}`,
  )

  const running = await startApp({
    env: display.env,
    prepare(folder) {
      const { gateway, sha256, user } = simulator
      return ['--profile', writeProfile(folder, { gateway, sha256, user, rows, columns })]
    },
  })
  endings.push(() => running.close())
  const versions = await running.app.evaluate(() => ({
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
  }))
  step(`the app runs on Electron ${versions.electron} with its sandbox on`)
  await setSize(running.app, widthPx, heightPx)

  await signIn(running, simulator)
  step(`signed in as ${simulator.user}; the certificate was pinned in the profile, so nothing was asked`)
  const tiles = Math.min(rows * columns, cameras)
  await waitUntilLive(running.page, tiles, 60_000)
  step(`${tiles} cameras are live`)

  if (wish.watch) endings.push(await rebuildOnChange(running))
  if (wish.watchSeconds === null) {
    step('close the window to end')
    await running.app.waitForEvent('close', { timeout: 0 })
    return
  }
  await judge(running, { versions, tiles, ...wish, watchSeconds: wish.watchSeconds })
}

async function setSize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size }),
    { width, height },
  )
}

async function signIn({ page }: RunningApp, { user, password }: SimulatorProcess): Promise<void> {
  await watchWall(page)
  await page.getByLabel('User name', { exact: true }).fill(user)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

interface Judgement {
  versions: Record<string, string | undefined>
  tiles: number
  watchSeconds: number
  report: string | null
  screenshot: string | null
}

async function judge({ app, page }: RunningApp, wish: Judgement): Promise<void> {
  step(`watching for ${wish.watchSeconds} s`)
  await app.evaluate(({ app }) => app.getAppMetrics())
  await beginWatch(page)
  await wait(wish.watchSeconds * 1000)
  const tiles = (await endWatch(page)).slice(0, wish.tiles)
  const processes = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, name, cpu, memory }) => ({
      type: name ?? type,
      cpuPercent: Math.round(cpu.percentCPUUsage * 10) / 10,
      memoryMb: Math.round(memory.workingSetSize / 1024),
    })),
  )
  if (wish.screenshot) {
    // Away from the tiles: whatever the pointer rests on shows its tools.
    await page.mouse.move(1, 1)
    writeFileSync(wish.screenshot, await page.screenshot())
    step(`picture of the window: ${wish.screenshot}`)
  }
  if (wish.report) {
    const report = {
      at: new Date().toISOString(),
      ...wish.versions,
      watchedSeconds: wish.watchSeconds,
      tiles,
      processes,
    }
    writeFileSync(wish.report, JSON.stringify(report, null, 2))
    step(`report: ${wish.report}`)
  }
  const troubled = tiles.filter((tile) => !wasLive(tile))
  for (const tile of tiles)
    console.log(
      `  ${tile.name.padEnd(40)} first frame ${tile.firstFrameMs ?? '?'} ms, ${tile.decoded} decoded, ${tile.painted} painted, ` +
        `${tile.dropped} dropped, ${tile.freezes} freezes`,
    )
  if (troubled.length > 0) throw new Error(`${troubled.length} of ${tiles.length} tiles were not live all the time.`)
  step(`all ${tiles.length} tiles were live all the time`)
}

/** Said to be live by the app the whole time, and truly painted: no gap as long as the one the app must call stale. */
function wasLive(tile: TileRecord): boolean {
  return tile.states.every((state) => state === 'live') && tile.painted > 0 && tile.longestGapMs < 2000
}
