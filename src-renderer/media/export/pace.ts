/** Speeds that are tried, the fastest first. The server knows up to 32 (xprotect-api.md 3.5). */
const SPEEDS = [8, 4, 2]

/**
 * How fast a recording is taken out. `learning`: in its own time, to know which frames there are · `trying`: faster, and
 * counted against what was learnt · `settled`: as fast as keeps every frame.
 */
export type Pace = { is: 'learning' } | { is: 'trying'; speed: number } | { is: 'settled'; speed: number }

export const speedOf = (pace: Pace): number => (pace.is === 'learning' ? 1 : pace.speed)

/** Enough is learnt. */
export const faster = (): Pace => ({ is: 'trying', speed: SPEEDS[0]! })

/** This speed kept every frame that was counted. */
export const believed = (pace: Pace): Pace => (pace.is === 'trying' ? { ...pace, is: 'settled' } : pace)

/** This speed lacks frames: the next one, and at last 1, which nobody can be slower than. */
export function slower(pace: Pace): Pace {
  if (pace.is === 'learning') return pace
  const speed = SPEEDS.find((other) => other < pace.speed)
  return speed === undefined ? ownTime : { ...pace, speed }
}

/** In its own time for good. */
export const ownTime: Pace = { is: 'settled', speed: 1 }
