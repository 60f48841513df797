/** What the timeline can show, each with its own look. */
export const legendParts = [
  'recording',
  'motion',
  'manual',
  'gap',
  'unknown',
  'bookmark',
  'lock',
  'alarm',
  'event',
  'future',
] as const
export type LegendPart = (typeof legendParts)[number]
