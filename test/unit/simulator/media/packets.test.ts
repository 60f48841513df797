import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PacketHistory } from '../../../simulator/media/rtp/history.ts'
import { packetise } from '../../../simulator/media/rtp/packetise.ts'
import { parseFeedback, senderReport } from '../../../simulator/media/rtp/rtcp.ts'
import { RtpStream } from '../../../simulator/media/rtp/stream.ts'
import { unpack } from './unpack.ts'

const nals = fc.array(
  fc
    .tuple(fc.constantFrom(0x67, 0x68, 0x65, 0x41), fc.uint8Array({ minLength: 1, maxLength: 700 }))
    .map(([header, body]) => Uint8Array.of(header, ...body)),
  { minLength: 1, maxLength: 8 },
)

/** The packets that left, by what they are. */
function open(lossPercent = 0): { sent: Buffer[]; rtp: RtpStream; keyRequests: () => number } {
  const sent: Buffer[] = []
  let requests = 0
  let draws = 0
  const rtp = new RtpStream({
    ssrc: 77,
    payloadType: 104,
    send: (packet) => sent.push(packet),
    onKeyRequest: () => requests++,
    random: () => (draws++ % 2 === 0 ? 0 : 0.99),
  })
  rtp.lossPercent = lossPercent
  return { sent, rtp, keyRequests: () => requests }
}

const isRtp = (packet: Buffer): boolean => (packet[1]! & 0x7f) === 104

function nack(first: number, following: number): Buffer {
  const packet = Buffer.from([0x81, 205, 0, 3, 0, 0, 0, 1, 0, 0, 0, 77, 0, 0, 0, 0])
  packet.writeUInt16BE(first & 0xffff, 12)
  packet.writeUInt16BE(following, 14)
  return packet
}

it('NAL units come out of the packets as they went in, and no packet is too long', () => {
  fc.assert(
    fc.property(nals, fc.integer({ min: 60, max: 300 }), (units, maxBytes) => {
      const payloads = packetise(units, maxBytes).map((parts) => Buffer.concat(parts))
      expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(maxBytes)
      expect(unpack(payloads).map((nal) => [...nal])).toEqual(units.map((nal) => [...nal]))
    }),
  )
})

it('a picture is packets in order with one timestamp, the last of them marked', () => {
  const { sent, rtp } = open()
  rtp.sendPicture([Uint8Array.of(0x65, ...new Uint8Array(3000).fill(7))], 66, 1000)
  const packets = sent.filter(isRtp)
  const first = packets[0]!.readUInt16BE(2)
  expect(
    packets.map((packet) => [
      packet.readUInt16BE(2) - first,
      packet.readUInt32BE(4),
      packet.readUInt32BE(8),
      packet[1]! >> 7,
    ]),
  ).toEqual([
    [0, 66, 77, 0],
    [1, 66, 77, 0],
    [2, 66, 77, 1],
  ])
})

it('a sender report goes out once a second and says how much was sent', () => {
  const { sent, rtp } = open()
  for (let ms = 0; ms < 2500; ms += 100) rtp.sendPicture([Uint8Array.of(0x41, 1, 2)], ms, 1_000_000 + ms)
  const reports = sent.filter((packet) => packet[1] === 200)
  expect(reports.map((report) => [report.readUInt32BE(16), report.readUInt32BE(20), report.readUInt32BE(24)])).toEqual([
    [0, 1, 3],
    [1000, 11, 33],
    [2000, 21, 63],
  ])
})

it('a report tells the wall clock in NTP time', () => {
  const report = senderReport({ ssrc: 1, nowMs: 500, rtpTimestamp: 9, packets: 2, octets: 3 })
  expect([report.length, report.readUInt32BE(8), report.readUInt32BE(12)]).toEqual([28, 2_208_988_800, 2 ** 31])
})

it('lost packets are sent again to who asks, and nothing else', () => {
  const { sent, rtp } = open()
  for (let i = 0; i < 40; i++) rtp.sendPicture([Uint8Array.of(0x41, i)], i, 0)
  const before = sent.filter(isRtp)
  const asked = [before[3]!, before[4]!, before[19]!]
  rtp.hear(nack(asked[0]!.readUInt16BE(2), 0b1000_0000_0000_0001))
  expect(sent.slice(before.length + 1)).toEqual(asked)
  expect(rtp.counts).toEqual({ packetsSent: 40, nacks: 1, plis: 0 })
})

it('a packet that was never sent, or long ago, is not found', () => {
  const history = new PacketHistory()
  const packet = (sequence: number): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(sequence, 2)
    return bytes
  }
  for (let sequence = 0; sequence < 1500; sequence++) history.keep(packet(sequence))
  expect([475, 476, 1499, 1500].map((sequence) => history.find(sequence)?.readUInt16BE(2))).toEqual([
    undefined,
    476,
    1499,
    undefined,
  ])
})

it('half of the packets are lost on the way when told so, and those sent again as well', () => {
  const { sent, rtp } = open(50)
  for (let i = 0; i < 40; i++) rtp.sendPicture([Uint8Array.of(0x41, i)], i, 0)
  expect(sent.filter(isRtp)).toHaveLength(20)
  rtp.hear(nack(sent.find(isRtp)!.readUInt16BE(2), 0))
  expect(sent.filter(isRtp)).toHaveLength(20)
})

it('PLI and FIR ask for a key picture; reports and odd bytes ask for nothing', () => {
  const { rtp, keyRequests } = open()
  const receiverReport = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1])
  const pli = Buffer.from([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 77])
  const fir = Buffer.from([0x84, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 77, 1, 0, 0, 0])
  rtp.hear(Buffer.concat([receiverReport, pli]))
  rtp.hear(fir)
  rtp.hear(receiverReport)
  rtp.hear(Buffer.from([0x81]))
  rtp.hear(Buffer.from([0x81, 205, 0, 9, 1, 2]))
  expect([keyRequests(), parseFeedback(Buffer.concat([receiverReport, pli, fir]))]).toEqual([
    2,
    [{ kind: 'key-frame' }, { kind: 'key-frame' }],
  ])
})
