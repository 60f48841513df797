// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Speaker } from '../../../../src-renderer/media/sound/speaker.ts'
import { FakeMediaStream } from '../fakes.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', FakeMediaStream)
  Object.assign(HTMLMediaElement.prototype, { play: async () => {}, pause: () => {} })
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { value: null, writable: true, configurable: true })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

/** A receiver whose packets come when the test says so. */
function source(name: string) {
  const state = { packets: 0 }
  const track = { name } as unknown as MediaStreamTrack
  return {
    state,
    receiver: {
      track,
      getSynchronizationSources: () => (state.packets === 0 ? [] : [{ timestamp: state.packets }]),
    } as unknown as RTCRtpReceiver,
  }
}
const plays = () =>
  [...document.querySelectorAll('audio')].map(
    ({ srcObject }) => (srcObject as unknown as FakeMediaStream | null)?.tracks ?? null,
  )

it('is heard once packets arrive, and not any more a second after the last', async () => {
  const { state, receiver } = source('gate')
  const heard: boolean[] = []
  new Speaker().play(receiver, (isHeard) => heard.push(isHeard))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(heard).toEqual([])
  state.packets++
  await vi.advanceTimersByTimeAsync(250)
  expect(heard).toEqual([true])
  for (let passed = 0; passed < 3_000; passed += 250) {
    state.packets++
    await vi.advanceTimersByTimeAsync(250)
  }
  expect(heard).toEqual([true])
  await vi.advanceTimersByTimeAsync(1_500)
  expect(heard).toEqual([true, false])
})

it('plays one source at a time, and the end of the first does not silence the second', async () => {
  const speaker = new Speaker()
  const [gate, yard] = [source('gate'), source('yard')]
  const heard: string[] = []
  const stopGate = speaker.play(gate.receiver, () => heard.push('gate'))
  const stopYard = speaker.play(yard.receiver, () => heard.push('yard'))
  stopGate()
  gate.state.packets++
  yard.state.packets++
  await vi.advanceTimersByTimeAsync(500)
  expect([plays(), heard]).toEqual([[[yard.receiver.track]], ['yard']])
  stopYard()
  yard.state.packets++
  await vi.advanceTimersByTimeAsync(5_000)
  expect([plays(), heard]).toEqual([[null], ['yard']])
})

it('is as loud as it is told, before and while it plays', () => {
  const speaker = new Speaker()
  speaker.setVolume(0.2)
  speaker.play(source('gate').receiver, () => {})
  const audio = document.querySelector('audio')!
  expect(audio.volume).toBeCloseTo(0.2)
  speaker.setVolume(0.5)
  expect(audio.volume).toBeCloseTo(0.5)
  speaker.close()
  expect(plays()).toEqual([])
})
