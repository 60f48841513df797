import { describe, expect, it } from 'vitest'
import { mostBytes, weigh } from '../../../src-main/handlers/weigh.ts'
import { calls } from '../../../src-preload/contract/calls.ts'
import { largestPictureBytes } from '../../../src-preload/contract/take-away-limits.ts'

const order = (bytes: unknown) => ({
  camera: {
    siteId: '5f0c3a52-6a3e-4b8a-9d57-3f1f6a3b0c11',
    cameraId: '0c4d7e2a-1b5f-4a3c-8e9d-2f6b7a8c9d01',
  },
  source: 'live',
  at: '2026-11-26T14:02:30.240Z',
  stale: false,
  widthPx: 1920,
  heightPx: 1080,
  format: 'png',
  bytes,
})

describe('bytes of a picture', () => {
  it('pass the door as large as pictures are, and not larger', () => {
    const [fits, tooLarge] = [new Uint8Array(largestPictureBytes), new Uint8Array(largestPictureBytes + 1)]
    expect(weigh(order(fits), mostBytes.saveSnapshot)).toBeUndefined()
    expect(weigh(order(tooLarge), mostBytes.saveSnapshot)).toBe('too many bytes')
    expect(calls.saveSnapshot.input.safeParse(order(fits)).success).toBe(true)
    expect(calls.saveSnapshot.input.safeParse(order(tooLarge)).success).toBe(false)
  })

  it('are refused by every call that carries none, and where they are none', () => {
    expect(weigh(order(new Uint8Array(1)), mostBytes.signIn)).toBe('not plain data')
    for (const none of [new Uint8Array(0), [1, 2, 3], 'iVBOR', new ArrayBuffer(8)])
      expect(calls.saveSnapshot.input.safeParse(order(none)).success).toBe(false)
  })
})
