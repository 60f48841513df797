import type { Colour } from './colour.ts'
import { grit } from './noise.ts'
import type { Shade } from './surface.ts'
import type { Place } from './view.ts'

/** A lamp: it lights what is within about `reach` metres, and farther less and less. */
interface Lamp {
  place: Place
  colour: Colour
  power: number
  reach: number
}

/** All light of a scene. */
export interface Lighting {
  ambient: Colour
  lamps: readonly Lamp[]
}

/** How much light of each colour arrives at a place. */
function lightAt({ ambient, lamps }: Lighting, x: number, y: number, z: number, into: Float32Array): void {
  into[0] = ambient[0]
  into[1] = ambient[1]
  into[2] = ambient[2]
  for (const { place, colour, power, reach } of lamps) {
    const square = (x - place[0]) ** 2 + (y - place[1]) ** 2 + (z - place[2]) ** 2
    const light = power / (1 + square / (reach * reach)) ** 2
    into[0] += colour[0] * light
    into[1] += colour[1] * light
    into[2] += colour[2] * light
  }
}

const arriving = new Float32Array(3)

/** A thing's colour in the light of its place. */
export function litAt(lighting: Lighting, place: Place, colour: Colour): Colour {
  lightAt(lighting, ...place, arriving)
  return [colour[0] * arriving[0]!, colour[1] * arriving[1]!, colour[2] * arriving[2]!]
}

/** A matt surface with stains: `wear` 0 is new. `colourAt` may choose another colour by place, for lines and joints. */
export function matt(
  lighting: Lighting,
  colour: Colour,
  wear: number,
  colourAt: (x: number, y: number, z: number) => Colour = () => colour,
): Shade {
  return (x, y, z, into) => {
    lightAt(lighting, x, y, z, into)
    const [red, green, blue] = colourAt(x, y, z)
    const stain = 1 + wear * grit(x + z * 0.7 + 31, y + z * 1.3 + 17)
    into[0]! *= red * stain
    into[1]! *= green * stain
    into[2]! *= blue * stain
  }
}
