/** Red, green, blue as on a screen, 0 to 1; light that shines may exceed 1 before the picture is finished. */
export type Colour = readonly [red: number, green: number, blue: number]

export const scaled = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by]

/** `part` 0 is all `from`, 1 is all `to`. */
export function mixed(from: Colour, to: Colour, part: number): Colour {
  const mix = (i: 0 | 1 | 2) => from[i] + (to[i] - from[i]) * part
  return [mix(0), mix(1), mix(2)]
}
