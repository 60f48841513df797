/** A number from 0 to 1 for each whole place of a grid. */
function atCorner(x: number, y: number): number {
  let mixed = Math.imul(x, 374_761_393) + Math.imul(y, 668_265_263)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}

/** Value noise, 0 to 1, smooth over about one unit: stains, wear, clouds. */
export function noise(x: number, y: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const dx = x - left
  const dy = y - top
  const u = dx * dx * (3 - 2 * dx)
  const v = dy * dy * (3 - 2 * dy)
  const above = atCorner(left, top) * (1 - u) + atCorner(left + 1, top) * u
  const below = atCorner(left, top + 1) * (1 - u) + atCorner(left + 1, top + 1) * u
  return above * (1 - v) + below * v
}

/** Rough and fine noise together, around 0, from -0.5 to 0.5. */
export const grit = (x: number, y: number): number =>
  noise(x * 0.45, y * 0.45) * 0.4 + noise(x * 2.1, y * 2.1) * 0.35 + noise(x * 9, y * 9) * 0.25 - 0.5
