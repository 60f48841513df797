import { copyFileSync, cpSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { root } from '../support/run-shown.ts'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { endSyncs, watchSyncs, type Sync } from './journal-syncs.ts'
import { askFrom, openStage, openWindow, signIn, type Stage } from './stage.ts'

/** The worst twentieth of fewer is a handful, and another one in each run. */
const PRESSES = 300
/** Connections are made, and the engine compiles what it has met often enough. */
const WARM_PRESSES = 20
/** Tiles a key selects: the same camera pressed again within three seconds would be the same press. */
const CAMERAS = 9
const REQUEST = 'POST /api/rest/v1/bookmarks'
/** What follows a press, as reading back what was made and drawing it, is over by then. */
const SETTLE_MS = 150
const PATIENCE_MS = 10_000
/** Nobody asks the simulator anything before that: it would answer us while the request comes. */
const HUSH_MS = 40

/**
 * From a key to its request at the server, and what no program can do without.
 *
 * Counted on both sides: from the time stamp the browser gives the key (`keydown`, B) to the moment the head of the POST
 * is with the simulator, a process of its own; both are read from this machine's clock.
 *
 * - The app: the built page in Electron, its own key handling, the call through the door with all its checks, the command
 *   written into the journal once, accepted and begun, and synced, the token, the pinned pool.
 * - Bare: a second window of the same Electron whose key handler does a bare `ipcRenderer.invoke`, upon which main does a
 *   bare undici POST of the same bookmark through a pool with the same certificate pinned. No check, no journal.
 *
 * The journal's syncs are the disk's, not the app's: main's write through to the disk of the journal's file is timed where
 * it is called, and what lies between the key and the request is taken off and shown by itself. Nothing else is.
 *
 * App and bare in turn, so that both meet the same moments of the machine.
 */
export const keyToWireBench: Bench = {
  name: 'key-to-wire',
  what: `from B to its request at the server, ${PRESSES} presses, against a bare POST at a key`,
  async run(say) {
    const stage = await openStage({ cameras: CAMERAS, grid: { rows: 3, columns: 3 }, hasPictures: false })
    try {
      return await keyToWire(stage, say)
    } finally {
      await stage.close()
    }
  },
}

/** One press of the app: the whole of it, and how much of that the disk took for the journal. */
interface Press {
  wholeMs: number
  syncMs: number
}

async function keyToWire(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const { page, app } = stage
  await signIn(stage)
  const filled = '[data-tile]:not([data-state="empty"])'
  await page.waitForFunction(([all, count]) => document.querySelectorAll(all).length === count, [
    filled,
    CAMERAS,
  ] as const)
  const bare = await openBareKey(stage)
  for (const one of [page, bare]) await one.evaluate(watchKey)
  await app.evaluate(watchSyncs)

  const presses: Press[] = []
  const bareMs: number[] = []
  const postMs: number[] = []
  for (let press = 0; press < WARM_PRESSES + PRESSES; press++) {
    const inApp = async () => {
      await page.keyboard.press(String((press % CAMERAS) + 1))
      await wait(SETTLE_MS)
      const span = await pressOnce(stage, page)
      const one = { wholeMs: span.toMs - span.fromMs, syncMs: within(await app.evaluate(endSyncs), span) }
      if (press >= WARM_PRESSES) presses.push(one)
    }
    const onBarePage = async () => {
      const { fromMs, toMs } = await pressOnce(stage, bare)
      const calledMs = await bare.evaluate(() => (window as unknown as BareKey).called)
      if (press < WARM_PRESSES) return
      bareMs.push(toMs - fromMs)
      postMs.push(toMs - calledMs)
    }
    for (const turn of press % 2 === 0 ? [inApp, onBarePage] : [onBarePage, inApp]) {
      await turn()
      await wait(SETTLE_MS)
    }
    if (press % 20 === 19) say(`press ${press + 1}: app ${presses.at(-1)?.wholeMs.toFixed(1) ?? '–'} ms`)
  }
  return figures(presses, bareMs, postMs)
}

function figures(presses: Press[], bareMs: number[], postMs: number[]): Figure[] {
  const own = presses.map(({ wholeMs, syncMs }) => wholeMs - syncMs)
  const whole = presses.map(({ wholeMs }) => wholeMs)
  const syncs = presses.map(({ syncMs }) => syncMs)
  return [
    atMost('key to request, without the syncs / bare key and POST, p95', p95(own) / p95(bareMs), '', 1.5),
    shown('key to request, without the syncs / bare key and POST, p50', median(own) / median(bareMs), ''),
    shown('key to request, p95', p95(whole), 'ms'),
    shown('key to request, p50', median(whole), 'ms'),
    shown('of it the journal’s syncs, p95', p95(syncs), 'ms'),
    shown('of it the journal’s syncs, p50', median(syncs), 'ms'),
    shown('key to request, without the syncs, p95', p95(own), 'ms'),
    shown('bare key to request, p95', p95(bareMs), 'ms'),
    shown('bare POST alone, from its call to the request, p95', p95(postMs), 'ms'),
  ]
}

const p95 = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]!

