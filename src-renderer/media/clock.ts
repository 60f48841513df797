/**
 * Milliseconds since 1970 by a clock that never steps: the wall clock when the page was loaded, plus what has passed since.
 *
 * Deadlines are compared with it, so that setting the computer's clock neither fires nor postpones them. Whoever draws an
 * age or a countdown of a tile must use it too.
 */
export const nowMs = (): number => performance.timeOrigin + performance.now()
