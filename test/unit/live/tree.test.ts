import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Site } from '../../../src-preload/contract/models/site.ts'
import { treeStep, typeAhead } from '../../../src-renderer/screens/live/tree-keys.ts'
import { foundRows, treeRows, type Branch, type TreeRow } from '../../../src-renderer/screens/live/tree-rows.ts'
import { noSiteCameras } from '../../../src-renderer/stores/site-cameras.ts'
import { siteId, siteOf as anySiteOf } from '../support/sites.ts'
import { cameraOf, camerasOf, groupOf, siteCamerasOf } from './support.ts'

const siteOf = (changes: Partial<Site> = {}) =>
  anySiteOf({ state: { phase: 'open', user: 'operator', link: { is: 'up' } }, ...changes })

const everything = () => true
const asBegun = (_key: string, startsOpen: boolean) => startsOpen

const branch = (cameras: Branch['cameras'], site = siteOf()): Branch => ({ site, cameras })
const drawn = (rows: TreeRow[]) =>
  rows.map((row) => {
    if (row.kind === 'camera') return `${row.level} ${row.camera.camera.name}`
    return row.kind === 'note' ? `${row.level} (note)` : `${row.level} ${row.name || '(loose)'} ${row.count}`
  })

describe('the camera tree', () => {
  it('shows a site without groups as a plain list', () => {
    const rows = treeRows([branch(siteCamerasOf(camerasOf(2)))], asBegun)
    expect(drawn(rows)).toEqual(['1 HQ Campus 2', '2 Camera 1', '2 Camera 2'])
  })

  it('shows groups in groups, a camera in several of them, and what is in none', () => {
    const groups = [groupOf('Parking', [2, 1], [groupOf('North', [1])]), groupOf('Gates', [2])]
    const rows = treeRows([branch(siteCamerasOf(camerasOf(3), groups))], everything)
    expect(drawn(rows)).toEqual([
      '1 HQ Campus 3',
      '2 Parking 3',
      '3 North 1',
      '4 Camera 1',
      '3 Camera 1',
      '3 Camera 2',
      '2 Gates 1',
      '3 Camera 2',
      '2 (loose) 1',
      '3 Camera 3',
    ])
  })

  it('opens groups by itself only where the whole list fits a screen', () => {
    const all = (count: number) => siteCamerasOf(camerasOf(count), [groupOf('All', [1])])
    const rows = [30, 31].map((count) => treeRows([branch(all(count))], asBegun).length)
    expect(rows).toEqual([1 + 2 + 30, 1 + 2])
  })

  it('says under a site what its list lacks', () => {
    const loading = { ...siteCamerasOf(camerasOf(1), null), load: { phase: 'loading' as const } }
    const rows = treeRows(
      [branch(loading), branch(noSiteCameras, siteOf({ id: siteId(2), name: 'Depot' }))],
      everything,
    )
    expect(drawn(rows)).toEqual(['1 HQ Campus 1', '2 (note)', '2 Camera 1', '1 Depot 0', '2 (note)'])
  })

  it('says nothing of the cameras of a site that is not open: its own row says why', () => {
    const blocked = anySiteOf({ state: { phase: 'signed-out', problem: { kind: 'signed-out' } } })
    expect(drawn(treeRows([branch(noSiteCameras, blocked)], everything))).toEqual(['1 HQ Campus 0'])
  })

  it('skips group members this user may not see', () => {
    const rows = treeRows([branch(siteCamerasOf(camerasOf(1), [groupOf('Gates', [1, 99])]))], everything)
    expect(drawn(rows)).toEqual(['1 HQ Campus 1', '2 Gates 1', '3 Camera 1'])
  })

  it('shows a search under each site that has a match', () => {
    const { cameras } = siteCamerasOf(camerasOf(2))
    const rows = foundRows([
      { site: siteOf(), cameras },
      { site: siteOf({ id: siteId(2) }), cameras: [] },
    ])
    expect(drawn(rows)).toEqual(['1 HQ Campus 2', '2 Camera 1', '2 Camera 2'])
  })

  it('numbers brothers from 1 to their count and gives every row a key of its own', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 8 })
    const groups = fc.array(fc.tuple(numbers, numbers), { maxLength: 4 })
    fc.assert(
      fc.property(groups, fc.func(fc.boolean()), (members, isOpen) => {
        const arranged = members.map(([own, inner], index) => groupOf(`G${index}`, own, [groupOf('inner', inner)]))
        const rows = treeRows([branch(siteCamerasOf(camerasOf(8), arranged))], isOpen)
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
        rows.forEach((row, index) => {
          const parent = rows.slice(0, index).findLastIndex(({ level }) => level < row.level)
          const brothers = rows
            .slice(parent + 1)
            .filter(
              (other, at, rest) => other.level === row.level && rest.slice(0, at).every((r) => r.level >= row.level),
            )
          expect([row.setSize, brothers.indexOf(row) + 1]).toEqual([brothers.length, row.position])
        })
      }),
    )
  })
})

describe('keys in the tree', () => {
  const rows = treeRows([branch(siteCamerasOf(camerasOf(3), [groupOf('Gates', [1, 2])]))], everything)
  const step = (at: number, key: string) => treeStep(rows, at, key)

  it('walks, and stops at both ends', () => {
    expect([step(0, 'ArrowDown'), step(0, 'ArrowUp'), step(2, 'Home'), step(2, 'End'), step(5, 'PageDown')]).toEqual(
      [1, 0, 0, 5, 5].map((to) => ({ do: 'go', to })),
    )
  })

  it('opens and enters with the right arrow, leaves and closes with the left', () => {
    const closed = treeRows([branch(siteCamerasOf(camerasOf(1)))], () => false)
    expect([
      treeStep(closed, 0, 'ArrowRight'),
      step(0, 'ArrowRight'),
      step(2, 'ArrowRight'),
      step(3, 'ArrowLeft'),
      step(1, 'ArrowLeft'),
      treeStep(closed, 0, 'ArrowLeft'),
    ]).toEqual([
      { do: 'open', key: siteId(1) },
      { do: 'go', to: 1 },
      { do: 'nothing' },
      { do: 'go', to: 1 },
      { do: 'close', key: `${siteId(1)}/Gates` },
      { do: 'nothing' },
    ])
  })

  it('begins at the top where nothing is chosen yet, and does nothing in an empty tree', () => {
    expect([step(-1, 'ArrowDown'), treeStep([], -1, 'End')]).toEqual([{ do: 'go', to: 0 }, { do: 'nothing' }])
  })

  it('finds by the letters typed, going round', () => {
    const named = ['Alley', 'Dock', 'Door'].map((name, index) => cameraOf(index, { name }))
    const list = treeRows([branch(siteCamerasOf(named))], everything)
    expect([
      typeAhead(list, 0, 'd'),
      typeAhead(list, 2, 'd'),
      typeAhead(list, 3, 'd'),
      typeAhead(list, 2, 'doo'),
    ]).toEqual([2, 3, 2, 3])
    expect(typeAhead(list, 0, 'x')).toBe(-1)
  })
})
