import { afterAll, expect, it, vi } from 'vitest'
import type { Media } from '../../../simulator/media/index.ts'
import { fromMuLaw, muLaw } from '../../../simulator/media/sound/mu-law.ts'
import { blockOf, SoundSender } from '../../../simulator/media/sound/sound-sender.ts'
import { heardAt, readTone, toneOf, type HeardTone } from '../../../simulator/media/sound/tone.ts'
import { carPark, openMedia, sub } from './cameras.ts'
import { receive } from './receiver.ts'

let media: Media | undefined
afterAll(async () => media?.close())

/** The spectrum of a block in decibels, a bin each 50 Hz, by the definition of the transform. */
function spectrum(block: Uint8Array): number[] {
  return Array.from({ length: 80 }, (_, bin) => {
    let [re, im] = [0, 0]
    block.forEach((byte, at) => {
      const turn = (2 * Math.PI * bin * at) / block.length
      re += fromMuLaw(byte) * Math.cos(turn)
      im += fromMuLaw(byte) * Math.sin(turn)
    })
    return 20 * Math.log10(Math.hypot(re, im) / block.length + 1e-9)
  })
}
/** Neighbours of a bin belong to the next tone here: bins between them keep them apart. */
const apart = (levels: readonly number[]): number[] => levels.flatMap((level) => [level, -200, -200])
const heardIn = (block: Uint8Array): HeardTone | null => readTone(apart(spectrum(block)), 50 / 3)

it('mu-law is that of G.711, and loses next to nothing', () => {
  expect([0, 1, -1].map(muLaw)).toEqual([0xff, 0x80, 0x00])
  for (const sample of [0.5, -0.25, 0.01, -0.001])
    expect(Math.abs(fromMuLaw(muLaw(sample)) - sample)).toBeLessThan(0.001 + Math.abs(sample) / 16)
})

it('every camera and every second has a sound of its own, which tells them', () => {
  for (let camera = 0; camera < 16; camera++)
    for (const second of [0, 7, 19]) expect(heardIn(blockOf({ camera, second }))).toEqual({ camera, second })
  expect(toneOf({ camera: 15, second: 19 })).toEqual({ cameraHz: 1150, secondHz: 3300 })
  expect(heardAt(21, 1_795_415_538_638)).toEqual({ camera: 5, second: 18 })
})

it('silence, and two seconds at once, tell nothing', () => {
  expect(
    readTone(
      Array.from({ length: 240 }, () => -100),
      50 / 3,
    ),
  ).toBeNull()
  const both = spectrum(blockOf({ camera: 3, second: 4 })).map((level, bin) =>
    Math.max(level, spectrum(blockOf({ camera: 3, second: 5 }))[bin]!),
  )
  expect(readTone(apart(both), 50 / 3)).toBeNull()
})

it('blocks lie on a grid since 1970, and their timestamps count samples since the moment asked for', () => {
  const packets: Buffer[] = []
  const sound = new SoundSender({ ssrc: 7, cameraNumber: 3, send: (packet) => packets.push(packet) })
  sound.send({ fromMs: 1005, toMs: 1061, zeroMs: 1005 })
  sound.send({ fromMs: 1061, toMs: 1100, zeroMs: 1005 })
  const rtp = packets.filter((packet) => packet[1] === 0)
  expect(rtp.map((packet) => packet.readUInt32BE(4) / 8)).toEqual([15, 35, 55, 75])
  expect(rtp.every((packet) => packet.length === 172 && packet.readUInt32BE(8) === 7)).toBe(true)
  expect(heardIn(rtp[0]!.subarray(12))).toEqual({ camera: 3, second: 1 })
  // One report, at once: a receiver needs two to know the clock.
  expect(packets.length - rtp.length).toBe(1)
  expect(sound.packetsSent).toBe(4)
})

it('a recording is heard as it was, silent where nothing was recorded', async () => {
  media = await openMedia()
  const startAtMs = 1_795_415_538_000
  const spans = [
    { beginMs: startAtMs, endMs: startAtMs + 600 },
    { beginMs: startAtMs + 1_400, endMs: startAtMs + 86_400_000 },
  ]
  const sender = await media.openSender({
    camera: carPark,
    stream: sub,
    withSound: true,
    playback: {
      startAtMs,
      speed: 1,
      skipGaps: false,
      next: (fromMs) => spans.find(({ endMs }) => endMs > fromMs),
      nowMs: () => startAtMs + 86_400_000,
    },
  })
  expect(sender.hasSound).toBe(true)
  const receiver = receive(sender)
  const times = (): number[] => receiver.sound.map((packet) => packet.readUInt32BE(4) / 8)
  await vi.waitFor(() => expect(Math.max(...times())).toBeGreaterThan(1_800), { timeout: 10_000, interval: 50 })
  sender.close()
  receiver.close()
  // A picture's sound reaches to the next picture.
  expect(times().filter((ms) => ms > 670 && ms < 1_395)).toEqual([])
  expect(times().filter((ms) => ms < 600)).toEqual(Array.from({ length: 30 }, (_, at) => at * 20))
  for (const packet of receiver.sound)
    expect(heardIn(packet.subarray(12))).toEqual(heardAt(carPark.number, startAtMs + packet.readUInt32BE(4) / 8))
  expect(sender.stats().soundPacketsSent).toBe(receiver.sound.length)
})
