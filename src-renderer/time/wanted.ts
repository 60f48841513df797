import { clip, holes, merge, type Span, type Spans } from './ranges.ts'

/** So many screens to each side of what is seen are asked for … */
const AROUND = 1
/** … as soon as less than this is known or asked: else each pixel of a move would be a question of its own. */
const ENOUGH = 0.5

/** What there is to do so that what is seen, and a screen to each side of it, is known. */
export interface Wanted {
  /** To be asked for now. */
  ask: Span[]
  /** Of what is being asked, what nobody looks at any more. */
  cancel: Span[]
}

/** `untilMs`: nothing can be known beyond, which is the server's now. */
export function wanted(
  seen: Span,
  { known, asking, untilMs }: { known: Spans; asking: Spans; untilMs: number },
): Wanted {
  const around = widened(seen, AROUND)
  const cancel = asking.filter((span) => clip([span], around).length === 0)
  const covered = merge([...known, ...asking])
  const missing = (screens: number) => {
    const { beginMs, endMs } = widened(seen, screens)
    return beginMs < untilMs ? holes(covered, { beginMs, endMs: Math.min(endMs, untilMs) }) : []
  }
  return { ask: missing(ENOUGH).length > 0 ? missing(AROUND) : [], cancel }
}

function widened({ beginMs, endMs }: Span, screens: number): Span {
  const moreMs = Math.ceil((endMs - beginMs) * screens)
  return { beginMs: Math.floor(beginMs) - moreMs, endMs: Math.ceil(endMs) + moreMs }
}
