/**
 * The moment a frame shows, epoch milliseconds: what was asked for plus its RTP timestamp, which counts milliseconds of
 * recording whatever the speed (xprotect-api.md 3.6).
 */
export const frameTime = (askedMs: number, rtpTimestamp: number): number => askedMs + rtpTimestamp
