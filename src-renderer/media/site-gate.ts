import type { Failure } from '../../src-preload/contract/failure.ts'
import { backOffMs, CONNECT_MS, isPassing } from './session-state.ts'

/** How soon a picture is wanted again: the one in focus, those in sight, the rest. */
export type Priority = 'focused' | 'visible' | 'other'

/** What is wanted soonest comes first. */
export const byUrgency = (a: Priority, b: Priority): number => URGENCY[a] - URGENCY[b]

const URGENCY: Record<Priority, number> = { focused: 0, visible: 1, other: 2 }

/** After an outage sessions are let through at this rate per second, and faster by one with each clean second. */
const RELEASE_RATE = 6
const RELEASE_RATE_MIN = 1
const RELEASE_RATE_MAX = 8
/** An opening that held this long makes the next closing begin gently again. */
const STABLE_MS = 20_000
/** One dead camera is that camera's matter; two that fail at once may be the site. */
const CLOSING_FAILURES = 2

/** What the gate knows of one session. */
interface Entry {
  is: 'waiting' | 'trying' | 'playing'
  priority: Priority
  /** Its own back-off: not before this instant. */
  readyAt: number
  /** Never failed: somebody has just asked for it. */
  isFresh: boolean
  /** Failed in a way that may be the site's fault, and has not played since. */
  isFailing: boolean
  /** Was kept waiting by an outage and is let through in its turn. */
  isHeld: boolean
}

/** Whether the sessions of one site may start, and in what order. Instants are `nowMs()`. */
export interface Gate {
  /** Each its own way · one probe at a time · everybody back, in turn. */
  phase: 'open' | 'closed' | 'releasing'
  entries: ReadonlyMap<string, Entry>
  /** Probes in a row that failed. */
  failures: number
  /** Closed: the session trying now, the one that tried before, and when the next may. */
  probe: string | null
  lastProbe: string | null
  probeAt: number
  /** Releasing: the rate, since when it has been clean, and when the next may pass. */
  rate: number
  cleanSince: number
  passAt: number
  /** When it last opened. */
  openedAt: number
  because: Failure
}

export type GateEvent =
  /** Somebody asks for a session. */
  | { type: 'wanted'; key: string; priority: Priority }
  | { type: 'prioritised'; key: string; priority: Priority }
  | { type: 'started'; key: string }
  | { type: 'played'; key: string }
  /** It failed and will be tried again, not before `readyAt`. */
  | { type: 'lost'; key: string; because: Failure; readyAt: number }
  /** It was closed, or failed for good: `because` says how. */
  | { type: 'left'; key: string; because?: Failure }
  /** The computer woke up or the network changed: what failed before says nothing now. */
  | { type: 'woken' }

export const openGate: Gate = {
  phase: 'open',
  entries: new Map(),
  failures: 0,
  probe: null,
  lastProbe: null,
  probeAt: 0,
  rate: RELEASE_RATE,
  cleanSince: 0,
  passAt: 0,
  openedAt: -Infinity,
  because: { kind: 'unreachable', what: 'server' },
}

/**
 * The gate after something happened (security.md 4.3): a dead server is probed by one session, not by all, for ever, at
 * growing intervals; once it answers the others follow in order of priority.
 *
 * `jitter` (0 to 1) spreads probes over the workstations of a site.
 */
export function nextGate(gate: Gate, event: GateEvent, now: number, jitter: number): Gate {
  switch (event.type) {
    case 'wanted': {
      const wanted = put(gate, event.key, { ...fresh, priority: event.priority, readyAt: now })
      return gate.phase === 'closed' ? { ...wanted, probeAt: Math.min(gate.probeAt, now) } : wanted
    }

    case 'prioritised':
      return change(gate, event.key, { priority: event.priority })

    case 'started':
      return started(change(gate, event.key, { is: 'trying', isHeld: false, isFresh: false }), event.key, now)

    case 'played': {
      const playing = change(gate, event.key, { is: 'playing', isFailing: false })
      return gate.phase === 'closed' ? release(playing, now) : settled(playing)
    }

    case 'lost': {
      const entry = { is: 'waiting', readyAt: event.readyAt, isFailing: mayBeTheSite(event.because) } as const
      return lost(change(gate, event.key, entry), event.key, event.because, now, jitter)
    }

    case 'left': {
      const entries = new Map(gate.entries)
      entries.delete(event.key)
      const without = { ...gate, entries }
      if (gate.probe !== event.key) return settled(without)
      return event.because ? release(without, now) : { ...without, probe: null, probeAt: now }
    }

    case 'woken':
      return gate.phase === 'closed' ? { ...gate, failures: 0, probeAt: Math.min(gate.probeAt, now) } : gate
  }
}

/** Whether a waiting session may start now. */
export function mayStart(gate: Gate, key: string, now: number): boolean {
  const entry = gate.entries.get(key)
  if (!entry) return false
  if (passesFreely(gate, entry)) return now >= entry.readyAt
  if (gate.phase === 'closed') return gate.probe === null && now >= gate.probeAt && proberOf(gate) === key
  return now >= gate.passAt && queueOf(gate)[0] === key
}

