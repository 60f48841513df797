import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ExportedFacts } from '../../src-preload/contract/models/export.ts'
import { atMost, shown, type Bench, type Figure } from './figure.ts'
import { openStage, signIn, type Stage } from './stage.ts'

const SPAN_S = 60
const HOUR_MS = 3_600_000
const PATIENCE_MS = 180_000
/** What the simulator records at. */
const FRAMES_PER_SECOND = 15

/** A viewing copy of a minute of one camera, by the app's own form, against the minute itself. */
export const exportBench: Bench = {
  name: 'export',
  what: 'a minute of one camera at 720p into a file, against real time',
  async run(say) {
    const stage = await openStage({ cameras: 1, grid: { rows: 1, columns: 1 } })
    try {
      return await exportOnce(stage, say)
    } finally {
      await stage.close()
    }
  },
}

async function exportOnce(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const { page } = stage
  const fromMs = Math.floor(Date.now() / 1000) * 1000 - HOUR_MS
  await recordAlways(stage)
  await signIn(stage)
  await page.waitForSelector('[data-tile="0"][data-state="live"]', { timeout: 60_000 })
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('From').fill(stamp(fromMs))
  await dialog.getByLabel('To').fill(stamp(fromMs + SPAN_S * 1000))
  await dialog.getByText('this will need about').waitFor()
  const startedMs = performance.now()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await dialog.getByText('The viewing copy is there').waitFor({ timeout: PATIENCE_MS })
  const seconds = (performance.now() - startedMs) / 1000

  const folder = await dialog.locator('.folder').innerText()
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { files: ExportedFacts[] }
  const [file] = manifest.files
  if (file?.heightPx !== 720) throw new Error(`the copy is ${file?.heightPx ?? 0} pixels high, not 720`)
  say(`${SPAN_S} s in ${seconds.toFixed(1)} s, ${file.frames} frames, at ${file.speed} times the speed`)
  return [
    shown('export of a minute at 720p: time taken / real time', seconds / SPAN_S, ''),
    atMost(
      'export of a minute at 720p: frames lost',
      SPAN_S * FRAMES_PER_SECOND - file.frames + file.framesLost,
      '',
      0,
    ),
  ]
}

async function recordAlways({ simulator }: Stage): Promise<void> {
  const [begin, end] = [Date.now() - 4 * HOUR_MS, Date.now() + HOUR_MS].map((ms) => new Date(ms).toISOString())
  const body = JSON.stringify({ do: 'set-recorded', camera: 1, spans: [{ begin, end }] })
  const { ok } = await fetch(`${simulator.control}/actions`, { method: 'POST', body })
  if (!ok) throw new Error('the simulator cannot be told what was recorded')
}

const stamp = (atMs: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(atMs)
