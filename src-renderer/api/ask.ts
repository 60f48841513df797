import type { CallName, Input, Output } from '../../src-preload/contract/calls.ts'
import { AppError } from '../../src-preload/contract/failure.ts'

/** Asks main for something. Resolves with the answer, throws AppError with the failure main named. */
export async function ask<K extends CallName>(
  name: K,
  ...[input]: undefined extends Input<K> ? [] : [Input<K>]
): Promise<Output<K>> {
  const result = await window.bridge.call(name, input as Input<K>)
  if (!result.ok) throw new AppError(result.failure)
  return result.value
}
