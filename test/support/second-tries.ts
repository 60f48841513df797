import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase } from 'vitest/node'

/** Writes down which tests passed at their second try only: an array of names, to the file that `SECOND_TRIES` names. */
export default class SecondTries implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(test.fullName)
  }

  onTestRunEnd(): void {
    const file = process.env['SECOND_TRIES']
    if (file) writeFileSync(file, JSON.stringify(this.#names))
  }
}
