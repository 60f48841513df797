import { afterAll, expect, it } from 'vitest'
import { createMedia, type Media, type PeerState, type Sender } from '../../../simulator/media/index.ts'
import { cacheDir, carPark, openMedia, sub } from './cameras.ts'
import { receive } from './receiver.ts'
import { unpack } from './unpack.ts'

const media: Media = await openMedia()
afterAll(async () => media.close())

/** Resolves at the first of these states. */
async function reaches(sender: Sender, ...wanted: PeerState[]): Promise<PeerState> {
  return new Promise((resolve) => {
    const look = (state: PeerState) => {
      if (wanted.includes(state)) resolve(state)
    }
    sender.onState(look)
    look(sender.state)
  })
}

it('a client that answers gets whole pictures, their times in milliseconds from zero', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub })
  const receiver = receive(sender)
  await receiver.arrived(60)
  const counts = sender.stats()
  sender.close()
  receiver.close()

  const nals = unpack(receiver.packets.map((packet) => packet.subarray(12)))
  expect(nals.slice(0, 4).map((nal) => nal[0]! & 31)).toEqual([7, 8, 5, 5])
  const times = [...new Set(receiver.packets.map((packet) => packet.readUInt32BE(4)))]
  const steps = times.slice(1).map((time, i) => time - times[i]!)
  expect(times[0]).toBeLessThan(40)
  expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeCloseTo(66.7, -1)
  expect(counts.framesSent).toBe(counts.counter)
  expect(counts.packetsSent).toBeGreaterThanOrEqual(60)
})

it('a client’s command arrives as it was sent', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub })
  const heard = new Promise<string>((resolve) => sender.onCommand(resolve))
  const receiver = receive(sender)
  await reaches(sender, 'connected')
  receiver.command('{"type":"request","method":"ptzMove","params":{"direction":"left"}}')
  expect(await heard).toBe('{"type":"request","method":"ptzMove","params":{"direction":"left"}}')
  sender.close()
  receiver.close()
})

it('a frozen session stays connected and goes on with a key picture', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub })
  const receiver = receive(sender)
  await receiver.arrived(10)
  sender.freeze(true)
  const frozenAt = sender.stats().framesSent
  const other = await media.openSender({ camera: carPark, stream: sub })
  const witness = receive(other)
  await witness.arrived(30)
  expect([sender.stats().framesSent, sender.state]).toEqual([frozenAt, 'connected'])

  const before = receiver.packets.length
  sender.freeze(false)
  await receiver.arrived(before + 3)
  const nals = unpack(receiver.packets.slice(before).map((packet) => packet.subarray(12)))
  expect(nals.slice(0, 2).map((nal) => nal[0]! & 31)).toEqual([7, 8])
  for (const each of [sender, other, receiver, witness]) each.close()
})

it('a session that must not connect never does, and closes like any other', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub, neverConnect: true })
  expect(sender.candidates).toEqual(['candidate:1 1 udp 2114977791 127.0.0.1 9 typ host'])
  const receiver = receive(sender)
  await reaches(sender, 'connecting')
  sender.close()
  receiver.close()
  expect([sender.state, sender.stats().framesSent]).toEqual(['closed', 0])
})

it('an H.265 camera makes an offer and sends nothing', async () => {
  const sender = await media.openSender({ camera: carPark, stream: { ...sub, codec: 'H265' } })
  expect(sender.offerSdp).toContain('a=rtpmap:104 H265/90000\r\n')
  sender.close()
  expect(sender.stats()).toEqual({ framesSent: 0, packetsSent: 0, nacks: 0, plis: 0, counter: 0, soundPacketsSent: 0 })
})

it('candidates of other machines are dropped, before the answer as well as after the end', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub })
  for (const address of ['192.0.2.7', '3b7e0c0c-1111-2222-3333-444455556666.local']) {
    sender.addCandidate(`candidate:1 1 udp 2113937151 ${address} 5000 typ host`, '0')
  }
  const receiver = receive(sender)
  await reaches(sender, 'connected')
  sender.close()
  sender.close()
  sender.addCandidate('candidate:1 1 udp 2113937151 127.0.0.1 5000 typ host', '0')
  receiver.close()
  expect(sender.state).toBe('closed')
})

it('a client that leaves without a word ends its session', async () => {
  const sender = await media.openSender({ camera: carPark, stream: sub })
  const receiver = receive(sender)
  await receiver.arrived(5)
  receiver.close()
  expect(await reaches(sender, 'failed', 'closed')).toMatch(/failed|closed/)
  sender.close()
})

it('fifty sessions open, play and end, whoever hangs up first', async () => {
  const own = await createMedia({ cacheDir, size: 'small' })
  for (let round = 0; round < 5; round++) {
    const sessions = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const sender = await own.openSender({ camera: carPark, stream: sub })
        return { sender, receiver: receive(sender) }
      }),
    )
    await Promise.all(sessions.map(async ({ receiver }) => receiver.arrived(3)))
    sessions.forEach(({ sender, receiver }, i) => {
      if (i % 2 === 0) receiver.close()
      sender.close()
      if (i % 2 === 1) receiver.close()
    })
    expect(sessions.map(({ sender }) => sender.state)).toEqual(Array.from({ length: 10 }, () => 'closed'))
  }
  await own.close()
})
