import { describe, expect, it } from 'vitest'
import { FrameGroups, type SentFrame } from '../../../../src-renderer/media/export/frame-groups.ts'

const frame = (atMs: number, isKey = false): SentFrame => ({
  atMs,
  isKey,
  bytes: new Uint8Array(1),
  widthPx: 0,
  heightPx: 0,
})
const key = (atMs: number) => frame(atMs, true)
const momentsOf = (group: readonly SentFrame[] | null) => group?.map(({ atMs }) => atMs) ?? null

describe('groups of frames', () => {
  it('are whole with the next key picture, and the last with the end', () => {
    const groups = new FrameGroups(0)
    expect([frame(-5), key(0), frame(10), frame(20)].map((one) => groups.take(one))).toEqual([null, null, null, null])
    expect(momentsOf(groups.take(key(30)))).toEqual([0, 10, 20])
    groups.written(30)
    groups.take(frame(40))
    expect(momentsOf(groups.finish())).toEqual([30, 40])
    expect(groups.finish()).toBeNull()
  })

  it('begin with the last key picture before the beginning: without it what follows cannot be seen', () => {
    const groups = new FrameGroups(100)
    for (const one of [key(0), frame(20), key(50), frame(70)]) expect(groups.take(one)).toBeNull()
    expect(momentsOf(groups.take(key(110)))).toEqual([50, 70])
  })

  it('go on after a cut with the group that was cut, from whole to whole', () => {
    const groups = new FrameGroups(0)
    for (const one of [key(0), frame(10)]) groups.take(one)
    expect(momentsOf(groups.take(key(20)))).toEqual([0, 10])
    groups.written(20)
    groups.take(frame(30))
    groups.restart()
    expect(groups.resumeMs).toBe(20)
    // The server may begin before what it was asked for.
    for (const one of [key(0), frame(10), key(20), frame(30)]) expect(groups.take(one)).toBeNull()
    expect(momentsOf(groups.take(key(40)))).toEqual([20, 30])
  })

  it('have every frame once', () => {
    const groups = new FrameGroups(0)
    for (const one of [key(0), frame(10), frame(10), frame(5), key(0)]) expect(groups.take(one)).toBeNull()
    expect(momentsOf(groups.finish())).toEqual([0, 10])
  })
})
