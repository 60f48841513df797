import { spawnSync } from 'node:child_process'
import { afterAll, expect, it, vi } from 'vitest'
import type { Media, Playback } from '../../../simulator/media/index.ts'
import { recordedFrameAt } from '../../../simulator/media/recorded-frame.ts'
import { joinNals } from '../../../simulator/media/h264/annexb.ts'
import { readStrip } from '../../../simulator/media/strip.ts'
import { carPark, openMedia, sub } from './cameras.ts'
import { receive } from './receiver.ts'
import { unpack } from './unpack.ts'

const media: Media = await openMedia()
afterAll(async () => media.close())

/** Of the small clips that tests play. */
const [widthPx, heightPx] = [320, 180]
/** In the middle of a picture, so that the first shown begins a little later. */
const start = 1_795_415_538_638

const always: Playback = {
  startAtMs: start,
  speed: 1,
  skipGaps: false,
  next: (fromMs) => ({ beginMs: fromMs, endMs: start + 86_400_000 }),
  nowMs: () => start + 86_400_000,
}

/** Two seconds of recording, a gap of an hour, and more. */
const withGap = (fromMs: number) =>
  fromMs < start + 2000
    ? { beginMs: fromMs, endMs: start + 2000 }
    : { beginMs: Math.max(fromMs, start + 3_602_000), endMs: start + 86_400_000 }

/** A picture as it came: its RTP time, and what its strip says once decoded. */
interface Shown {
  rtpMs: number
  counter: number | undefined
  recordedMs: number | undefined
}

/** Plays until so many pictures came, and decodes them with a decoder that is not ours. */
async function play(playback: Partial<Playback>, pictures: number): Promise<{ shown: Shown[]; types: Set<number> }> {
  const sender = await media.openSender({ camera: carPark, stream: sub, playback: { ...always, ...playback } })
  const receiver = receive(sender)
  const times = (): number[] => [...new Set(receiver.packets.map((packet) => packet.readUInt32BE(4)))]
  for (let packets = pictures; times().length <= pictures; packets = receiver.packets.length + 1) {
    await receiver.arrived(packets)
  }
  sender.close()
  receiver.close()
  const whole = times().slice(0, pictures)
  const payloads = receiver.packets.filter((packet) => whole.includes(packet.readUInt32BE(4)))
  const nals = unpack(payloads.map((packet) => packet.subarray(12)))
  const readings = decode(joinNals(nals)).map((picture) => readStrip(picture, widthPx, 1))
  return {
    shown: whole.map((rtpMs, at) => ({
      rtpMs,
      counter: readings[at]?.counter,
      recordedMs: readings[at]?.sentMs,
    })),
    types: new Set(nals.map((nal) => nal[0]! & 31)),
  }
}

function decode(stream: Uint8Array): Buffer[] {
  const arguments_ = '-loglevel error -f h264 -i pipe:0 -vsync passthrough -f rawvideo -pix_fmt yuv420p pipe:1'.split(
    ' ',
  )
  const { stdout } = spawnSync('ffmpeg', arguments_, { input: stream, maxBuffer: 2 ** 30 })
  const pictureBytes = (widthPx * heightPx * 3) / 2
  return Array.from({ length: stdout.length / pictureBytes }, (_, i) =>
    stdout.subarray(i * pictureBytes, (i + 1) * pictureBytes),
  )
}

/** What a picture must say that stands at this RTP time. */
function expected(rtpMs: number): Shown {
  const { counter, recordedMs } = recordedFrameAt(carPark.number, start + rtpMs)
  return { rtpMs, counter, recordedMs: recordedMs % 2 ** 28 }
}

it('each picture’s RTP time is its recorded time in milliseconds since the moment asked for', async () => {
  const { shown } = await play({}, 45)
  expect(shown).toEqual(shown.map(({ rtpMs }) => expected(rtpMs)))
  expect(shown[0]!.rtpMs).toBeLessThan(67)
  const frames = shown.map(({ counter }) => counter! & 1023)
  expect(frames).toEqual(frames.map((_, at) => (frames[0]! + at) % 1024))
})

it('at twice the speed every picture comes, and at four times key pictures alone, in recording time', async () => {
  const [twice, fourTimes] = await Promise.all([play({ speed: 2 }, 45), play({ speed: 4 }, 4)])
  expect([twice.shown, fourTimes.shown]).toEqual(
    [twice, fourTimes].map(({ shown }) => shown.map(({ rtpMs }) => expected(rtpMs))),
  )
  expect(twice.shown.at(-1)!.rtpMs - twice.shown[0]!.rtpMs).toBe(2933)
  expect(fourTimes.types).toEqual(new Set([7, 8, 5]))
  expect(fourTimes.shown.map(({ rtpMs }) => rtpMs - fourTimes.shown[0]!.rtpMs)).toEqual([0, 2000, 4000, 6000])
})

it('over a gap that is skipped the RTP time jumps by its length, and the picture after it is a key picture', async () => {
  const { shown } = await play({ next: withGap, skipGaps: true }, 45)
  expect(shown).toEqual(shown.map(({ rtpMs }) => expected(rtpMs)))
  const jump = shown.findIndex(({ rtpMs }) => rtpMs > 2000)
  expect([shown[jump - 1]!.rtpMs < 2000, shown[jump]!.rtpMs >= 3_602_000, shown[jump]!.rtpMs < 3_602_067]).toEqual([
    true,
    true,
    true,
  ])
})

it('a gap that is not skipped is silence, and the same moment afterwards has the same picture for everybody', async () => {
  const next = (fromMs: number) => ({ beginMs: Math.max(fromMs, start + 1000), endMs: start + 86_400_000 })
  const [waiting, skipping] = await Promise.all([play({ next }, 5), play({ next, skipGaps: true }, 5)])
  expect([waiting.shown, waiting.shown[0]!.rtpMs >= 1000]).toEqual([skipping.shown, true])
})

it('a first picture 20 days after the moment asked for has its time, and at speed 32 it goes on', async () => {
  const days = 20 * 86_400_000
  const next = (fromMs: number) => ({ beginMs: Math.max(fromMs, start + days), endMs: start + 2 * days })
  const { shown } = await play({ next, skipGaps: true, speed: 32, nowMs: () => start + 2 * days }, 4)
  expect(shown).toEqual(shown.map(({ rtpMs }) => expected(rtpMs)))
  expect(shown[0]!.rtpMs).toBeGreaterThanOrEqual(days)
})

it('a server that is slow to find the moment, and one that stops', async () => {
  const openSender = (more: object) =>
    media.openSender({ camera: carPark, stream: sub, playback: { ...always, ...more } })
  const [slow, stopping] = [await openSender({ seekMs: 700 }), await openSender({ stopsAfter: 3 })]
  const receivers = [receive(slow), receive(stopping)]
  const connectedAt = await new Promise<number>((resolve) => {
    slow.onState((state) => {
      if (state === 'connected') resolve(performance.now())
    })
  })
  await receivers[0]!.arrived(1)
  const waitedMs = performance.now() - connectedAt
  await vi.waitFor(() => expect(stopping.stats().framesSent).toBe(3), { timeout: 10_000 })
  await receivers[0]!.arrived(40) // so long the other goes on
  expect([waitedMs > 650, stopping.state, stopping.stats().framesSent]).toEqual([true, 'connected', 3])
  for (const each of [slow, stopping, ...receivers]) each.close()
})
