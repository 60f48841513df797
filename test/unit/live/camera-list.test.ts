import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cameraKey, fold, noCameras, sameCamera, withPage } from '../../../src-renderer/stores/camera-list.ts'
import { siteId } from '../support/sites.ts'
import { cameraOf, cameraRef } from './support.ts'

const names = (list: typeof noCameras) => list.cameras.map(({ camera }) => camera.name)

describe('a list of cameras', () => {
  it('is sorted by name as people count, in whatever pages it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(500), { maxLength: 20 }), { maxLength: 6 }), (pages) => {
        const list = pages.reduce(
          (before, page) =>
            withPage(
              before,
              siteId(1),
              page.map((n) => cameraOf(n)),
            ),
          noCameras,
        )
        const expected = [...new Set(pages.flat())].sort((a, b) => a - b).map((n) => `Camera ${n}`)
        expect(names(list)).toEqual(expected)
        expect([...list.byId.values()]).toHaveLength(expected.length)
      }),
    )
  })

  it('replaces a camera that comes again with another name', () => {
    const before = withPage(noCameras, siteId(1), [cameraOf(1), cameraOf(2)])
    const after = withPage(before, siteId(1), [cameraOf(2, { name: 'Attic' })])
    expect(names(after)).toEqual(['Attic', 'Camera 1'])
  })

  it('folds case and accents away', () => {
    expect(fold('Tür Île ÅNGSTRÖM')).toBe('tur ile angstrom')
  })

  it('looks only at the beginning of a name of ten megabytes', () => {
    expect(fold('x'.repeat(10_000_000))).toHaveLength(300)
  })

  it('tells the same camera id of two sites apart', () => {
    const [here, there] = [cameraRef(1, 1), cameraRef(1, 2)]
    expect([sameCamera(here, { ...here }), sameCamera(here, there), sameCamera(here, null)]).toEqual([
      true,
      false,
      false,
    ])
    expect(cameraKey(here)).not.toBe(cameraKey(there))
  })
})
