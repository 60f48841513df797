import { once } from 'node:events'
import { createMedia, type Media } from './media/index.ts'
import { HELP, readArguments, WrongArguments, type Wishes } from './arguments.ts'
import { startSimulator, type Simulator } from './start.ts'

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
  const media = noMedia ? null : await mediaRoom(smallMedia)
  const simulator = await startSimulator({ ...options, media })
  await media?.prepare(pictures(simulator))
  announce(simulator, json)

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await simulator.stop()
  await media?.close()
  process.exit(0)
}

function mediaRoom(small: boolean): Promise<Media> {
  return createMedia({
    size: small ? 'small' : 'normal',
    onProgress: (made, wanted) => process.stderr.write(`simulator: clip ${made} of ${wanted} is ready\n`),
  })
}

/** Every clip a session can ask for, once: so that no session waits for one to be made. */
function pictures({ site }: Simulator) {
  const plain = site.cameras.filter(({ purpose }) => purpose === 'plain')
  const views = new Map(plain.map((camera) => [`${camera.scene} ${camera.variant}`, camera]))
  return [...views.values()].flatMap((camera) => camera.streams.map((stream) => ({ camera, stream })))
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
