/**
 * Runs something with one deadline over everything it does: undici's own limits only watch gaps (security.md 2.2), and
 * it hears of an abort only once a connection stands, so nobody waits for what comes of that.
 *
 * The signal aborts with an ETIMEDOUT error after `timeoutMs`, or with UND_ERR_ABORTED when the caller gives up.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const expire = () => controller.abort(Object.assign(new Error('deadline passed'), { code: 'ETIMEDOUT' }))
  const giveUp = () => controller.abort(Object.assign(new Error('given up'), { code: 'UND_ERR_ABORTED' }))
  const ended = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error))
  })
  const timer = setTimeout(expire, timeoutMs)
  caller?.addEventListener('abort', giveUp)
  if (caller?.aborted) giveUp()
  try {
    return await Promise.race([run(controller.signal), ended])
  } finally {
    clearTimeout(timer)
    caller?.removeEventListener('abort', giveUp)
  }
}
