import { expect, it } from 'vitest'
import { apartFromPicture } from '../../../../src-renderer/media/sound/own-stream.ts'

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`
const video = ['m=video 9 UDP/TLS/RTP/SAVPF 104', 'a=mid:1', 'a=msid:stream video']

it('sound gets a stream of its own, wherever its section stands and whatever the server says', () => {
  const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=mid:0', 'a=ssrc:2 cname:c']
  const said = [...audio, 'a=ssrc:2 msid:stream audio', 'a=msid:stream audio']
  const own = [...audio, 'a=msid:sound sound']
  expect(apartFromPicture(lines('v=0', ...said, ...video))).toBe(lines('v=0', ...own, ...video))
  expect(apartFromPicture(lines('v=0', ...video, ...audio))).toBe(lines('v=0', ...video, ...own))
})

it('a description without sound is left alone to the letter', () => {
  const sdp = `v=0\n${video.join('\n')}\n`
  expect(apartFromPicture(sdp)).toBe(sdp)
})
