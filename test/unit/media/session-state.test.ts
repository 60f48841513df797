import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../src-preload/contract/failure.ts'
import {
  backOffMs,
  CONNECT_MS,
  FORGIVEN_AFTER_MS,
  isPassing,
  next,
  STALL_MS,
  type SessionEvent,
  type SessionState,
} from '../../../src-renderer/media/session-state.ts'

const silent: Failure = { kind: 'unreachable', what: 'media', how: 'silent' }
const gone: Failure = { kind: 'not-found', what: 'camera' }

/** Plays events one after the other, each at its own instant. */
function after(...events: [now: number, event: SessionEvent][]): SessionState {
  return events.reduce<SessionState>((state, [now, event]) => next(state, event, now, 0.5), { phase: 'idle' })
}

const opened: SessionEvent = { type: 'opened' }
const frame: SessionEvent = { type: 'frame' }
const silence: SessionEvent = { type: 'silence' }
const deadline: SessionEvent = { type: 'deadline' }
const closed: SessionEvent = { type: 'closed' }
const lost: SessionEvent = { type: 'lost', because: silent }

describe('a session', () => {
  it('connects when it is opened, and only then', () => {
    expect(after([5, opened])).toEqual({ phase: 'connecting', attempt: 0, since: 5, until: 5 + CONNECT_MS })
    const playing = after([0, opened], [1, frame])
    expect(next(playing, opened, 2, 0)).toBe(playing)
  })

  it('plays from the first frame', () => {
    expect(after([0, opened], [374, frame])).toEqual({ phase: 'playing', attempt: 0, since: 374 })
  })

  it('takes no frame for a picture where none is expected', () => {
    const playing = after([0, opened], [1, frame])
    expect(next(playing, frame, 2, 0)).toBe(playing)
  })

  it('stalls when the picture stands still, and plays again with the next frame', () => {
    const stalled = after([0, opened], [1, frame], [10, silence])
    expect(stalled).toEqual({ phase: 'stalled', attempt: 0, until: 10 + STALL_MS })
    expect(next(stalled, frame, 20, 0)).toEqual({ phase: 'playing', attempt: 0, since: 20 })
    expect(next(stalled, silence, 20, 0)).toBe(stalled)
  })

  it('makes a new attempt when the picture stands still too long', () => {
    const waiting = after([0, opened], [1, frame], [10, silence], [10 + STALL_MS, deadline])
    expect(waiting).toEqual({ phase: 'waiting', attempt: 0, until: 10 + STALL_MS + 150, because: silent })
    expect(next(waiting, deadline, 10 + STALL_MS + 150, 0)).toMatchObject({ phase: 'connecting', attempt: 1 })
  })

  it('gives an attempt up when no frame comes in time', () => {
    expect(after([0, opened], [CONNECT_MS, deadline])).toMatchObject({ phase: 'waiting', attempt: 0, because: silent })
  })

  it('lets no deadline pass before its time', () => {
    const connecting = after([0, opened])
    expect(next(connecting, deadline, CONNECT_MS - 1, 0)).toBe(connecting)
    expect(next({ phase: 'idle' }, deadline, 1, 0)).toEqual({ phase: 'idle' })
  })

  it('gives up at once where trying again cannot help, until it is asked again', () => {
    const failed = after([0, opened], [1, { type: 'lost', because: gone }])
    expect(failed).toEqual({ phase: 'failed', because: gone })
    expect(next(failed, opened, 9, 0)).toMatchObject({ phase: 'connecting', attempt: 0, since: 9 })
  })

  it('cannot be lost twice', () => {
    const waiting = after([0, opened], [1, lost])
    expect(next(waiting, lost, 2, 0)).toBe(waiting)
  })

  it('forgives earlier failures after a steady picture, whether it then stalls or is lost', () => {
    const shaky: SessionState = { phase: 'playing', attempt: 4, since: 0 }
    expect(next(shaky, lost, FORGIVEN_AFTER_MS - 1, 0)).toMatchObject({ attempt: 4 })
    expect(next(shaky, lost, FORGIVEN_AFTER_MS, 0)).toMatchObject({ attempt: 0 })
    expect(next(shaky, silence, FORGIVEN_AFTER_MS, 0)).toMatchObject({ attempt: 0 })
  })

  it('is held back by the gate before its first attempt, and moved while it waits', () => {
    const held = after([0, { type: 'held', until: 70, because: silent }])
    expect(held).toEqual({ phase: 'waiting', attempt: -1, until: 70, because: silent })
    const moved = next(held, { type: 'held', until: 30, because: silent }, 10, 0)
    expect(moved).toEqual({ phase: 'waiting', attempt: -1, until: 30, because: silent })
    expect(next(moved, { type: 'held', until: 30, because: silent }, 11, 0)).toBe(moved)
    expect(next(moved, deadline, 30, 0)).toMatchObject({ phase: 'connecting', attempt: 0 })
    const playing = after([0, opened], [1, frame])
    expect(next(playing, { type: 'held', until: 9, because: silent }, 2, 0)).toBe(playing)
  })

  it('comes to rest from anywhere when it is closed', () => {
    expect(after([0, opened], [1, frame], [2, closed])).toEqual({ phase: 'idle' })
    const idle: SessionState = { phase: 'idle' }
    expect(next(idle, closed, 0, 0)).toBe(idle)
  })

  it('never stays for ever in a phase that must not last, whatever happens', () => {
    const event = fc.oneof(
      fc.constantFrom(opened, frame, silence, deadline, closed, lost, { type: 'lost', because: gone } as const),
      fc.nat(20_000).map((until) => ({ type: 'held', until, because: silent }) as const),
    )
    const story = fc.array(fc.tuple(event, fc.nat(20_000)))
    fc.assert(
      fc.property(story, fc.double({ min: 0, max: 1, noNaN: true }), (events, jitter) => {
        let now = 0
        let state: SessionState = { phase: 'idle' }
        for (const [happened, passes] of events) state = next(state, happened, (now += passes), jitter)
        if (!('until' in state)) return
        const later = next(state, deadline, Math.max(now, state.until), jitter)
        expect(later.phase).toBe(state.phase === 'waiting' ? 'connecting' : 'waiting')
      }),
    )
  })
})

