/** Does each in its turn, as soon as what is being done is done. */
export function afterwards<T>(act: (one: T) => void): (one: T) => void {
  let waiting: T[] = []
  const actOnAll = () => {
    const due = waiting
    waiting = []
    for (const one of due) act(one)
  }
  return (one) => {
    if (waiting.length === 0) setImmediate(actOnAll)
    waiting.push(one)
  }
}
