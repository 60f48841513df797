import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import { tileFace, tilePhase } from '../../../src-renderer/screens/live/tile-face.ts'

const lost: Failure = { kind: 'unreachable', what: 'media' }
const now = 100_000
const clock = () => now

describe('the face of a tile', () => {
  it('tells the age of a picture that stands still, and dims it from five seconds on', () => {
    const faces = [2_300, 7_900].map((ageMs) => tileFace({ phase: 'stale', lastFrameAtMs: now - ageMs }, null, clock))
    expect(faces).toEqual([
      { is: 'stale', ageSeconds: 2, isDim: false },
      { is: 'stale', ageSeconds: 7, isDim: true },
    ])
  })

  it('counts down to the next attempt and numbers it as the log does', () => {
    const state = { phase: 'waiting', because: lost, retryAtMs: now + 3_200, attempt: 1, lastFrameAtMs: null } as const
    expect([tileFace(state, lost, clock), tileFace({ ...state, attempt: -1 }, lost, clock)]).toEqual([
      { is: 'lost', because: lost, inSeconds: 4, attempt: 2 },
      { is: 'lost', because: lost, inSeconds: 4 },
    ])
  })

  it('keeps saying why it is dark while it tries again', () => {
    const state = { phase: 'opening', attempt: 2, sinceMs: now, lastFrameAtMs: now - 60_000 } as const
    expect(tileFace(state, lost, clock)).toEqual({ is: 'lost', because: lost, inSeconds: 0, attempt: 2 })
  })

  it('never leaves an old picture unmarked while a new one opens', () => {
    const state = { phase: 'opening', attempt: 0, sinceMs: now - 3_500, lastFrameAtMs: now - 3_400 } as const
    expect([tileFace(state, null, clock), tileFace({ ...state, lastFrameAtMs: null }, null, clock)]).toEqual([
      { is: 'stale', ageSeconds: 3, isDim: false },
      { is: 'opening', forSeconds: 3, isOverPicture: false },
    ])
  })

  it('asks for the time only where an age or a countdown is shown, so that a live tile costs nothing each second', () => {
    const never = () => {
      throw new Error('nobody needs the time')
    }
    const live = { phase: 'live', sinceMs: now } as const
    expect(tileFace(live, null, never)).toBe(tileFace({ ...live, sinceMs: 0 }, null, never))
  })

  it('says live of nothing but a live picture', () => {
    const live = [
      tilePhase({ phase: 'live', sinceMs: now }),
      tilePhase({ phase: 'dim', lastFrameAtMs: now }),
      tilePhase({ phase: 'failed', because: lost, lastFrameAtMs: now }),
      tilePhase({ phase: 'empty' }),
    ]
    expect(live).toEqual(['live', 'stale', 'lost', null])
  })
})
