import { randomBytes } from 'node:crypto'
import { failureOf, type Failure } from '../../src-preload/contract/failure.ts'
import type { Scope } from '../log.ts'

/** What a state may say of an error. Of a bug only a reference crosses to the page; its story stands in the log. */
export function tell(error: unknown, log: Pick<Scope, 'error'>): Failure {
  const failure = failureOf(error)
  if (failure.kind !== 'bug') return failure
  const reference = randomBytes(4).toString('hex')
  log.error(`went wrong [${reference}]`, error)
  return { kind: 'bug', message: reference }
}
