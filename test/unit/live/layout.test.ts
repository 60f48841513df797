import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { defaultPreferences } from '../../../src-preload/contract/default-preferences.ts'
import type { Preferences } from '../../../src-preload/contract/models/preferences.ts'
import { useLayout } from '../../../src-renderer/stores/layout.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { useTileStates } from '../../../src-renderer/stores/tile-states.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { siteId, siteOf } from '../support/sites.ts'
import { cameraId, cameraRef } from './support.ts'

const saved: Preferences = {
  ...defaultPreferences,
  view: { name: 'Night', rows: 2, columns: 2, tiles: [cameraRef(1), null, cameraRef(3)] },
}
const proposing = siteOf({
  state: { phase: 'open', user: 'operator', link: { is: 'up' } },
  view: { rows: 1, columns: 2, cameraIds: [cameraId(8), cameraId(9)] },
})

let bridge: FakeBridge
const numbers = () => useLayout().tiles.map((tile) => (tile ? Number(tile.cameraId.slice(-4)) : null))

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  bridge = new FakeBridge({ savePreferences: async () => {} })
  vi.stubGlobal('window', { bridge })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the layout', () => {
  it('starts as an empty 3 × 3', () => {
    expect(numbers()).toEqual([null, null, null, null, null, null, null, null, null])
  })

  it('opens with the view of last time', async () => {
    const layout = useLayout()
    useSettings().preferencesChanged(saved)
    await nextTick()
    expect({ name: layout.view.name, tiles: numbers() }).toEqual({ name: 'Night', tiles: [1, null, 3, null] })
  })

  it('takes a site’s view where there is none of last time, whichever is heard of first', async () => {
    useLayout()
    useSession().siteListChanged([proposing])
    await nextTick()
    const proposed = numbers()
    useSettings().preferencesChanged(saved)
    await nextTick()
    expect([proposed, numbers()]).toEqual([
      [8, 9],
      [1, null, 3, null],
    ])
  })

  it('keeps the camera that was pointed at last, and no empty tile', async () => {
    const layout = useLayout()
    useSettings().preferencesChanged(saved)
    await nextTick()
    layout.select(2)
    await vi.advanceTimersByTimeAsync(1000)
    layout.select(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(bridge.asked).toEqual([{ name: 'savePreferences', input: { selectedCamera: cameraRef(3) } }])
  })

  it('lets nobody overrule the operator', async () => {
    const layout = useLayout()
    layout.setGrid(1, 1)
    useSettings().preferencesChanged(saved)
    useSession().siteListChanged([proposing])
    await nextTick()
    expect(numbers()).toEqual([null])
  })

  it('saves the view once after a burst of changes', async () => {
    const layout = useLayout()
    layout.show(cameraRef(1))
    layout.move(0, 4)
    layout.setGrid(2, 3)
    await vi.advanceTimersByTimeAsync(1000)
    expect(bridge.asked).toEqual([
      {
        name: 'savePreferences',
        input: { view: { name: '', rows: 2, columns: 3, tiles: [null, null, null, null, cameraRef(1)] } },
      },
    ])
  })

  it('moves by changing places, selects where the picture went, and takes it back', async () => {
    const layout = useLayout()
    layout.setGrid(1, 3)
    layout.show(cameraRef(1), 0)
    layout.show(cameraRef(2), 1)
    layout.move(0, 1)
    const moved = { tiles: numbers(), selected: layout.selected }
    layout.undo()
    expect([moved, numbers(), layout.canUndo]).toEqual([{ tiles: [2, 1, null], selected: 1 }, [1, 2, null], true])
  })

  it('puts a camera into the selected tile, or the next empty one where that is taken', () => {
    const layout = useLayout()
    layout.setGrid(1, 2)
    for (const number of [1, 2, 3]) layout.showNext(cameraRef(number))
    expect({ tiles: numbers(), selected: layout.selected }).toEqual({ tiles: [1, 3], selected: 1 })
  })

  it('does nothing for a camera that already stands in the tile', () => {
    const layout = useLayout()
    layout.show(cameraRef(1), 0)
    const before = layout.view
    layout.show(cameraRef(1), 0)
    expect(layout.view).toBe(before)
  })

  it('keeps the selection on the wall when it shrinks, and shows hidden cameras again when it grows', () => {
    const layout = useLayout()
    layout.show(cameraRef(9), 8)
    layout.select(8)
    layout.setGrid(2, 2)
    const small = { tiles: numbers(), selected: layout.selected }
    layout.setGrid(3, 3)
    expect([small, numbers().at(-1)]).toEqual([{ tiles: [null, null, null, null], selected: 3 }, 9])
  })

  it('maximises a tile and goes back, also when the grid changes', () => {
    const layout = useLayout()
    layout.toggleMaximised(2)
    const big = { selected: layout.selected, isMaximised: layout.isMaximised }
    layout.setGrid(2, 2)
    expect([big, layout.isMaximised]).toEqual([{ selected: 2, isMaximised: true }, false])
  })

  it('selects only tiles that are there', () => {
    const layout = useLayout()
    layout.select(9)
    layout.select(-1)
    expect(layout.selected).toBe(0)
  })
})

describe('what the tiles report', () => {
  it('is counted, and of one camera in two tiles the worse is told', () => {
    vi.useFakeTimers()
    const states = useTileStates()
    states.report(1, cameraRef(1), 'live')
    states.report(2, cameraRef(1), 'stale')
    states.report(3, cameraRef(2), 'lost')
    states.report(4, cameraRef(3), 'playback')
    vi.runAllTimers()
    const all = { ...states.summary, worst: [...states.byCamera.values()] }
    states.forget(2)
    vi.runAllTimers()
    vi.useRealTimers()
    expect([all, states.byCamera.get(`${siteId(1)}/${cameraId(1)}`), states.summary.tiles]).toEqual([
      { tiles: 4, opening: 0, live: 1, playback: 1, stale: 1, lost: 1, worst: ['stale', 'lost', 'playback'] },
      'live',
      3,
    ])
  })
})
