import { describe, expect, it } from 'vitest'
import { ExportChunk, ExportOrder } from '../../../src-preload/contract/models/export.ts'
import { exportChunkBytes } from '../../../src-preload/contract/take-away-limits.ts'

const camera = { siteId: '7d5c1c1a-3f1e-4b53-9a44-0d1c6f2a7b10', cameraId: '1c2f0a0e-6c1e-4f6b-9f0e-6f1d0a4b7c11' }
const order = { cameras: [camera], from: '2026-01-05T12:00:00.000Z', to: '2026-01-05T12:01:00.000Z', needBytes: 1 }
const takes = (change: object): boolean => ExportOrder.safeParse({ ...order, ...change }).success

describe('an order for a viewing copy', () => {
  it('is of a camera at least, and of a span that ends after it begins', () => {
    const wrong = [{ cameras: [] }, { to: order.from }, { to: '2026-01-05T11:59:59.999Z' }, { from: 'yesterday' }]
    expect([takes({}), ...wrong.map(takes)]).toEqual([true, false, false, false, false])
  })
})

describe('a part of a file', () => {
  const part = { id: '3f0a5a0e-6c1e-4f6b-9f0e-6f1d0a4b7c11', camera, atByte: 0 }
  it.each([
    [1, true],
    [exportChunkBytes, true],
    [0, false],
    [exportChunkBytes + 1, false],
  ])('of %i bytes is taken: %s', (length, isTaken) => {
    expect(ExportChunk.safeParse({ ...part, bytes: new Uint8Array(length) }).success).toBe(isTaken)
  })

  it('is bytes, not their base64', () => {
    expect(ExportChunk.safeParse({ ...part, bytes: 'AAAA' }).success).toBe(false)
  })
})
