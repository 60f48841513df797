/**
 * The simulator from a shell: `npm run -s simulator -- --help`.
 *
 * Ready, and says so on stdout, once the pictures of a first view are there; runs until SIGTERM or SIGINT. Progress and
 * trouble go to stderr: a wrong command line is one sentence and exit code 2, anything else that prevents a start is 1.
 */
import { once } from 'node:events'
import { createMedia, type Picture } from './media/index.ts'
import { HELP, readArguments, WrongArguments, type Wishes } from './arguments.ts'
import { startSimulator, type Simulator, type SiteCamera } from './start.ts'

/** As many tiles as a newcomer's first view has at most. */
const FIRST_VIEW_CAMERAS = 16

try {
  await main(readArguments(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`simulator: ${sentenceOf(error)}\n`)
  process.exit(error instanceof WrongArguments ? 2 : 1)
}

async function main(wishes: Wishes): Promise<void> {
  const { noMedia, smallMedia, json, help, ...options } = wishes
  if (help) {
    process.stdout.write(HELP)
    return
  }
  const media = noMedia ? null : await createMedia({ size: smallMedia ? 'small' : 'normal' })
  const simulator = await startSimulator({ ...options, media })
  await media?.prepare(firstView(simulator), 'now', sayProgress)
  announce(simulator, json)
  const others = media?.prepare(allPictures(simulator), 'sometime')
  others?.catch((error: unknown) => process.stderr.write(`simulator: ${sentenceOf(error)}\n`))

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await simulator.stop()
  await media?.close()
  process.exit(0)
}

function sayProgress(made: number, wanted: number): void {
  process.stderr.write(`simulator: clip ${made} of ${wanted} is ready\n`)
}

/** The small streams of the first cameras: what a client shows first. Nobody waits for more than these. */
function firstView({ site }: Simulator): Picture[] {
  return picturesOf(site.cameras.slice(0, FIRST_VIEW_CAMERAS)).filter(({ stream }) => stream.name === 'Sub')
}

/** Everything a session can ask for; small streams first: they are quicker to make and the more wanted. */
function allPictures({ site }: Simulator): Picture[] {
  return picturesOf(site.cameras).toSorted((one, other) => one.stream.widthPx - other.stream.widthPx)
}

/** Cameras with the same view have the same pictures: each once. */
function picturesOf(cameras: readonly SiteCamera[]) {
  const plain = cameras.filter(({ purpose }) => purpose === 'plain')
  const pictures = plain.flatMap((camera) => camera.streams.map((stream) => ({ camera, stream })))
  const keyed = pictures.map((picture) => {
    const { camera, stream } = picture
    return [`${camera.scene} ${camera.variant} ${stream.widthPx} ${stream.codec}`, picture] as const
  })
  return [...new Map(keyed).values()]
}

function announce({ gateway, recorder, sha256, user, password, control }: Simulator, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ gateway, recorder, sha256, user, password, control })}\n`)
    return
  }
  process.stdout.write(
    [
      'XProtect simulator is ready. Stop it with Ctrl C.',
      `  gateway      ${gateway}`,
      `  recorder     ${recorder}`,
      `  certificate  SHA-256 ${sha256.match(/.{4}/g)!.join(' ')}`,
      `  user         ${user}`,
      `  password     ${password}`,
      `  control      ${control}/state`,
      '',
    ].join('\n'),
  )
}

function sentenceOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'the port is in use already.'
  return error instanceof Error ? error.message : String(error)
}
