import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { Band, BAND_HEIGHT_PX } from '../../../simulator/media/band/band.ts'
import { BandSliceWriter } from '../../../simulator/media/band/slice.ts'
import { bandText } from '../../../simulator/media/band/text.ts'
import type { Clip } from '../../../simulator/media/clips/file.ts'
import { ClipLibrary } from '../../../simulator/media/clips/library.ts'
import type { ClipSpec } from '../../../simulator/media/clips/spec.ts'
import { joinNals } from '../../../simulator/media/h264/annexb.ts'
import { sceneNames } from '../../../simulator/media/scenes/scene.ts'
import { encodeCode, readStrip } from '../../../simulator/media/strip.ts'
import { cacheDir } from './cameras.ts'

const small: ClipSpec = {
  scene: 'gate',
  variant: 0,
  widthPx: 320,
  heightPx: 180,
  pictures: 60,
  framesPerSecond: 15,
  kbitPerSecond: 200,
}
const pictureBytes = (small.widthPx * small.heightPx * 3) / 2
const library = new ClipLibrary(cacheDir)

/** What a decoder that is not ours makes of a byte stream: raw pictures, one after the other. */
function decode(stream: Uint8Array): Buffer[] {
  const arguments_ = '-loglevel error -f h264 -i pipe:0 -f rawvideo -pix_fmt yuv420p pipe:1'.split(' ')
  const { stdout, stderr } = spawnSync('ffmpeg', arguments_, { input: stream, maxBuffer: 2 ** 30 })
  expect(stderr.toString()).toBe('')
  const count = stdout.length / pictureBytes
  return Array.from({ length: count }, (_, i) => stdout.subarray(i * pictureBytes, (i + 1) * pictureBytes))
}

/** Sends the clip's pictures in this order, each with its band. */
function splice(clip: Clip, places: readonly number[]): Uint8Array {
  const band = new Band(clip.backdrop, clip.widthPx)
  const writer = new BandSliceWriter(band.widthMbs)
  const nals = places.flatMap((place, sent) => {
    const picture = clip.pictures[place]!
    band.show(
      bandText('Main gate', { shownMs: 1_795_415_538_638 + sent * 67, counter: sent }, band.columns),
      encodeCode(sent, sent * 67),
    )
    const slices = [writer.write(picture.bandHeader, band), ...picture.below]
    return picture.isKey ? [...picture.parameterSets, ...slices] : slices
  })
  return joinNals(nals)
}

it('a clip is what the band needs: key pictures each two seconds, each picture in slices parted below the band', async () => {
  const clip = await library.clip(small)
  expect({
    keyPlaces: clip.keyPlaces,
    pictures: clip.pictures.length,
    sizeMbs: [clip.sps.widthMbs, clip.sps.heightMbs],
    firstFrameNums: clip.pictures.slice(28, 33).map(({ bandHeader }) => bandHeader.frameNum),
    slicesBelow: new Set(clip.pictures.map(({ below }) => below.length)),
  }).toEqual({
    keyPlaces: [0, 30],
    pictures: 60,
    sizeMbs: [20, 12],
    firstFrameNums: [12, 13, 0, 1, 2],
    slicesBelow: new Set([1]),
  })
})

it('every picture of two rounds through the clip carries its own strip', async () => {
  const clip = await library.clip(small)
  const decoded = decode(
    splice(
      clip,
      Array.from({ length: 120 }, (_, i) => i % 60),
    ),
  )
  const readings = decoded.map((picture) => readStrip(picture, small.widthPx, 1))
  expect(readings).toEqual(Array.from({ length: 120 }, (_, i) => ({ counter: i, sentMs: i * 67 })))
})

it.each(sceneNames)('%s: the text changes the band and nothing below it', async (scene) => {
  const clip = await library.clip({ ...small, scene, variant: 1 })
  const everyPlace = clip.pictures.map((_, place) => place)
  const once = decode(splice(clip, everyPlace))
  const band = new Band(clip.backdrop, clip.widthPx)
  const writer = new BandSliceWriter(band.widthMbs)
  const empty = decode(
    joinNals(
      clip.pictures.flatMap(({ isKey, parameterSets, bandHeader, below }) => [
        ...(isKey ? parameterSets : []),
        writer.write(bandHeader, band),
        ...below,
      ]),
    ),
  )
  const below = small.widthPx * BAND_HEIGHT_PX
  const changed = once.filter(
    (picture, i) =>
      !picture.subarray(below, small.widthPx * 180).equals(empty[i]!.subarray(below, small.widthPx * 180)),
  )
  expect({ pictures: once.length, changedBelow: changed.length }).toEqual({ pictures: 60, changedBelow: 0 })
  expect(once[5]!.subarray(0, below).equals(empty[5]!.subarray(0, below))).toBe(false)
})

it('from key picture to key picture, as fast playback does, decodes as well', async () => {
  const clip = await library.clip(small)
  const decoded = decode(splice(clip, [0, 30, 0, 30, 0, 30]))
  expect(decoded.map((picture) => readStrip(picture, small.widthPx, 1)?.counter)).toEqual([0, 1, 2, 3, 4, 5])
})
