// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import type { CameraRef } from '../../../src-preload/contract/models/ids.ts'
import { useSeenView } from '../../../src-renderer/composables/useSeenView.ts'
import { usePlaybackView } from '../../../src-renderer/screens/playback/usePlaybackView.ts'
import { useLayout } from '../../../src-renderer/stores/layout.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { capabilitiesOf } from '../support/sites.ts'
import { cameraAnswers, onPage, openSite } from './support.ts'

async function view(wished?: readonly CameraRef[], site = openSite()) {
  const { used, wrapper } = onPage(
    new FakeBridge(cameraAnswers()),
    () => ({ ...usePlaybackView(wished), seen: useSeenView() }),
    site,
  )
  useSession().show('playback')
  await flushPromises()
  return { ...used, wrapper }
}
const refs = (count: number) => Array.from({ length: count }, (_, at) => cameraRef(at + 1))

describe('what plays', () => {
  it('is the wall of Live where nothing was wished for', async () => {
    const { places, shape, choice } = await view()
    const layout = useLayout()
    layout.setGrid(2, 2)
    layout.show(cameraRef(3), 1)
    layout.select(1)
    expect(shape.value).toEqual({ rows: 2, columns: 2 })
    expect(places.value.map(({ name }) => name)).toEqual(['', 'Camera 3', '', ''])
    expect(choice.selected).toBe(1)
  })

  it.each([
    [1, { rows: 1, columns: 1 }],
    [2, { rows: 1, columns: 2 }],
    [4, { rows: 2, columns: 2 }],
    [5, { rows: 2, columns: 3 }],
    [40, { rows: 4, columns: 4 }],
  ])(
    'is %d cameras that were wished for, in the smallest wall, and no more than can be looked at',
    async (count, wall) => {
      const { cameras, shape } = await view(refs(count))
      expect([cameras.value.length, shape.value]).toEqual([Math.min(count, 16), wall])
    },
  )

  it('is chosen among what was wished for without touching the wall of Live', async () => {
    const { places, shape, choice } = await view(refs(4))
    const layout = useLayout()
    choice.select(2)
    choice.select(9)
    choice.toggleMaximised()
    expect([choice.selected, layout.selected, layout.isMaximised]).toEqual([2, 0, false])
    expect(places.value.map(({ name }) => name)).toEqual(['Camera 3'])
    expect(shape.value).toEqual({ rows: 1, columns: 1 })
    choice.restoreSize()
    expect(places.value).toHaveLength(4)
  })

  it('is what a snapshot and a copy are taken of, as long as it is seen', async () => {
    const { seen, choice, wrapper } = await view(refs(2))
    const layout = useLayout()
    layout.show(cameraRef(9), 0)
    choice.select(1)
    await nextTick()
    expect(seen).toEqual({ tiles: refs(2), selected: 1 })
    useSession().show('live')
    expect(seen.tiles[seen.selected]).toEqual(cameraRef(9))
    useSession().show('playback')
    wrapper.unmount()
    expect(seen.tiles[seen.selected]).toEqual(cameraRef(9))
  })

  it('is not a camera whose recordings may not be played', async () => {
    const capabilities = capabilitiesOf({ version: { is: 'known', value: '23.2.0.1' } })
    const { places, cameras } = await view(refs(2), openSite({ capabilities }))
    expect([places.value.length, cameras.value]).toEqual([2, []])
  })
})
