import { defineStore } from 'pinia'
import { shallowReadonly, shallowRef } from 'vue'

/** Where a tile that looks back is; `null` before it has begun. */
type Moments = ReadonlyMap<number, number | null>

/** Which tiles of the Live wall play back by themselves while the others are live, by slot, and where each of them is. */
export const useLookingBack = defineStore('looking-back', () => {
  /** Epoch milliseconds by the server's clock, told now and then: a tile that left the wall goes on from there. */
  const moments = shallowRef<Moments>(new Map())

  const set = (slotId: number, atMs: number | null): void =>
    void (moments.value = new Map(moments.value).set(slotId, atMs))

  const has = (slotId: number): boolean => moments.value.has(slotId)

  function end(slotId: number): void {
    const left = new Map(moments.value)
    if (left.delete(slotId)) moments.value = left
  }

  return {
    moments: shallowReadonly(moments),
    has,
    begin: (slotId: number) => has(slotId) || set(slotId, null),
    /** Tells where a tile is that still looks back. */
    tell: (slotId: number, atMs: number) => has(slotId) && set(slotId, atMs),
    end,
  }
})
