import { readFileSync } from 'node:fs'

/**
 * What a test runner's JSON report says. A runner that ended badly without a failed test (it could not start, a threshold was
 * missed) counts as one failure, so that nothing is green by silence.
 */
function honest(passed: number, failed: number, exitCode: number): { passed: number; failed: number } {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

export function countVitest(file: string, exitCode: number): { passed: number; failed: number } {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numTotalTests: number }
  return honest(report.numPassedTests, report.numTotalTests - report.numPassedTests, exitCode)
}

export function countPlaywright(file: string, exitCode: number): { passed: number; failed: number } {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return honest(stats.expected, stats.unexpected + stats.flaky + stats.skipped, exitCode)
}
