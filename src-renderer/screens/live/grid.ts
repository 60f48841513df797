/** Where one tile stands, in CSS pixels from the grid's top left corner. */
export interface TileRect {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface GridShape {
  readonly rows: number
  readonly columns: number
}

/** Between tiles and around them; a selected tile's frame lies in it and covers no picture. */
export const GAP_PX = 3

/** Whole pixels per tile; what does not divide is left over at the edge, so that all tiles are equal. */
const share = (lengthPx: number, count: number): number =>
  Math.max(0, Math.floor((lengthPx - GAP_PX * (count + 1)) / count))

/** The rectangles of a grid, row by row. Every tile has the same size, whatever the window's. */
export function tileRects(widthPx: number, heightPx: number, { rows, columns }: GridShape): TileRect[] {
  const tileWidthPx = share(widthPx, columns)
  const tileHeightPx = share(heightPx, rows)
  const marginLeftPx = margin(widthPx, tileWidthPx, columns)
  const marginTopPx = margin(heightPx, tileHeightPx, rows)
  return Array.from({ length: rows * columns }, (_, index) => ({
    leftPx: marginLeftPx + (index % columns) * (tileWidthPx + GAP_PX),
    topPx: marginTopPx + Math.floor(index / columns) * (tileHeightPx + GAP_PX),
    widthPx: tileWidthPx,
    heightPx: tileHeightPx,
  }))
}

/** Half of what the tiles leave over, so the grid sits in the middle. */
const margin = (lengthPx: number, tilePx: number, count: number): number =>
  Math.max(0, Math.floor((lengthPx - tilePx * count - GAP_PX * (count - 1)) / 2))

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'next' | 'previous'

/** The tile one step away. Arrows stop at the edge of the grid; next and previous stop at its ends. */
export function neighbour(index: number, direction: Direction, { rows, columns }: GridShape): number {
  const last = rows * columns - 1
  const column = index % columns
  switch (direction) {
    case 'left':
      return column === 0 ? index : index - 1
    case 'right':
      return column === columns - 1 ? index : index + 1
    case 'up':
      return index < columns ? index : index - columns
    case 'down':
      return index + columns > last ? index : index + columns
    case 'first':
      return 0
    case 'last':
      return last
    case 'next':
      return Math.min(index + 1, last)
    case 'previous':
      return Math.max(index - 1, 0)
  }
}

/** The layouts offered, smallest first; the place in the list is the number behind Alt. */
export const layouts: readonly GridShape[] = [
  { rows: 1, columns: 1 },
  { rows: 2, columns: 2 },
  { rows: 3, columns: 3 },
  { rows: 4, columns: 4 },
  { rows: 5, columns: 5 },
  { rows: 6, columns: 6 },
  { rows: 7, columns: 7 },
  { rows: 8, columns: 8 },
  { rows: 1, columns: 2 },
  { rows: 2, columns: 3 },
  { rows: 3, columns: 4 },
  { rows: 4, columns: 6 },
]
