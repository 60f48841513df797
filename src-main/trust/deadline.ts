/**
 * Runs something with one deadline over everything it does: undici's own limits only watch gaps (security.md 2.2), and
 * it hears of an abort only once a connection stands, so nobody waits for what comes of that.
 *
 * The signal aborts with an ETIMEDOUT error after `timeoutMs`, or with UND_ERR_ABORTED when the caller gives up.
 */
export function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // One promise and one timer: every request pays for this.
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const stop = (error: Error) => {
      reject(error)
      controller.abort(error)
    }
    const giveUp = () => stop(Object.assign(new Error('given up'), { code: 'UND_ERR_ABORTED' }))
    const expire = () => stop(Object.assign(new Error('deadline passed'), { code: 'ETIMEDOUT' }))
    const timer = setTimeout(expire, timeoutMs)
    const settle = <Outcome>(tell: (outcome: Outcome) => void) => {
      return (outcome: Outcome) => {
        clearTimeout(timer)
        caller?.removeEventListener('abort', giveUp)
        tell(outcome)
      }
    }
    caller?.addEventListener('abort', giveUp)
    if (caller?.aborted) giveUp()
    run(controller.signal).then(settle(resolve), settle(reject))
  })
}
