/**
 * Resolves when what is being sent at this moment has left. undici watches a connection that rested for one turn of the
 * loop before it writes, in case the other side has just closed it: what is done in that turn keeps the request waiting.
 */
export const onceSent = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/** Tells each fact in its turn, but none before what is being sent has left. */
export function tellingOnceSent<T>(tell: (fact: T) => void): (fact: T) => void {
  let waiting: T[] = []
  const tellAll = (): void => {
    const due = waiting
    waiting = []
    for (const fact of due) tell(fact)
  }
  return (fact) => {
    if (waiting.length === 0) void onceSent().then(tellAll) // never rejects
    waiting.push(fact)
  }
}
