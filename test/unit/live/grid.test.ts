import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP_PX, layouts, neighbour, tileRects } from '../../../src-renderer/screens/live/grid.ts'

const shapes = fc.record({ rows: fc.integer({ min: 1, max: 8 }), columns: fc.integer({ min: 1, max: 8 }) })
const sides = fc.integer({ min: 100, max: 4000 })

describe('the wall', () => {
  it('is cut into equal tiles of whole pixels that keep their distance and stay inside', () => {
    fc.assert(
      fc.property(sides, sides, shapes, (widthPx, heightPx, shape) => {
        const rects = tileRects(widthPx, heightPx, shape)
        const sizes = new Set(rects.map((rect) => `${rect.widthPx} ${rect.heightPx}`))
        const last = rects.at(-1)!
        expect(rects).toHaveLength(shape.rows * shape.columns)
        expect(sizes.size).toBe(1)
        expect(rects.every((rect) => Object.values(rect).every(Number.isInteger))).toBe(true)
        expect(last.leftPx + last.widthPx).toBeLessThanOrEqual(widthPx - GAP_PX)
        expect(last.topPx + last.heightPx).toBeLessThanOrEqual(heightPx - GAP_PX)
        rects.slice(1).forEach((rect, index) => {
          const before = rects[index]!
          const step = rect.topPx === before.topPx ? rect.leftPx - before.leftPx - before.widthPx : GAP_PX
          expect(step).toBe(GAP_PX)
        })
      }),
    )
  })

  it('wastes less than one row or column of pixels per tile', () => {
    fc.assert(
      fc.property(sides, sides, shapes, (widthPx, heightPx, shape) => {
        const [first] = tileRects(widthPx, heightPx, shape)
        const usedPx = first!.widthPx * shape.columns + GAP_PX * (shape.columns + 1)
        expect(widthPx - usedPx).toBeLessThan(shape.columns)
      }),
    )
  })

  it('has no negative tiles before it has a size', () => {
    expect(tileRects(0, 0, { rows: 2, columns: 2 })[3]).toEqual({ leftPx: 3, topPx: 3, widthPx: 0, heightPx: 0 })
  })

  it('offers the squares from 1 to 8 under Alt and their number', () => {
    expect(layouts.slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((side) => ({ rows: side, columns: side })))
  })
})

describe('moving between tiles', () => {
  const wall = { rows: 2, columns: 3 }

  it('goes where the arrow points and stops at the edge', () => {
    const steps = (['left', 'right', 'up', 'down'] as const).map((direction) => neighbour(4, direction, wall))
    const edges = (['left', 'up'] as const).map((direction) => neighbour(0, direction, wall))
    expect({ steps, edges, right: neighbour(2, 'right', wall), down: neighbour(5, 'down', wall) }).toEqual({
      steps: [3, 5, 1, 4],
      edges: [0, 0],
      right: 2,
      down: 5,
    })
  })

  it('goes through all tiles in reading order with next and previous', () => {
    const there = [0, 1, 2, 3, 4, 5].map((index) => neighbour(index, 'next', wall))
    const back = [0, 1, 2, 3, 4, 5].map((index) => neighbour(index, 'previous', wall))
    expect({ there, back }).toEqual({ there: [1, 2, 3, 4, 5, 5], back: [0, 0, 1, 2, 3, 4] })
  })
})
