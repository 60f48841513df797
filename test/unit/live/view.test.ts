import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyView,
  firstEmpty,
  fromSaved,
  fromSite,
  toSaved,
  withCamera,
  withGrid,
  withSwapped,
  type ViewState,
} from '../../../src-renderer/stores/view.ts'
import { siteId } from '../support/sites.ts'
import { cameraId, cameraRef } from './support.ts'

const sides = fc.integer({ min: 1, max: 8 })
const views = fc
  .record({ rows: sides, columns: sides, numbers: fc.array(fc.option(fc.nat(99)), { maxLength: 64 }) })
  .map(({ rows, columns, numbers }) =>
    fromSaved({ name: 'Night', rows, columns, tiles: numbers.map((n) => (n === null ? null : cameraRef(n))) }),
  )
const cameras = (view: ViewState) => view.slots.map(({ camera }) => camera)

describe('a view', () => {
  it('comes back from the preferences as it was saved', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(cameras(fromSaved(toSaved(view)))).toEqual(cameras(view))
      }),
    )
  })

  it('keeps the cameras that no longer fit, and shows them again when it grows', () => {
    fc.assert(
      fc.property(views, sides, sides, (view, rows, columns) => {
        expect(withGrid(withGrid(view, rows, columns), view.rows, view.columns)).toEqual(view)
      }),
    )
  })

  it('moves pictures with their identity, so that nothing reconnects', () => {
    fc.assert(
      fc.property(views, fc.nat(63), fc.nat(63), (view, from, to) => {
        const moved = withSwapped(view, from, to)
        expect(moved.slots[to]).toBe(view.slots[from])
        expect(withSwapped(moved, from, to)).toEqual(view)
      }),
    )
  })

  it('gives a tile a new identity with every new camera, so that no old picture stands under a new name', () => {
    const view = withCamera(emptyView(2, 2), 1, cameraRef(1))
    const next = withCamera(view, 1, cameraRef(2))
    expect(next.slots[1]!.id).not.toBe(view.slots[1]!.id)
    expect(next.slots[0]).toBe(view.slots[0])
  })

  it('lets an empty tile keep its identity when it gets a camera, so that it need not be made anew', () => {
    const view = emptyView(2, 2)
    const next = withCamera(view, 1, cameraRef(1))
    expect(next.slots[1]).toEqual({ id: view.slots[1]!.id, camera: cameraRef(1) })
  })

  it('finds the first empty tile on the wall, not behind it', () => {
    const view = fromSaved({ name: '', rows: 1, columns: 2, tiles: [cameraRef(1), cameraRef(2), null] })
    expect([firstEmpty(view), firstEmpty(withGrid(view, 1, 3))]).toEqual([-1, 2])
  })

  it('is taken from a site’s profile, cut to the largest grid', () => {
    const view = fromSite(siteId(1), { rows: 9, columns: 3, cameraIds: [cameraId(4)] })
    expect(toSaved(view)).toEqual({ name: '', rows: 8, columns: 3, tiles: [cameraRef(4)] })
  })
})
