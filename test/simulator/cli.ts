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
  if (wishes.help) {
    process.stdout.write(HELP)
    return
  }
  const { noMedia, smallMedia, json, help: _help, ...options } = wishes
  const media = noMedia ? null : await mediaRoom(smallMedia)
  const simulator = await startSimulator({ ...options, media })
  announce(simulator, json)

  const { promise: asked, resolve } = Promise.withResolvers<void>()
  process.once('SIGTERM', () => resolve())
  process.once('SIGINT', () => resolve())
  await asked
  await simulator.stop()
  await media?.close()
  process.exit(0)
}

const mediaRoom = (small: boolean): Promise<Media> =>
  createMedia({
    size: small ? 'small' : 'normal',
    onProgress: (made, wanted) => process.stderr.write(`simulator: clip ${made} of ${wanted} is ready\n`),
  })

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
