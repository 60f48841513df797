import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { atMost, median, shown, type Bench, type Figure } from './figure.ts'
import { openStage, openWindow, signIn, type Stage } from './stage.ts'

const BATCHES = 40
const CALLS_PER_BATCH = 50
/** The page's clock is too coarse for one call, so so many in a row are one sample. */
const CALLS_PER_SAMPLE = 10
/** The first calls of a batch wake processes that had gone to sleep. */
const CALLS_TO_WAKE = 10
/** `closeSession` is let through a hundred times a second (rate.ts). */
const BATCH_EVERY_MS = 10 * (CALLS_PER_BATCH + CALLS_TO_WAKE)
/** Closing what was never open: checked and answered like any call, and there is nothing behind it. */
const call = { name: 'closeSession', input: { sessionId: '7f9c2f0e-4b1d-4c55-9a53-2f8d1f6a90c1' } }

/** What one call costs through the door, with all its checks, and what an unchecked one costs. */
export const doorBench: Bench = {
  name: 'door',
  what: `a call through the door against a bare ipcRenderer.invoke, ${BATCHES * CALLS_PER_BATCH} each`,
  async run() {
    const stage = await openStage({ cameras: 1, hasPictures: false })
    try {
      return await door(stage)
    } finally {
      await stage.close()
    }
  },
}

async function door(stage: Stage): Promise<Figure[]> {
  const { page } = stage
  await signIn(stage)
  await page.waitForSelector('[data-tile]')
  const bare = await openBareDoor(stage)
  const samples = { app: [] as number[], bare: [] as number[] }
  for (let batch = 0; batch < BATCHES; batch++) {
    const untilMs = performance.now() + BATCH_EVERY_MS
    const ours = async () => samples.app.push(...(await timeCalls(page)))
    const theirs = async () => samples.bare.push(...(await timeCalls(bare)))
    for (const turn of batch % 2 === 0 ? [ours, theirs] : [theirs, ours]) await turn()
    await wait(untilMs - performance.now())
  }
  return [
    atMost('ask() through the door / bare invoke, p50', median(samples.app) / median(samples.bare), '', 1.5),
    shown('ask() through the door, p50', median(samples.app), 'ms'),
    shown('bare invoke, p50', median(samples.bare), 'ms'),
  ]
}

/** A window whose preload script calls a handler that checks nothing and answers the same. */
async function openBareDoor(stage: Stage): Promise<Page> {
  await stage.app.evaluate(({ ipcMain }) => ipcMain.handle('bare', async () => ({ ok: true, value: undefined })))
  return openWindow(stage, { preload: 'bare-door.cjs', leftPx: 0 })
}

/** Milliseconds per call, one sample after another. */
function timeCalls(page: Page): Promise<number[]> {
  return page.evaluate(timer, { call, wake: CALLS_TO_WAKE, calls: CALLS_PER_BATCH, perSample: CALLS_PER_SAMPLE })
}

interface Timing {
  call: { name: string; input: unknown }
  wake: number
  calls: number
  perSample: number
}

/** Runs inside the page: what `ask` of the app's page does with an answer is done here too. */
async function timer({ call: { name, input }, wake, calls, perSample }: Timing): Promise<number[]> {
  const { bridge } = window as unknown as {
    bridge: { call: (name: string, input: unknown) => Promise<{ ok: boolean; value: unknown }> }
  }
  const ask = async (): Promise<unknown> => {
    const result = await bridge.call(name, input)
    if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result)}`)
    return result.value
  }
  for (let count = 0; count < wake; count++) await ask()
  const samples: number[] = []
  while (samples.length * perSample < calls) {
    const beganMs = performance.now()
    for (let count = 0; count < perSample; count++) await ask()
    samples.push((performance.now() - beganMs) / perSample)
  }
  return samples
}
