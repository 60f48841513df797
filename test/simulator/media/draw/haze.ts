import { mixed, type Colour } from './colour.ts'
import type { Shade } from './surface.ts'
import type { View } from './view.ts'

/** What the air between adds: all of its colour at a great distance. */
export interface Haze {
  colour: Colour
  perMetre: number
}

/** A colour seen through so many metres of it. */
export const hazed = (colour: Colour, metres: number, haze: Haze): Colour =>
  mixed(colour, haze.colour, 1 - Math.exp(-metres * haze.perMetre))

/** A surface that sinks into it with the distance. */
export function inHaze(view: View, haze: Haze, shade: Shade): Shade {
  return (x, y, z, into) => {
    shade(x, y, z, into)
    const clear = Math.exp(-view.distance([x, y, z]) * haze.perMetre)
    for (const i of [0, 1, 2] as const) into[i] = into[i]! * clear + haze.colour[i] * (1 - clear)
  }
}
