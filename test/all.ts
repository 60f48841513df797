/**
 * Runs the levels one after the other and counts over all of them: `node test/all.ts [--only check|house|app]`.
 *
 * A level that cannot run fails with its reason; nothing is skipped. The last line is `N passed, M failed`.
 */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { countPlaywright, countVitest, type Count } from './support/count.ts'
import { openDisplay } from './support/display.ts'
import { runShown } from './support/run-shown.ts'

interface Step {
  name: string
  level: 'check' | 'house' | 'app'
  run: () => Promise<Count>
}

const results = path.join(import.meta.dirname, 'results')
mkdirSync(results, { recursive: true })

/** One command that is right or wrong as a whole. */
const whole =
  (command: string, args: string[], env = {}) =>
  async (): Promise<Count> => {
    const code = await runShown(command, args, env)
    return code === 0 ? { passed: 1, failed: 0, second: [] } : { passed: 0, failed: 1, second: [] }
  }

/** An old report must not count for a run that wrote none. */
function freshReport(name: string): string {
  const file = path.join(results, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

async function unit(): Promise<Count> {
  const report = freshReport('unit')
  const second = freshReport('second-tries')
  const reporters = ['default', 'json', './test/support/second-tries.ts'].map((name) => `--reporter=${name}`)
  const args = ['run', '--config', 'test/vitest.config.ts', '--coverage', ...reporters, `--outputFile.json=${report}`]
  const code = await runShown('vitest', args, { SECOND_TRIES: second })
  return countVitest(report, second, code)
}

const browser = (project: 'house' | 'app') => async (): Promise<Count> => {
  const report = freshReport(project)
  const display = project === 'app' ? await openDisplay({ widthPx: 1920, heightPx: 1080 }, true) : null
  try {
    const args = ['test', '--config', 'test/playwright.config.ts', '--project', project]
    const code = await runShown('playwright', args, { LEVEL_REPORT: report, ...display?.env })
    return countPlaywright(report, code)
  } finally {
    display?.stop()
  }
}

const steps: Step[] = [
  { name: 'types', level: 'check', run: whole('npm', ['run', '-s', 'types']) },
  { name: 'lint', level: 'check', run: whole('npm', ['run', '-s', 'lint']) },
  { name: 'floors', level: 'check', run: whole('npm', ['run', '-s', 'floors']) },
  { name: 'dead code', level: 'check', run: whole('npm', ['run', '-s', 'dead']) },
  { name: 'unit and contract', level: 'check', run: unit },
  { name: 'build', level: 'house', run: whole('npm', ['run', '-s', 'build']) },
  { name: 'house', level: 'house', run: browser('house') },
  { name: 'screens', level: 'house', run: whole('node', ['test/house/gallery/shoot.ts']) },
  { name: 'app', level: 'app', run: browser('app') },
  { name: 'demo', level: 'app', run: whole('node', ['test/demo/demo.ts', '--for', '5']) },
]

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const isWanted = (step: Step) =>
  !values.only || step.level === values.only || (values.only === 'app' && step.name === 'build')
const rows: { name: string; count: Count; seconds: number }[] = []
for (const step of steps.filter(isWanted)) {
  console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 60 - step.name.length))}`)
  const startedMs = Date.now()
  const count = await step.run().catch((error: unknown) => {
    console.error(`${step.name} could not run: ${error instanceof Error ? error.message : String(error)}`)
    return { passed: 0, failed: 1, second: [] }
  })
  rows.push({ name: step.name, count, seconds: Math.round((Date.now() - startedMs) / 1000) })
}

const sum = (which: 'passed' | 'failed') => rows.reduce((total, row) => total + row.count[which], 0)
console.log('\n')
for (const { name, count, seconds } of rows)
  console.log(`${name.padEnd(20)} ${count.passed} passed, ${count.failed} failed  (${seconds} s)`.trimEnd() + ' ')
for (const title of rows.flatMap(({ count }) => count.second)) console.log(`at the second try only: ${title}`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
