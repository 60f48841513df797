/**
 * Measures the figures README quotes, each as a ratio within one run: `npm run bench [-- NAME…] [-- --json FILE]`.
 *
 * Absolute times say more about the machine than about the app, so each is set against a bare baseline measured beside it.
 */
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { runShown } from '../support/run-shown.ts'
import { cameraListBench } from './camera-list.ts'
import { doorBench } from './door.ts'
import { exportBench } from './export.ts'
import type { Bench, Figure } from './figure.ts'
import { oneTileBench, sixteenTilesBench } from './first-frame.ts'
import { journalBench } from './journal.ts'
import { keyToWireBench } from './key-to-wire.ts'
import { killsBench } from './kills.ts'
import { playingCostBench } from './playing-cost.ts'
import { restCallBench } from './rest-call.ts'
import { scrubBench } from './scrub.ts'
import { seekBench } from './seek.ts'
import { syncBench } from './sync.ts'
import { stepBench } from './step.ts'
import { timelineBench } from './timeline.ts'

const benches: Bench[] = [
  oneTileBench,
  sixteenTilesBench,
  playingCostBench,
  cameraListBench,
  doorBench,
  restCallBench,
  journalBench,
  keyToWireBench,
  killsBench,
  timelineBench,
  stepBench,
  seekBench,
  scrubBench,
  syncBench,
  exportBench,
]

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const wanted = positionals.length === 0 ? benches : benches.filter((bench) => positionals.includes(bench.name))
if (wanted.length === 0) {
  console.error(`✗ There is no such bench. There are: ${benches.map((bench) => bench.name).join(', ')}`)
  process.exit(2)
}

if ((await runShown('npm', ['run', '-s', 'build'])) !== 0) process.exit(1)

const figures: Figure[] = []
for (const bench of wanted) {
  console.error(`· ${bench.name}: ${bench.what}`)
  figures.push(...(await bench.run((line) => console.error(`  ${line}`))))
  // What else the machine does weighs on what was measured.
  console.error(`  load average ${os.loadavg()[0]!.toFixed(1)} of ${os.cpus().length}`)
}

const cells = (figure: Figure) => [
  figure.name,
  `${figure.value} ${figure.unit}`.trim(),
  figure.limit === null ? '' : `≤ ${figure.limit}`,
  figure.limit === null ? '' : figure.ok ? 'yes' : 'NO',
]
const table = [['figure', 'measured', 'must be', 'holds'], ['---', '---', '---', '---'], ...figures.map(cells)]
console.log(table.map((row) => `| ${row.join(' | ')} |`).join('\n'))
const processor = os.cpus()[0]?.model ?? 'unknown processor'
console.log(`\n${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} × ${processor}, ${os.type()} ${os.arch()}`)

if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2))
process.exitCode = figures.every((figure) => figure.ok) ? 0 : 1
