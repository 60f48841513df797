import { nowMs } from '../clock.ts'

/** Looked at so often. */
const LOOK_MS = 250
/** After so long without a packet nothing is heard any more. */
const SILENT_MS = 1_000

/** As much of a receiver as is asked for. */
type Source = Pick<RTCRtpReceiver, 'track' | 'getSynchronizationSources'>

/**
 * The one loudspeaker of the page. What is played takes the place of what was: nobody hears two rooms at once.
 *
 * Pictures are muted always; sound has an element of its own, so that a picture that changes its video is no matter.
 */
export class Speaker {
  #audio: HTMLAudioElement | null = null
  #volume = 1
  #stop: () => void = () => {}

  /** From 0 to 1. */
  setVolume(volume: number): void {
    this.#volume = volume
    if (this.#audio) this.#audio.volume = volume
  }

  /**
   * Plays what arrives until the returned function is called, or something else is played. `onHeard` is told whether packets
   * arrive, on each change: that there is a track is no proof of sound.
   */
  play(source: Source, onHeard: (isHeard: boolean) => void): () => void {
    this.#stop()
    const audio = this.#element()
    audio.srcObject = new MediaStream([source.track])
    audio.volume = this.#volume
    audio.play().catch(() => {}) // another source took its place; a key or a click led here, so the engine lets it play
    const endWatch = watchArrivals(source, onHeard)
    const stop = (): void => {
      if (this.#stop !== stop) return
      this.#stop = () => {}
      endWatch()
      audio.pause()
      audio.srcObject = null
    }
    this.#stop = stop
    return stop
  }

  close(): void {
    this.#stop()
    this.#audio?.remove()
    this.#audio = null
  }

  #element(): HTMLAudioElement {
    this.#audio ??= document.body.appendChild(document.createElement('audio'))
    return this.#audio
  }
}

/** Tells when packets begin to arrive, and when they have not for a while. */
function watchArrivals(source: Source, onHeard: (isHeard: boolean) => void): () => void {
  let last: number | undefined
  let heardAtMs = -Infinity
  let isHeard = false
  const look = (): void => {
    const at = source.getSynchronizationSources()[0]?.timestamp
    if (at !== undefined && at !== last) {
      last = at
      heardAtMs = nowMs()
    }
    const isHeardNow = nowMs() - heardAtMs < SILENT_MS
    if (isHeardNow === isHeard) return
    isHeard = isHeardNow
    onHeard(isHeard)
  }
  const timer = setInterval(look, LOOK_MS)
  return () => clearInterval(timer)
}
