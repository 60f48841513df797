/**
 * A description in which sound and picture belong to streams of their own, whatever the server says of it.
 *
 * Chromium keeps what belongs to one stream in step, and holds the picture back until the sound has come through its
 * buffer: measured, a live picture came 700 ms late while it was listened to, instead of 120. It reckons that by the
 * clocks of both, and the picture's is not what it says it is (xprotect-api.md 3.6).
 */
export function apartFromPicture(sdp: string): string {
  const sections = sdp.split(/^(?=m=)/m)
  return sections.map((section) => (section.startsWith('m=audio') ? inOwnStream(section) : section)).join('')
}

function inOwnStream(section: string): string {
  const lines = section.split(/\r?\n/).filter((line) => line !== '' && !/^a=(msid:|ssrc:\d+ msid:)/.test(line))
  return [...lines, 'a=msid:sound sound', ''].join('\r\n')
}