interface Span {
  fromMs: number
  toMs: number
}

/** How much of a span was spent in syncs; two at the same time count once. */
function within(syncs: readonly Sync[], { fromMs, toMs }: Span): number {
  let [sum, untilMs] = [0, fromMs]
  for (const sync of syncs.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const [begin, end] = [Math.max(sync.fromMs, untilMs), Math.min(sync.toMs, toMs)]
    if (end > begin) [sum, untilMs] = [sum + end - begin, end]
  }
  return sum
}

/** Presses B, and gives when the browser had the key and when the server had the request. */
async function pressOnce(stage: Stage, page: Page): Promise<Span> {
  const before = (await arrivals(stage)).length
  await page.keyboard.press('b')
  await wait(HUSH_MS)
  const untilMs = performance.now() + PATIENCE_MS
  for (;;) {
    const come = await arrivals(stage)
    if (come.length > before + 1) throw new Error('one key brought about more than one request')
    if (come.length > before)
      return { fromMs: await page.evaluate(() => (window as unknown as KeyWatch).keyMs), toMs: come.at(-1)! }
    if (performance.now() > untilMs) throw new Error('a key brought about no request')
    await wait(5)
  }
}

/** When each request of our kind came, epoch milliseconds. */
async function arrivals({ simulator }: Stage): Promise<number[]> {
  const answer = await fetch(`${simulator.control}/arrivals`)
  const { arrivals: all } = (await answer.json()) as { arrivals: { line: string; atMs: number }[] }
  return all.filter(({ line }) => line === REQUEST).map(({ atMs }) => atMs)
}

interface KeyWatch {
  keyMs: number
}

/** Runs inside a page: keeps when the browser had the last B. */
function watchKey(): void {
  const keep = ({ key, timeStamp, isTrusted }: KeyboardEvent): void => {
    if (isTrusted && key === 'b') Object.assign(window, { keyMs: performance.timeOrigin + timeStamp })
  }
  window.addEventListener('keydown', keep, { capture: true })
}

interface BareKey {
  bridge: { call: (name: string, input: unknown) => Promise<number> }
  /** When main called undici last, epoch milliseconds. */
  called: Promise<number>
}

/** A window whose B is a bare invoke, and main's answer to it a bare POST of the same bookmark. */
async function openBareKey(stage: Stage): Promise<Page> {
  const { app, appFolder, simulator, siteId } = stage
  const folder = path.join(appFolder, 'out/main')
  copyFileSync(path.join(import.meta.dirname, 'bare-post.cjs'), path.join(folder, 'bare-post.cjs'))
  cpSync(path.join(root, 'node_modules/undici'), path.join(appFolder, 'node_modules/undici'), { recursive: true })
  const { gateway, sha256, user, password } = simulator
  await app.evaluate(answerBareKey, { folder, server: { gateway, sha256, user, password } })
  const { cameras } = await askFrom(stage.page, 'listCameras', { siteId, from: 0, count: 1 })
  const bare = await openWindow(stage, { preload: 'bare-door.cjs', leftPx: 0 })
  await bare.evaluate(bindBareKey, cameras[0]!.id)
  return bare
}

interface BareWish {
  folder: string
  server: { gateway: string; sha256: string; user: string; password: string }
}

/** Runs inside main. */
async function answerBareKey({ ipcMain }: typeof Electron.Main, { folder, server }: BareWish): Promise<void> {
  const { createRequire } = process.getBuiltinModule('node:module')
  const { openPost } = createRequire(`${folder}/`)('./bare-post.cjs') as {
    openPost: (server: BareWish['server']) => Promise<(body: unknown) => Promise<number>>
  }
  const post = await openPost(server)
  ipcMain.handle('bare', (_event, _name, body: unknown) => post(body))
}

/** Runs inside the bare page. */
function bindBareKey(cameraId: string): void {
  const page = window as unknown as BareKey
  const iso = (ms: number) => new Date(ms).toISOString()
  window.addEventListener('keydown', ({ key }) => {
    if (key !== 'b') return
    const nowMs = Date.now()
    page.called = page.bridge.call('bookmark', {
      header: 'Car park north, 14:03',
      description: '',
      timeBegin: iso(nowMs - 10_000),
      timeTriggered: iso(nowMs),
      timeEnd: iso(nowMs + 30_000),
      reference: 'XD-0a1b2c3d-0123456789ab',
      devicePath: { type: 'cameras', id: cameraId },
    })
  })
}
