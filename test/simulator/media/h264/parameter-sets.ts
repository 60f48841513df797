import { BitReader } from './bits.ts'
import { unescape } from './annexb.ts'

/** What a slice header cannot be read without (H.264 clause 7.3.2.1). */
export interface Sps {
  /** As in SDP, six hex digits. */
  profileLevelId: string
  frameNumBits: number
  /** null where the picture order follows from frame_num (type 2), as in our own clips. */
  orderCountBits: number | null
  widthMbs: number
  heightMbs: number
}

/** What a slice header cannot be read without (H.264 clause 7.3.2.2). */
export interface Pps {
  cabac: boolean
  weighted: boolean
  deblockingInSlice: boolean
}

/** Reads a baseline SPS. Throws on profiles with chroma formats, which no clip of ours has. */
export function parseSps(nal: Uint8Array): Sps {
  const profileLevelId = Buffer.from(nal.subarray(1, 4)).toString('hex')
  if (nal[1] !== 66 && nal[1] !== 77) throw new Error(`profile ${nal[1]} is neither baseline nor main`)
  const reader = new BitReader(unescape(nal.subarray(4)))
  reader.unsigned() // seq_parameter_set_id
  const frameNumBits = reader.unsigned() + 4
  const orderType = reader.unsigned()
  if (orderType === 1) throw new Error('picture order count type 1 is not read')
  const orderCountBits = orderType === 0 ? reader.unsigned() + 4 : null
  reader.unsigned() // max_num_ref_frames
  reader.bit() // gaps_in_frame_num_value_allowed
  return {
    profileLevelId,
    frameNumBits,
    orderCountBits,
    widthMbs: reader.unsigned() + 1,
    heightMbs: reader.unsigned() + 1,
  }
}

/** Reads a PPS with one slice group. */
export function parsePps(nal: Uint8Array): Pps {
  const reader = new BitReader(unescape(nal.subarray(1)))
  reader.unsigned() // pic_parameter_set_id
  reader.unsigned() // seq_parameter_set_id
  const cabac = reader.bit() === 1
  reader.bit() // bottom_field_pic_order_in_frame_present
  if (reader.unsigned() !== 0) throw new Error('more than one slice group')
  reader.unsigned() // num_ref_idx_l0_default_active_minus1
  reader.unsigned() // num_ref_idx_l1_default_active_minus1
  const weighted = reader.bit() === 1
  reader.bits(2) // weighted_bipred_idc
  reader.signed() // pic_init_qp
  reader.signed() // pic_init_qs
  reader.signed() // chroma_qp_index_offset
  return { cabac, weighted, deblockingInSlice: reader.bit() === 1 }
}
