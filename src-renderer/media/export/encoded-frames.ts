/** A picture as the server sent it, as no decoder has touched it. */
export interface EncodedFrame {
  isKey: boolean
  /** 32 bits; of recordings in milliseconds (xprotect-api.md 3.6). */
  rtpTimestamp: number
  /** H.264 with start codes: NAL units in the order they were sent, SEI among them. */
  bytes: Uint8Array<ArrayBuffer>
  /** 0 where it is not said; key pictures say it. */
  widthPx: number
  heightPx: number
}

/**
 * What Chromium has had since 2020, and no standard. The standard's own way needs a worker, which needs a script address
 * that the page's policy trusts; it is in none of the engines this program runs on below Chromium 141 [?].
 */
interface Insertable {
  createEncodedStreams: () => {
    readable: ReadableStream<RTCEncodedVideoFrame>
    writable: WritableStream<RTCEncodedVideoFrame>
  }
}

/** Whether this engine hands out pictures before they are decoded. */
export const hasEncodedFrames = (): boolean => 'createEncodedStreams' in RTCRtpReceiver.prototype

/** What a peer must be made with for it. */
export const encodedConfiguration = { encodedInsertableStreams: true } as RTCConfiguration

/**
 * Hands out what a receiver gets, until it ends; call it in the very event that brings the track. Only key pictures go on
 * to the decoder: with none at all the engine would keep asking the server for one.
 */
export function readEncoded(receiver: RTCRtpReceiver, onFrame: (frame: EncodedFrame) => void): void {
  const { readable, writable } = (receiver as unknown as Insertable).createEncodedStreams()
  const keysOnly = new TransformStream<RTCEncodedVideoFrame, RTCEncodedVideoFrame>({
    transform(frame, controller) {
      onFrame(copied(frame))
      if (frame.type === 'key') controller.enqueue(frame)
    },
  })
  readable
    .pipeThrough(keysOnly)
    .pipeTo(writable)
    .catch(() => {}) // its peer was closed
}

function copied(frame: RTCEncodedVideoFrame): EncodedFrame {
  const {
    rtpTimestamp,
    width = 0,
    height = 0,
  } = frame.getMetadata() as RTCEncodedVideoFrameMetadata & {
    rtpTimestamp?: number
  }
  return {
    isKey: frame.type === 'key',
    rtpTimestamp: rtpTimestamp ?? frame.timestamp,
    // The decoder takes the original away.
    bytes: new Uint8Array(frame.data.slice(0)),
    widthPx: width,
    heightPx: height,
  }
}
