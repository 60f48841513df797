/**
 * Resolves when what is being sent at this moment has left. undici watches a connection that rested for one turn of the
 * loop before it writes, in case the other side has just closed it: what is done in that turn keeps the request waiting.
 */
export const onceSent = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/** Does what it is given in order, but nothing before what is being sent has left. */
export function doingOnceSent(): (act: () => void) => void {
  let waiting: (() => void)[] = []
  const doAll = (): void => {
    const due = waiting
    waiting = []
    for (const act of due) act()
  }
  return (act) => {
    if (waiting.length === 0) void onceSent().then(doAll) // rejects where an act throws, which none here does
    waiting.push(act)
  }
}