/** When a waiting session that may not start yet should ask again: later than `now`, and fit to be shown as a countdown. */
export function askAgainAt(gate: Gate, key: string, now: number): number {
  const entry = gate.entries.get(key)
  return Math.max(now + SOON_MS, entry ? expectedAt(gate, key, entry, now) : now)
}

/** Asking more often than this would not make it earlier. */
const SOON_MS = 50

function expectedAt(gate: Gate, key: string, entry: Entry, now: number): number {
  if (passesFreely(gate, entry)) return entry.readyAt
  if (gate.phase === 'closed') return gate.probe === null ? gate.probeAt : gate.probeAt + CONNECT_MS
  return Math.max(now, gate.passAt) + (queueOf(gate).indexOf(key) * 1000) / rateAt(gate, now)
}

const fresh: Entry = { is: 'waiting', priority: 'visible', readyAt: 0, isFresh: true, isFailing: false, isHeld: false }

/** Sessions nobody has to hold back: those with their own back-off, and new ones while the site evidently works. */
function passesFreely(gate: Gate, entry: Entry): boolean {
  if (gate.phase === 'closed') return entry.isFresh && count(gate, (other) => other.is === 'playing') > 0
  return gate.phase === 'open' || !entry.isHeld
}

function started(gate: Gate, key: string, now: number): Gate {
  if (gate.phase === 'closed') return { ...gate, probe: key, probeAt: now }
  if (gate.phase === 'open') return gate
  return settled({ ...gate, passAt: Math.max(gate.passAt, now) + 1000 / rateAt(gate, now) })
}

function lost(gate: Gate, key: string, because: Failure, now: number, jitter: number): Gate {
  if (gate.phase === 'closed') {
    if (gate.probe !== key) return gate
    if (!mayBeTheSite(because)) return release(gate, now)
    return close({ ...gate, failures: gate.failures + 1 }, key, because, now, jitter)
  }
  const slower = gate.phase === 'releasing' && mayBeTheSite(because) ? halved(gate, now) : gate
  const failing = count(gate, (entry) => entry.isFailing)
  if (failing < CLOSING_FAILURES || failing <= count(gate, (entry) => entry.is === 'playing')) return slower
  const failures = now - gate.openedAt >= STABLE_MS ? 0 : gate.failures
  return close({ ...slower, failures }, gate.lastProbe, because, now, jitter)
}

function close(gate: Gate, lastProbe: string | null, because: Failure, now: number, jitter: number): Gate {
  const probeAt = now + backOffMs(gate.failures + 1, because, jitter)
  return { ...gate, phase: 'closed', probe: null, lastProbe, probeAt, because }
}

/** The site answers: everybody who waits is let through, in turn. */
function release(gate: Gate, now: number): Gate {
  const entries = new Map<string, Entry>()
  for (const [key, entry] of gate.entries)
    entries.set(key, {
      ...entry,
      isFailing: false,
      isHeld: entry.is === 'waiting',
      readyAt: Math.min(entry.readyAt, now),
    })
  return settled({
    ...gate,
    phase: 'releasing',
    entries,
    probe: null,
    rate: RELEASE_RATE,
    cleanSince: now,
    passAt: now,
    openedAt: now,
  })
}

/** Once nobody is held any more, each goes its own way again. */
const settled = (gate: Gate): Gate =>
  gate.phase === 'releasing' && count(gate, (entry) => entry.isHeld) === 0 ? { ...gate, phase: 'open' } : gate

/** Another session than last time where there is one: a dead camera must not keep the site closed. */
function proberOf(gate: Gate): string | undefined {
  const order = inOrder(gate, (entry) => entry.is === 'waiting')
  return order.find((key) => key !== gate.lastProbe) ?? order[0]
}

const queueOf = (gate: Gate): string[] => inOrder(gate, (entry) => entry.isHeld)

function inOrder(gate: Gate, belongs: (entry: Entry) => boolean): string[] {
  return [...gate.entries]
    .filter(([, entry]) => belongs(entry))
    .sort(([, a], [, b]) => byUrgency(a.priority, b.priority) || a.readyAt - b.readyAt)
    .map(([key]) => key)
}

function rateAt(gate: Gate, now: number): number {
  return Math.min(RELEASE_RATE_MAX, gate.rate + Math.floor((now - gate.cleanSince) / 1000))
}

function halved(gate: Gate, now: number): Gate {
  return { ...gate, rate: Math.max(RELEASE_RATE_MIN, rateAt(gate, now) / 2), cleanSince: now }
}

/** A server that refuses one camera in so many words is alive. */
const mayBeTheSite = (because: Failure): boolean => isPassing(because) && because.kind !== 'refused'

const count = (gate: Gate, belongs: (entry: Entry) => boolean): number =>
  [...gate.entries.values()].filter(belongs).length

function put(gate: Gate, key: string, entry: Entry): Gate {
  return { ...gate, entries: new Map(gate.entries).set(key, entry) }
}

function change(gate: Gate, key: string, part: Partial<Entry>): Gate {
  const entry = gate.entries.get(key)
  return entry ? put(gate, key, { ...entry, ...part }) : gate
}
