import { guidOf } from './guid.ts'
import type { Site } from './site.ts'

/** A microphone of a box, set beside every camera of it. */
export interface SiteMicrophone {
  id: string
  name: string
  hardwareId: string
}

/** One on each of the first `count` boxes. */
export const microphonesOf = (site: Site, seed: string, count: number): SiteMicrophone[] =>
  site.hardware.slice(0, count).map((hardware, at) => ({
    id: guidOf(seed, 'microphone', hardware.id),
    name: `Microphone ${at + 1}`,
    hardwareId: hardware.id,
  }))
