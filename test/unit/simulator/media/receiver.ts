import datachannel, { type PeerConnection } from 'node-datachannel'
import type { Sender } from '../../../simulator/media/index.ts'

/** A client without a browser: takes a session's packets as they come. */
export interface Receiver {
  /** RTP packets, in order of arrival. */
  readonly packets: readonly Buffer[]
  /** RTP packets of sound. */
  readonly sound: readonly Buffer[]
  /** Resolves once that many packets came. */
  arrived: (packets: number) => Promise<void>
  /** Opens the client's own channel and sends one text. */
  command: (text: string) => void
  close: () => void
}

const candidatesOf = (sdp: string): string[] => sdp.match(/(?<=a=)candidate:[^\r\n]*/g) ?? []
const withoutCandidates = (sdp: string): string => sdp.replace(/a=(candidate:|end-of-candidates)[^\n]*\n/g, '')

/** Answers a sender's offer, giving the answer to it. */
export function receive(sender: Sender): Receiver {
  const packets: Buffer[] = []
  const sound: Buffer[] = []
  const waiting = new Set<() => void>()
  const kept: unknown[] = []
  const connection: PeerConnection = new datachannel.PeerConnection('receiver', {
    iceServers: [],
    bindAddress: '127.0.0.1',
  })
  connection.onLocalDescription((sdp, type) => {
    if (type !== 'answer') return
    sender.answer(sdp)
    for (const candidate of candidatesOf(sender.offerSdp)) connection.addRemoteCandidate(candidate, '0')
  })
  connection.onLocalCandidate((candidate, mid) => sender.addCandidate(candidate.replace(/^a=/, ''), mid))
  connection.onTrack((track) => {
    kept.push(track)
    track.onMessage((packet) => {
      if (packet[1] === 0) sound.push(packet)
      if ((packet[1]! & 0x7f) !== 104) return
      packets.push(packet)
      for (const look of waiting) look()
    })
  })
  // Only once the sender has its answer may anything reach it: this client is so quick that the handshake would come first,
  // and libdatachannel refuses a certificate it cannot hold against an answer yet. A browser is never that quick.
  connection.setRemoteDescription(withoutCandidates(sender.offerSdp), 'offer')

  return {
    packets,
    sound,
    async arrived(count) {
      await new Promise<void>((resolve) => {
        const look = () => {
          if (packets.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      })
    },
    command(text) {
      const channel = connection.createDataChannel('commands', { protocol: 'videoos-commands' })
      kept.push(channel)
      channel.onOpen(() => void channel.sendMessage(text))
    },
    close() {
      kept.length = 0
      connection.close()
    },
  }
}
