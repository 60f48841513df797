import type { Clock } from './types.ts'

const dayMs = 86_400_000
/** Warned of when this many days are left (security.md 2.4); 0 is a certificate that has expired and is used all the same. */
const thresholdsDays = [0, 1, 7, 14, 30]
/** Certificates run out on idle lines too. */
const lookEveryMs = 3_600_000

/** A certificate that is about to run out. */
export interface Expiring<Name extends string> {
  origin: Name
  /** ISO, UTC. */
  validTo: string
  /** Whole days that are left; 0 on the last one and after it. */
  daysLeft: number
}

/** Keeps the end of each certificate in use, and warns once a day and threshold when it comes near. */
export interface ExpiryWatch<Name extends string> {
  /** A handshake showed a certificate valid until then, milliseconds since 1970. */
  seen(origin: Name, validToMs: number): void
  /** Those with 30 days or less, the nearest end first. */
  readonly expiring: Expiring<Name>[]
  close(): void
}

export function createExpiryWatch<Name extends string>(
  clock: Clock,
  warn: (expiring: Expiring<Name>) => void,
): ExpiryWatch<Name> {
  const ends = new Map<Name, number>()
  /** The day and the threshold last warned of. */
  const warned = new Map<Name, string>()
  let cancel = clock.after(lookEveryMs, lookLater)

  function lookLater(): void {
    for (const origin of ends.keys()) look(origin)
    cancel = clock.after(lookEveryMs, lookLater)
  }

  function look(origin: Name): void {
    const nowMs = clock.now()
    const validToMs = ends.get(origin)!
    const threshold = thresholdOf(validToMs - nowMs)
    if (threshold === undefined) {
      warned.delete(origin)
      return
    }
    const warning = `${String(threshold)} on ${String(Math.floor(nowMs / dayMs))}`
    if (warned.get(origin) === warning) return
    warned.set(origin, warning)
    warn(expiringAt(origin, validToMs, nowMs))
  }

  return {
    seen(origin, validToMs) {
      if (Number.isNaN(validToMs)) return
      ends.set(origin, validToMs)
      look(origin)
    },
    get expiring() {
      const nowMs = clock.now()
      return [...ends]
        .filter(([, validToMs]) => thresholdOf(validToMs - nowMs) !== undefined)
        .sort(([, one], [, other]) => one - other)
        .map(([origin, validToMs]) => expiringAt(origin, validToMs, nowMs))
    },
    close: () => cancel(),
  }
}

const thresholdOf = (leftMs: number): number | undefined => thresholdsDays.find((days) => leftMs <= days * dayMs)

function expiringAt<Name extends string>(origin: Name, validToMs: number, nowMs: number): Expiring<Name> {
  const daysLeft = Math.max(0, Math.floor((validToMs - nowMs) / dayMs))
  return { origin, validTo: new Date(validToMs).toISOString(), daysLeft }
}
