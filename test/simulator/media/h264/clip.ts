import { nalType, splitNals, typeOfNal } from './annexb.ts'
import { parsePps, parseSps, type Pps, type Sps } from './parameter-sets.ts'
import { parseSliceHeader, type SliceHeader } from './slice-header.ts'

/** One coded picture: what the band's slice must begin with, and the slices below the band as they are. */
export interface Picture {
  isKey: boolean
  bandHeader: SliceHeader
  below: Uint8Array[]
  /** SPS and PPS: they go before each key picture. */
  parameterSets: readonly Uint8Array[]
}

/** A coded clip, ready to be sent again and again. */
export interface CodedClip {
  sps: Sps
  pictures: Picture[]
  /** Which pictures are key pictures, ascending; the first is 0. */
  keyPlaces: number[]
}

/** Takes x264's byte stream apart. Throws where it is not what encode.ts asks x264 for. */
export function parseClip(stream: Uint8Array): CodedClip {
  let sps: { nal: Uint8Array; set: Sps } | undefined
  let pps: { nal: Uint8Array; set: Pps } | undefined
  const pictures: Picture[] = []

  for (const nal of splitNals(stream)) {
    const type = typeOfNal(nal)
    if (type === nalType.sps) sps = { nal, set: parseSps(nal) }
    if (type === nalType.pps) pps = { nal, set: parsePps(nal) }
    if (type !== nalType.slice && type !== nalType.keySlice) continue
    if (!sps || !pps) throw new Error('a slice before its parameter sets')
    const header = parseSliceHeader(nal, sps.set, pps.set)
    if (header.firstMb === 0) {
      pictures.push({ isKey: header.isKey, bandHeader: header, below: [], parameterSets: [sps.nal, pps.nal] })
    } else pictures.at(-1)?.below.push(nal)
  }
  if (!sps) throw new Error('a clip without parameter sets')

  const keyPlaces = pictures.flatMap(({ isKey }, place) => (isKey ? [place] : []))
  if (keyPlaces[0] !== 0) throw new Error('a clip must begin with a key picture')
  // Two key pictures in a row must differ in idr_pic_id (H.264 7.4.3), also where the loop closes.
  if (keyPlaces.length % 2 !== 0) throw new Error('a clip must have an even number of groups of pictures')
  return { sps: sps.set, pictures, keyPlaces }
}
