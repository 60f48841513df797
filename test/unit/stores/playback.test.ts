// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { usePlayback } from '../../../src-renderer/stores/playback.ts'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { cameraRef } from '../live/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { usePage } from '../support/page.ts'

const atMs = Date.parse('2026-11-26T14:02:30Z')

describe('a moment that is to be seen', () => {
  beforeEach(() => usePage(new FakeBridge()))

  it('is shown on the playback screen once, and the way back leads to where it was found', () => {
    const [session, playback] = [useSession(), usePlayback()]
    session.search('locks')
    playback.visit(atMs, [cameraRef(1), cameraRef(2)])
    expect(session.screen).toBe('playback')
    expect(playback.taken()).toEqual({ atMs, cameras: [cameraRef(1), cameraRef(2)], back: 'search' })
    expect(playback.taken()).toBeUndefined()
  })

  it('wished for during playback is a playback of its own, and leads back nowhere', () => {
    const [session, playback] = [useSession(), usePlayback()]
    session.show('playback')
    playback.visit(atMs, [cameraRef(1)])
    playback.visit(atMs + 1000, [cameraRef(1)])
    expect(playback.visits).toBe(2)
    expect(playback.taken()).toMatchObject({ atMs: atMs + 1000, back: undefined })
  })

  it('is not the one that was marked before', () => {
    const playback = usePlayback()
    playback.marked = { fromMs: atMs, toMs: atMs + 1000 }
    playback.visit(atMs, [cameraRef(1)])
    expect(playback.marked).toBeNull()
  })
})