describe('the back-off', () => {
  const times = (jitter: number) => [1, 2, 3, 4, 5, 6, 60].map((failures) => backOffMs(failures, silent, jitter))

  it('grows from a blip to ten seconds and stays there', () => {
    expect(times(0)).toEqual([0, 500, 1000, 2000, 4000, 5000, 5000])
    expect(times(1)).toEqual([300, 1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('believes a server that says how long it needs, up to a minute', () => {
    expect(backOffMs(1, { kind: 'busy', status: 503, retryAfterMs: 7000 }, 0)).toBe(7000)
    expect(backOffMs(9, { kind: 'busy', status: 503, retryAfterMs: 900_000 }, 0)).toBe(60_000)
    expect(backOffMs(1, { kind: 'busy', status: 503 }, 0)).toBe(0)
  })
})

describe('what is worth trying again', () => {
  it('is what the network or the server may mend, not what a person must', () => {
    const passing: Failure[] = [
      silent,
      { kind: 'busy', status: 503 },
      { kind: 'bad-answer', call: 'session', what: 'html' },
      { kind: 'refused', call: 'session', status: 400, text: '' },
      { kind: 'bug', message: '' },
    ]
    const lasting: Failure[] = [
      gone,
      { kind: 'signed-out' },
      { kind: 'wrong-password' },
      { kind: 'locked-out' },
      { kind: 'must-change-password' },
      { kind: 'forbidden' },
      { kind: 'not-tls' },
      { kind: 'untrusted-certificate', fingerprint: '', expected: [] },
      { kind: 'unusable-certificate', why: 'expired' },
      { kind: 'not-pinned' },
      { kind: 'unplayable-codec', codec: 'H265' },
      { kind: 'bad-file', file: '', problem: '' },
      { kind: 'bad-field', field: '', problem: '' },
      { kind: 'managed', file: '', rule: '' },
    ]
    expect({ passing: passing.filter(isPassing), lasting: lasting.filter(isPassing) }).toEqual({ passing, lasting: [] })
  })
})
