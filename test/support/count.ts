import { readFileSync } from 'node:fs'

/** What a level came to. */
export interface Count {
  passed: number
  failed: number
  /** Tests among the passed ones that needed a second try, by name. */
  second: string[]
}

/**
 * What a test runner's JSON report says. A runner that ended badly without a failed test (it could not start, a threshold was
 * missed) counts as one failure, so that nothing is green by silence.
 */
function honest({ passed, failed, second }: Count, exitCode: number): Count {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, second }
}

/** `secondFile` is what the reporter in `second-tries.ts` wrote. */
export function countVitest(file: string, secondFile: string, exitCode: number): Count {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numTotalTests: number }
  const failed = report.numTotalTests - report.numPassedTests
  const second = JSON.parse(readFileSync(secondFile, 'utf8')) as string[]
  return honest({ passed: report.numPassedTests, failed, second }, exitCode)
}

interface Suite {
  suites?: Suite[]
  specs?: { title: string; tests: { status: string }[] }[]
}

export function countPlaywright(file: string, exitCode: number): Count {
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: Suite[]
  }
  const second = suites.flatMap(flakyIn)
  return honest({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped, second }, exitCode)
}

const flakyIn = ({ suites = [], specs = [] }: Suite): string[] => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ...suites.flatMap(flakyIn),
]
