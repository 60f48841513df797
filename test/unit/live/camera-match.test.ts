import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches, nameParts, searchWords } from '../../../src-renderer/composables/camera-match.ts'
import { noCameras, withPage } from '../../../src-renderer/stores/camera-list.ts'
import { siteId } from '../support/sites.ts'
import { cameraOf } from './support.ts'

const find = (text: string, ...list: ReturnType<typeof cameraOf>[]) =>
  matches(withPage(noCameras, siteId(1), list).cameras, searchWords(text)).map(({ camera }) => camera.name)

describe('searching cameras', () => {
  it('wants every word, in any order, in name, short name or device', () => {
    const gate = cameraOf(1, { name: 'Main gate', hardwareName: 'Axis Q3518' })
    const dock = cameraOf(2, { name: 'Dock', shortName: 'D1', hardwareName: 'Axis P1455' })
    expect([find('axis', gate, dock), find('GATE q35', gate, dock), find('d1', gate, dock), find('x9', gate)]).toEqual([
      ['Dock', 'Main gate'],
      ['Main gate'],
      ['Dock'],
      [],
    ])
  })

  it('puts names that begin so first, then words that do, then the rest', () => {
    const list = ['Aport', 'Car port', 'Portal'].map((name, index) => cameraOf(index, { name }))
    expect(find('port', ...list)).toEqual(['Portal', 'Car port', 'Aport'])
  })

  it('marks what was found and keeps the name as it is written', () => {
    expect(nameParts('Tür Garage Süd', searchWords('tur sud'))).toEqual([
      { text: 'Tür', isMatch: true },
      { text: ' Garage ', isMatch: false },
      { text: 'Süd', isMatch: true },
    ])
  })

  it('never changes a name, whatever is searched', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' }), (name, text) => {
        expect(
          nameParts(name, searchWords(text))
            .map((part) => part.text)
            .join(''),
        ).toBe(name)
      }),
    )
  })

  it('leaves markup in a name as text', () => {
    expect(
      nameParts('<b>1</b>', searchWords('b'))
        .map(({ text }) => text)
        .join(''),
    ).toBe('<b>1</b>')
  })
})
