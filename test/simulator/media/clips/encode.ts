import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { BAND_HEIGHT_PX } from '../band/band.ts'
import type { Planes } from '../draw/finish.ts'

/** Pictures from one key picture to the next: two seconds at 15 a second. */
export const GROUP_LENGTH = 30

/**
 * Encodes pictures with Debian's ffmpeg and libx264 into what the band can be spliced into: CAVLC, no B pictures, no
 * weighted prediction, no deblocking (it would cross into the band), and each picture in two slices, the first just the
 * band. The band itself is white, which no scene is at its top: a picture must not be predicted from what is replaced.
 */
export async function encode(
  pictures: Iterable<Planes>,
  video: { widthPx: number; heightPx: number; framesPerSecond: number; kbitPerSecond: number },
): Promise<Buffer> {
  const ffmpeg = spawn('ffmpeg', argumentsFor(video), { stdio: ['pipe', 'pipe', 'pipe'] })
  const stream: Buffer[] = []
  let complaint = ''
  ffmpeg.stdout.on('data', (chunk: Buffer) => stream.push(chunk))
  ffmpeg.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  ffmpeg.stdin.on('error', () => {}) // it ended early: its exit code says so, with the reason
  const ended = once(ffmpeg, 'close').catch(sayWhatIsMissing)
  ended.catch(() => {}) // said when it is awaited

  for (const picture of pictures) {
    blankBand(picture, video.widthPx)
    if (!ffmpeg.stdin.writable) break
    ffmpeg.stdin.write(picture.luma)
    ffmpeg.stdin.write(picture.cb)
    if (!ffmpeg.stdin.write(picture.cr)) await Promise.race([drained(ffmpeg.stdin), ended])
  }
  ffmpeg.stdin.end()
  const [exitCode] = (await ended) as [number | null]
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${String(exitCode)}: ${complaint.trim()}`)
  return Buffer.concat(stream)
}

/** "spawn ffmpeg ENOENT" helps nobody. */
function sayWhatIsMissing(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    throw new Error('ffmpeg is not installed, and draws the pictures; on Debian: apt-get install ffmpeg', {
      cause: error,
    })
  throw error
}

/** Waits for room; never fails, since the encoder's end tells more than a broken pipe. */
async function drained(pipe: Writable): Promise<void> {
  return new Promise((resolve) => pipe.once('drain', resolve))
}

function blankBand({ luma, cb, cr }: Planes, widthPx: number): void {
  luma.fill(255, 0, widthPx * BAND_HEIGHT_PX)
  cb.fill(128, 0, (widthPx * BAND_HEIGHT_PX) / 4)
  cr.fill(128, 0, (widthPx * BAND_HEIGHT_PX) / 4)
}

function argumentsFor(video: {
  widthPx: number
  heightPx: number
  framesPerSecond: number
  kbitPerSecond: number
}): string[] {
  const bandMbs = (video.widthPx / 16) * (BAND_HEIGHT_PX / 16)
  const x264 = {
    keyint: GROUP_LENGTH,
    'min-keyint': GROUP_LENGTH,
    scenecut: 0,
    bframes: 0,
    ref: 1,
    cabac: 0,
    'no-deblock': 1,
    weightp: 0,
    subme: 0, // whole pixels: between pixels, the filter would reach up into the band
    'slice-max-mbs': bandMbs,
    'slices-max': 1,
    'sliced-threads': 0,
    threads: 1,
    'repeat-headers': 1,
    aud: 0,
    colorprim: 'bt709',
    transfer: 'bt709',
    colormatrix: 'bt709',
  }
  const rate = video.kbitPerSecond
  return [
    ['-hide_banner', '-loglevel', 'error', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
    ['-s', `${video.widthPx}x${video.heightPx}`, '-r', String(video.framesPerSecond), '-i', 'pipe:0'],
    ['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'superfast', '-pix_fmt', 'yuv420p'],
    ['-b:v', `${rate}k`, '-maxrate', `${rate * 1.2}k`, '-bufsize', `${rate * 0.6}k`],
    [
      '-x264-params',
      Object.entries(x264)
        .map(([name, value]) => `${name}=${value}`)
        .join(':'),
    ],
    ['-f', 'h264', 'pipe:1'],
  ].flat()
}
