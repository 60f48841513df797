/** What an offer says about its picture. */
export interface OfferFacts {
  /** Picture formats in the order offered, as the server spells them: H264, H265. Empty without a picture. */
  codecs: string[]
  /** There is a place for data channels, so `commands` can be opened (xprotect-api.md 3.7). */
  hasDataChannel: boolean
}

/** Formats that repair or protect others, never a picture of their own. */
const HELPERS = new Set(['rtx', 'red', 'ulpfec', 'flexfec-03'])

/** Reads an offer without judging it. Text that is no SDP gives no codecs. */
export function readOffer(sdp: string): OfferFacts {
  const video = sectionsOf(sdp).find((section) => section.startsWith('m=video')) ?? ''
  const codecs = [...video.matchAll(/^a=rtpmap:\d+ ([^/\s]+)\//gm)].map((match) => match[1] ?? '')
  return {
    codecs: [...new Set(codecs)].filter((codec) => !HELPERS.has(codec.toLowerCase())),
    hasDataChannel: /^m=application [1-9]/m.test(sdp),
  }
}

/**
 * The first codec of the offer that cannot be decoded when none can; `undefined` when there is hope.
 *
 * An offer that names no codec is left to the engine.
 */
export function unplayableCodec(facts: OfferFacts, playable: ReadonlySet<string>): string | undefined {
  if (facts.codecs.some((codec) => playable.has(plainCodec(codec)))) return undefined
  return facts.codecs[0]
}

/** One spelling for a codec, however it is written: `h.264`, `H264`, `video/H264`. */
export const plainCodec = (codec: string): string =>
  codec
    .replace(/^video\//i, '')
    .replace(/[^a-z0-9]/gi, '')
    .toUpperCase()

/**
 * Makes an H.264 offer of High profile acceptable to Chromium.
 *
 * Chromium refuses the m-line for `profile-level-id=64…` although it decodes High streams well (simulator.md 9), so the
 * offer is made to say Constrained Baseline 3.1. Only what the page is told changes; what the server sends does not.
 */
export const acceptHighProfile = (sdp: string): string => sdp.replace(/(profile-level-id=)64[0-9a-f]{4}/gi, '$142e01f')

const sectionsOf = (sdp: string): string[] => sdp.split(/^(?=m=)/m)
