import { nalType, typeOfNal, unescape } from './annexb.ts'
import { BitReader } from './bits.ts'
import type { Pps, Sps } from './parameter-sets.ts'

/** A slice header, kept as bits so that another slice can begin with exactly the same. */
export interface SliceHeader {
  nalHeader: number
  isKey: boolean
  isIntra: boolean
  firstMb: number
  frameNum: number
  /** The payload's beginning, emulation bytes taken out. */
  payload: Uint8Array
  /** How many bits of `payload` the header takes. */
  lengthBits: number
}

/** No header of a baseline slice is longer. */
const HEADER_BYTES = 40

/** Reads the header of an I or P slice (H.264 clause 7.3.3). Throws on what our clips must not contain. */
export function parseSliceHeader(nal: Uint8Array, sps: Sps, pps: Pps): SliceHeader {
  if (pps.cabac || pps.weighted) throw new Error('a clip must be CAVLC without weighted prediction')
  const isKey = typeOfNal(nal) === nalType.keySlice
  const payload = unescape(nal.subarray(1, 1 + HEADER_BYTES))
  const reader = new BitReader(payload)

  const firstMb = reader.unsigned()
  const sliceType = reader.unsigned() % 5
  if (sliceType !== 0 && sliceType !== 2) throw new Error(`slice type ${sliceType} is neither I nor P`)
  reader.unsigned() // pic_parameter_set_id
  const frameNum = reader.bits(sps.frameNumBits)
  if (isKey) reader.unsigned() // idr_pic_id
  if (sps.orderCountBits !== null) reader.bits(sps.orderCountBits)
  if (sliceType === 0) skipReferenceLists(reader)
  if ((nal[0]! & 0x60) !== 0) skipMarking(reader, isKey)
  reader.signed() // slice_qp_delta
  if (pps.deblockingInSlice && reader.unsigned() !== 1) {
    reader.signed()
    reader.signed()
  }
  return {
    nalHeader: nal[0]!,
    isKey,
    isIntra: sliceType === 2,
    firstMb,
    frameNum,
    payload,
    lengthBits: reader.position,
  }
}

function skipReferenceLists(reader: BitReader): void {
  if (reader.bit() === 1) reader.unsigned() // num_ref_idx_active_override
  if (reader.bit() === 0) return
  while (reader.unsigned() !== 3) reader.unsigned()
}

function skipMarking(reader: BitReader, isKey: boolean): void {
  if (isKey) {
    reader.bits(2)
    return
  }
  if (reader.bit() === 1) throw new Error('memory management commands are not read')
}
