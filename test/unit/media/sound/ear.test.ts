import { expect, it } from 'vitest'
import type { Failure } from '../../../../src-preload/contract/failure.ts'
import { Ear } from '../../../../src-renderer/media/sound/ear.ts'

const no: Failure = { kind: 'refused', call: 'WebRTC', status: 400, text: 'no' }
const away: Failure = { kind: 'unreachable', what: 'server', how: 'closed' }
const receiver = {} as RTCRtpReceiver
const seen = { withSound: true, isSeen: true, receiver }

it('asks for sound only while somebody listens', () => {
  const ear = new Ear()
  expect([ear.asks, ear.soundOf(seen)]).toEqual([false, { is: 'off' }])
  expect([ear.listen(true), ear.listen(true), ear.asks]).toEqual([true, false, true])
  expect([ear.listen(false), ear.asks]).toEqual([true, false])
})

it('the sound is there with the picture it belongs to, not before, and said to be missing only once it is', () => {
  const ear = new Ear()
  ear.listen(true)
  expect([
    ear.soundOf(null),
    ear.soundOf({ ...seen, withSound: false }),
    ear.soundOf({ ...seen, isSeen: false }),
    ear.soundOf({ ...seen, receiver: null }),
    ear.soundOf(seen),
  ]).toEqual([{ is: 'coming' }, { is: 'coming' }, { is: 'coming' }, { is: 'none' }, { is: 'there', receiver }])
})

it('a session refused with sound is gone on without, until it is listened to anew', () => {
  const ear = new Ear()
  ear.listen(true)
  expect([ear.lost(no, true), ear.asks, ear.soundOf(seen)]).toEqual([true, false, { is: 'none' }])
  ear.listen(false)
  ear.listen(true)
  expect(ear.asks).toBe(true)
})

it('what the network did says nothing of sound, nor what is refused without it too', () => {
  const ear = new Ear()
  ear.listen(true)
  expect([ear.lost(away, true), ear.asks]).toEqual([false, true])
  ear.lost(no, true)
  expect([ear.lost(no, false), ear.asks]).toEqual([false, true])
})
